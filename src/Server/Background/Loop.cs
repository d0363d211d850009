namespace Lifeguard.Server.Background;

/// <summary>Work that is done again and again with pauses between. A failure is logged and does not end
/// it.</summary>
internal abstract partial class Loop(TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>The pause after a round that found nothing more to do.</summary>
    protected abstract TimeSpan Pause { get; }

    /// <summary>Does some of the work; true where more is waiting.</summary>
    protected abstract Task<bool> Round(CancellationToken stopping);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // The pause comes first: the start of the server is busy enough.
            while (true)
            {
                await Task.Delay(Pause, clock, stoppingToken);
                while (await SafeRound(stoppingToken)) stoppingToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops, and so does this.
        }
    }

    private async Task<bool> SafeRound(CancellationToken stopping)
    {
        try
        {
            return await Round(stopping);
        }
#pragma warning disable CA1031 // The next round may go well, and nobody else could handle it.
        catch (Exception failure) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031 // See above.
        {
            LogFailure(log, failure);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Background work failed and will be tried again")]
    private static partial void LogFailure(ILogger log, Exception failure);
}
