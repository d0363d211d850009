using Lifeguard.Contract;
using Lifeguard.Domain.Pools;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Pools;

/// <summary>Shows the second factors of a user pool, whether sign-ins ask for one, and how passkeys are used.
/// What is not set is left out.</summary>
public sealed class GetUserPoolMfaConfig(PoolStore pools)
    : IAdminOperation<GetUserPoolMfaConfigRequest, GetUserPoolMfaConfigResponse>
{
    /// <inheritdoc />
    public async Task<GetUserPoolMfaConfigResponse> Execute(GetUserPoolMfaConfigRequest request, Call call)
    {
        var pool = call.Seen(await pools.Get(request.UserPoolId, call.Cancelled));
        return new()
        {
            MfaConfiguration = pool.Settings.MfaConfiguration,
            SmsMfaConfiguration = pool.DescribeSmsMfa(),
            SoftwareTokenMfaConfiguration = pool.Factors.SoftwareToken,
            EmailMfaConfiguration = pool.Factors.Email,
            WebAuthnConfiguration = pool.Factors.WebAuthn,
        };
    }
}
