using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Logs;
using Microsoft.Extensions.Hosting;

namespace Lifeguard.Server.Background;

/// <summary>Lets the last log lines leave when the server stops, as long as it may take to stop.</summary>
internal sealed class LogFarewell(MessageDelivery delivery, LogQueue logs) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Deliveries that are still under way may fail and then want to tell of it.
        await delivery.Idle().WaitAsync(cancellationToken).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing);
        await logs.Flush(cancellationToken);
    }
}
