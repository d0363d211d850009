using Lifeguard.Operations;

namespace Lifeguard.Server;

/// <summary>Does the upkeep from when the server listens, so that it does not delay the start, until it
/// stops.</summary>
internal sealed class UpkeepWork(IServiceProvider parts, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var start = lifetime.ApplicationStarted.Register(listens.SetResult);
        try
        {
            await listens.Task.WaitAsync(stoppingToken);
            await parts.GetRequiredService<Upkeep>().Run(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops, and so does this.
        }
    }
}
