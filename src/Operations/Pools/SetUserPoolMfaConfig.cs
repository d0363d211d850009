using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Pools;
using Lifeguard.Domain.Replicas;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Pools;

/// <summary>Sets the second factors of a user pool, whether sign-ins ask for one, and how passkeys are used.
/// A block that the request leaves out stays as it is. In the region of a replica it sets who sends SMS
/// there.</summary>
public sealed class SetUserPoolMfaConfig(Database database, PoolStore pools, ReplicaStore replicas)
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
        UserPool changed;
        try
        {
            changed = call.Replica is { } replica
                ? await Change(replica, pool, given, call)
                : await Change(pool, given, call);
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

    private async Task<UserPool> Change(UserPool pool, GivenFactors given, Call call)
    {
        var changed = FactorRules.Changed(pool, given, call.Now);
        await database.Write(
            transaction => pools.Update(transaction, changed, call.Cancelled), call.Cancelled);
        return changed;
    }

    private async Task<UserPool> Change(
        UserPoolReplica replica, UserPool pool, GivenFactors given, Call call)
    {
        var changed = RegionalRules.Changed(replica, pool, given, call.Now);
        await database.Write(
            transaction => replicas.Update(transaction, changed, call.Cancelled), call.Cancelled);
        return changed.ViewOf(pool);
    }
}
