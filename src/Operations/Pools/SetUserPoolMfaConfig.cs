using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Pools;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Pools;

/// <summary>Sets the second factors of a user pool, whether sign-ins ask for one, and how passkeys are used.
/// A block that the request leaves out stays as it is.</summary>
public sealed class SetUserPoolMfaConfig(Database database, PoolStore pools)
    : IAdminOperation<SetUserPoolMfaConfigRequest, SetUserPoolMfaConfigResponse>
{
    /// <inheritdoc />
    public async Task<SetUserPoolMfaConfigResponse> Execute(SetUserPoolMfaConfigRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var given = new GivenFactors(
            request.MfaConfiguration,
            request.SmsMfaConfiguration,
            request.SoftwareTokenMfaConfiguration,
            request.EmailMfaConfiguration,
            request.WebAuthnConfiguration);
        var changed = FactorRules.Changed(pool, given, call.Now);
        try
        {
            await database.Write(
                transaction => pools.Update(transaction, changed, call.Cancelled), call.Cancelled);
        }
        catch (ConflictException)
        {
            // The caller has to look at what the other one wrote.
            throw Reject.ConcurrentModification("user pool");
        }

        return new()
        {
            MfaConfiguration = changed.Settings.MfaConfiguration,
            SmsMfaConfiguration = changed.DescribeSmsMfa(),
            SoftwareTokenMfaConfiguration = changed.Factors.SoftwareToken,
            EmailMfaConfiguration = changed.Factors.Email,
            WebAuthnConfiguration = changed.Factors.WebAuthn,
        };
    }
}
