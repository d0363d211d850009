using Lifeguard.Operations.Flows;

namespace Lifeguard.Server.Background;

/// <summary>Keeps a stock of SRP pairs.</summary>
internal sealed class SrpPreparation(SrpEphemerals ephemerals) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ephemerals.Prepare(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops, and so does this.
        }
    }
}
