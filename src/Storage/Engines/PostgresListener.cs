using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lifeguard.Storage.Engines;

/// <summary>
/// Hears in the background what other nodes have changed. While it is cut off nothing is lost for long, since
/// caches expire by themselves; when it is back it reports that anything may have changed.
/// </summary>
internal sealed class PostgresListener : IAsyncDisposable
{
    /// <summary>The channel of LISTEN and NOTIFY.</summary>
    public const string Channel = "lifeguard";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // The driver may lose a cancellation that comes just before it begins to wait.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource source;
    private readonly Action<string?> onChange;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;

    /// <param name="onChange">Gets the change, or null where anything may have changed.</param>
    public PostgresListener(
        NpgsqlDataSource source, Action<string?> onChange, TimeProvider clock, ILogger logger)
    {
        this.source = source;
        this.onChange = onChange;
        this.clock = clock;
        this.logger = logger;
        loop = Task.Run(Run);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
    }

    private async Task Run()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Listen();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (DbException error)
            {
                logger.LogWarning(error, "Changes of other nodes are not heard; caches expire by themselves");
                await Task.Delay(Pause, clock, stop.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Listen()
    {
        await using var connection = await source.OpenConnectionAsync(stop.Token);
        connection.Notification += (_, heard) => onChange(heard.Payload);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = $"LISTEN {Channel}";
            await command.ExecuteNonQueryAsync(stop.Token);
        }

        onChange(null);
        while (!stop.IsCancellationRequested) await connection.WaitAsync(LongestWait, stop.Token);
    }
}
