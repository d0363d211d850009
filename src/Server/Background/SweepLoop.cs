using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Server.Background;

/// <summary>Removes rows that have lost their meaning by the passing of time, and what is left of deleted
/// pools; hurries messages that a clock stepping back would leave waiting. A little at a time, so that nobody
/// waits for it.</summary>
internal sealed class SweepLoop(
    AccessKeyStore accessKeys,
    AttemptStore attempts,
    AuthEventStore events,
    AuthorizationCodeStore authorizations,
    BrowserSessionStore browsers,
    CodeStore codes,
    FederationStateStore federations,
    GroupStore groups,
    Outbox outbox,
    PoolStore pools,
    RevocationStore revocations,
    SessionStore sessions,
    SignInFailureStore failures,
    SpentStore spent,
    TimeProvider clock,
    ILogger<SweepLoop> log) : Loop(clock, log)
{
    private const int Batch = 500;

    /// <summary>Whoever still signs with an expired key is told so for a while, not that there is no such
    /// key.</summary>
    private static readonly TimeSpan KeysKept = TimeSpan.FromDays(7);

    /// <summary>An expired code is still told apart from a wrong one for a while.</summary>
    private static readonly TimeSpan CodesKept = TimeSpan.FromDays(7);

    /// <summary>So long a second use of an authorization code still ends what the first one
    /// began.</summary>
    private static readonly TimeSpan UsedCodesKept = TimeSpan.FromDays(1);

    /// <summary>An addition of a member that was under way when the group was deleted has ended by
    /// then.</summary>
    private static readonly TimeSpan GroupsKept = TimeSpan.FromMinutes(10);

    /// <summary>So long administrators see what became of a message.</summary>
    private static readonly TimeSpan MessagesKept = TimeSpan.FromDays(7);

    private readonly TimeProvider clock = clock;

    protected override TimeSpan Pause => TimeSpan.FromMinutes(1);

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        int[] removed =
        [
            await accessKeys.Sweep(now - KeysKept, Batch, stopping),
            await attempts.Sweep(now, Batch, stopping),
            await events.Sweep(now, Batch, stopping),
            await authorizations.Sweep(now - UsedCodesKept, Batch, stopping),
            await browsers.Sweep(now, Batch, stopping),
            await codes.Sweep(now - CodesKept, Batch, stopping),
            await federations.Sweep(now, Batch, stopping),
            await groups.Sweep(now - GroupsKept, Batch, stopping),
            await outbox.Sweep(now - MessagesKept, Batch, stopping),
            await pools.SweepSigningKeys(now, Batch, stopping),
            await revocations.Sweep(now, Batch, stopping),
            await sessions.Sweep(now, Batch, stopping),
            await failures.Sweep(now, Batch, stopping),
            await spent.Sweep(now, Batch, stopping),
        ];
        await outbox.BringForward(now, now + MessageDelivery.LongestPause + Pause, stopping);
        var isPurging = await pools.PurgeSome(Batch, stopping);
        return isPurging || removed.Max() == Batch;
    }
}
