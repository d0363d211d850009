using Lifeguard.Contract;
using Lifeguard.Domain.SignIns;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Mfa;

/// <summary>Shows a signed-in user the factors to sign in with.</summary>
public sealed class GetUserAuthFactors(SoftwareTokenStore tokens, PasskeyStore passkeys)
    : IUserOperation<GetUserAuthFactorsRequest, GetUserAuthFactorsResponse>
{
    public async Task<GetUserAuthFactorsResponse> Execute(
        GetUserAuthFactorsRequest request, SignedInUser user, Call call)
    {
        var (pool, account) = (user.Pool, user.User);
        var token = await tokens.Find(pool.Id, account.Sub, call.Cancelled);
        var hasPasskey = await passkeys.HasAny(pool.Id, account.Sub, call.Cancelled);
        return new()
        {
            Username = account.Username,
            PreferredMfaSetting = account.Mfa.Preferred,
            UserMFASettingList = UserView.MfaSettings(account),
            ConfiguredUserAuthFactors = AuthFactors.Configured(pool, account, token, hasPasskey),
        };
    }
}
