using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>
/// Changes a user's attributes, developer-only ones and verification flags
/// included. A new e-mail address or phone number becomes unverified, and gets
/// a code where the pool verifies it, unless the call declares it verified.
/// </summary>
public sealed class AdminUpdateUserAttributes(
    PoolStore pools, ResolveUser resolve, UpdateContacts contacts)
    : IAdminOperation<AdminUpdateUserAttributesRequest, AdminUpdateUserAttributesResponse>
{
    public async Task<AdminUpdateUserAttributesResponse> Execute(
        AdminUpdateUserAttributesRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        var changes = UserView.Read(request.UserAttributes);
        var update = ContactUpdate.Of(pool, user, changes, call.Now);
        await resolve.PreferredNameMustBeFree(pool, update.User, call.Cancelled);
        await contacts.Store(pool, null, update, request.ClientMetadata, call);
        return new();
    }
}
