using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>The retired way in which an administrator switches SMS on as a user's second factor, or
/// off.</summary>
public sealed class AdminSetUserSettings(
    Database database, PoolStore pools, ResolveUser resolve, UserStore users)
    : IAdminOperation<AdminSetUserSettingsRequest, AdminSetUserSettingsResponse>
{
    public async Task<AdminSetUserSettingsResponse> Execute(AdminSetUserSettingsRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        var changed = LegacyMfaOptions.Apply(request.MFAOptions, user, call.Now);
        await database.Write(
            transaction => users.Update(transaction, changed, pool, call.Cancelled), call.Cancelled);
        return new();
    }
}
