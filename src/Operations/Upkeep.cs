using Lifeguard.Operations.Flows;
using Lifeguard.Storage;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Lifeguard.Operations;

/// <summary>
/// The work that belongs to no call: delivering what is due, forgetting what has expired, removing what was
/// deleted. Every node does it; the rows' leases keep two from doing the same.
/// </summary>
public sealed partial class Upkeep(
    MessageDelivery delivery, SrpEphemerals ephemerals, PoolStore pools, CodeStore codes, AttemptStore attempts,
    SignInFailureStore failures, SpentStore spent, RevocationStore revocations, AccessKeyStore accessKeys,
    Outbox outbox, TimeProvider clock, ILogger<Upkeep> log)
{
    private static readonly TimeSpan DeliveryPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepPause = TimeSpan.FromMinutes(1);

    /// <summary>Sent and failed messages, already emptied, stay visible to administrators this long.</summary>
    private static readonly TimeSpan OutboxHistory = TimeSpan.FromDays(7);

    private const int BatchSize = 500;

    /// <summary>Works until cancelled.</summary>
    public Task Run(CancellationToken cancellation) => Task.WhenAll(
        ephemerals.Prepare(cancellation),
        Repeat(DeliverDue, DeliveryPause, cancellation),
        Repeat(Sweep, SweepPause, cancellation));

    /// <summary>Removes one batch of everything that has expired; true where more may be left.</summary>
    public async Task<bool> Sweep(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        int[] removed =
        [
            await codes.Sweep(now, BatchSize, cancellation),
            await attempts.Sweep(now, BatchSize, cancellation),
            await failures.Sweep(now, BatchSize, cancellation),
            await spent.Sweep(now, BatchSize, cancellation),
            await revocations.Sweep(now, BatchSize, cancellation),
            await accessKeys.Sweep(now, BatchSize, cancellation),
            await outbox.Sweep(now - OutboxHistory, BatchSize, cancellation),
        ];
        var purged = await pools.PurgeSome(BatchSize, cancellation);
        return purged || removed.Max() == BatchSize;
    }

    private Task<bool> DeliverDue(CancellationToken cancellation) => delivery.DeliverDue(cancellation);

    private async Task Repeat(
        Func<CancellationToken, Task<bool>> work, TimeSpan pause, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var isMoreLeft = await work(cancellation);
                if (!isMoreLeft) await Task.Delay(pause, clock, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A database that is away for a minute must not end the upkeep for good.
            catch (Exception failure)
#pragma warning restore CA1031 // See above.
            {
                LogTrouble(log, failure);
                await Task.Delay(SweepPause, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Upkeep failed and will be tried again")]
    private static partial void LogTrouble(ILogger log, Exception failure);
}
