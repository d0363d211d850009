using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Risk;
using Lifeguard.Domain.SignIns;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Looks at the risk of a sign-in once its first factor is proved, and at where it comes from before anything
/// is. In pools that only look, nothing is refused for it (doc: AUDIT, ENFORCED).
/// </summary>
public sealed class WeighSignIn(
    RiskConfigurationStore configurations, AuthEventStore events, AttemptStore attempts, Locations locations)
{
    /// <summary>What is counted of a network: sign-ins that failed there.</summary>
    public const string FailuresOfNetwork = "failed-sign-in";

    /// <summary>Refuses whoever comes from an address that is always blocked.</summary>
    /// <exception cref="ApiException">NotAuthorizedException.</exception>
    public async Task MustComeFromElsewhere(SignInRequest request, Call call)
    {
        var (pool, client) = (request.Pool, request.Client);
        if (!pool.IsWatched || !pool.EnforcesThreatProtection()) return;
        var configuration = await Configuration(pool, client, call);
        if (!configuration.Blocks(call.SeenThrough(client).Address)) return;
        call.Risk = new() { Response = RiskResponse.Block };
        throw RiskRefusals.AddressBlocked();
    }

    /// <summary>The progress with what the risk calls for.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: the risk is too high.</exception>
    public async Task<SignInProgress> Weigh(
        SignInRequest request, User user, UserFactors factors, SignInProgress progress, Call call)
    {
        call.SignIn = (progress.EventId, progress.DeviceKey);
        var (pool, client) = (request.Pool, request.Client);
        if (progress.IsWeighed || !pool.WeighsRisk(progress.Flow)) return progress;
        var configuration = await Configuration(pool, client, call);
        if (configuration.Skips(call.SeenThrough(client).Address))
            return progress with { IsWeighed = true };

        var assessment = await Assess(client, user, progress, call);
        var found = RiskFinding.Of(
            configuration,
            assessment.Level,
            pool.EnforcesThreatProtection(progress.Flow),
            CanAsk(pool, user, factors, progress));
        call.Risk = found with { IsCompromised = call.Risk.IsCompromised };
        return found.Response == RiskResponse.Block
            ? throw RiskRefusals.SignInBlocked()
            : progress with { IsWeighed = true, AsksFactor = found.Response == RiskResponse.AskFactor };
    }

    private async Task<RiskAssessment> Assess(
        AppClient client, User user, SignInProgress progress, Call call)
    {
        var (address, userAgent, _) = call.SeenThrough(client);
        var sight = new SignInSight(address, DeviceMark.Of(userAgent), progress.DeviceKey, call.Now);
        var failures = await attempts.Find(
            user.PoolId, AddressRange.NetworkOf(address), FailuresOfNetwork, call.Now, call.Cancelled);
        var history = await events.HistoryOf(user.PoolId, user.Sub, failures, call.Now, call.Cancelled);
        return RiskAssessment.Of(sight, history, locations);
    }

    /// <summary>Triggers that define a sign-in themselves ask for what they like, and for nothing
    /// else.</summary>
    private static bool CanAsk(UserPool pool, User user, UserFactors factors, SignInProgress progress) =>
        progress.Flow != AuthFlowType.CustomAuth
        && factors.Active(pool, user, isDemanded: true).Count > 0;

    private Task<RiskConfiguration> Configuration(UserPool pool, AppClient client, Call call) =>
        configurations.Of(pool.Id, client.Id, call.Replica?.Region, call.Cancelled);
}
