using Lifeguard.Contract;
using Lifeguard.Domain.SignIns;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Mfa;

/// <summary>Shows an administrator the factors that a user signs in with.</summary>
public sealed class AdminGetUserAuthFactors(
    PoolStore pools, ResolveUser users, SoftwareTokenStore tokens, PasskeyStore passkeys)
    : IAdminOperation<AdminGetUserAuthFactorsRequest, AdminGetUserAuthFactorsResponse>
{
    public async Task<AdminGetUserAuthFactorsResponse> Execute(
        AdminGetUserAuthFactorsRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await users.Get(pool, request.Username, call.Cancelled);
        var token = await tokens.Find(pool.Id, user.Sub, call.Cancelled);
        var hasPasskey = await passkeys.HasAny(pool.Id, user.Sub, call.Cancelled);
        return new()
        {
            Username = user.Username,
            PreferredMfaSetting = user.Mfa.Preferred,
            UserMFASettingList = UserView.MfaSettings(user),
            ConfiguredUserAuthFactors = AuthFactors.Configured(pool, user, token, hasPasskey),
        };
    }
}
