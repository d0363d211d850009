using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>Deletes a user's attributes, developer-only ones and verification flags included. With an address
/// or number go its verification and what waits to replace it.</summary>
public sealed class AdminDeleteUserAttributes(PoolStore pools, ResolveUser resolve, UpdateContacts contacts)
    : IAdminOperation<AdminDeleteUserAttributesRequest, AdminDeleteUserAttributesResponse>
{
    public async Task<AdminDeleteUserAttributesResponse> Execute(
        AdminDeleteUserAttributesRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        var deletions = UserView.Deletions(request.UserAttributeNames);
        await contacts.Store(pool, null, ContactUpdate.Of(pool, user, deletions, call.Now), null, call);
        return new();
    }
}
