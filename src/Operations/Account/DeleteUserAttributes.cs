using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.Account;

/// <summary>A signed-in user deletes own attributes, as far as the app client may write them. With an address
/// or number go its verification and what waits to replace it.</summary>
public sealed class DeleteUserAttributes(UpdateContacts contacts)
    : IUserOperation<DeleteUserAttributesRequest, DeleteUserAttributesResponse>
{
    public async Task<DeleteUserAttributesResponse> Execute(
        DeleteUserAttributesRequest request, SignedInUser user, Call call)
    {
        SignInGate.MustBeConfirmed(user.User);
        var deletions = UserView.Deletions(request.UserAttributeNames);
        AttributeSchema.Of(user.Pool).MustBeWritable(user.Client, UserView.Changeable(deletions));
        var update = ContactUpdate.Of(user.Pool, user.User, deletions, call.Now);
        await contacts.Store(user.Pool, user.Client, update, null, call);
        return new();
    }
}
