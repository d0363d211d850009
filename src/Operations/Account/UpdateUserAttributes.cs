using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.Account;

/// <summary>
/// A signed-in user changes the own attributes, as far as the app client may write them. A new e-mail address
/// or phone number becomes unverified and gets a code where the pool verifies it; where the pool wants that
/// to come first, the old one stays until VerifyUserAttribute has taken the code.
/// </summary>
public sealed class UpdateUserAttributes(ResolveUser resolve, UpdateContacts contacts)
    : IUserOperation<UpdateUserAttributesRequest, UpdateUserAttributesResponse>
{
    public async Task<UpdateUserAttributesResponse> Execute(
        UpdateUserAttributesRequest request, SignedInUser user, Call call)
    {
        SignInGate.MustBeConfirmed(user.User);
        var (pool, changes) = (user.Pool, UserView.Read(request.UserAttributes));
        AttributeSchema.Of(pool).MustBeWritable(user.Client, UserView.Changeable(changes));
        var update = ContactUpdate.Of(pool, user.User, changes, call.Now);
        await resolve.ContactsMustBeFree(pool, update.User, update.New, call.Cancelled);
        await resolve.PreferredNameMustBeFree(pool, update.User, call.Cancelled);
        var sent = await contacts.Store(pool, user.Client, update, request.ClientMetadata, call);
        return new() { CodeDeliveryDetailsList = [.. sent.Select(destination => destination.Details)] };
    }
}
