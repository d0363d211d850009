using Lifeguard.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lifeguard.Web.Health;

/// <summary>Whether the server is alive, and whether it can work, for whoever restarts it or sends it
/// calls.</summary>
public sealed partial class HealthEndpoints(
    Database database, TimeProvider clock, ILogger<HealthEndpoints> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The process answers.</summary>
    public static Task Live(HttpContext context) => Answer(context, 200, "live");

    /// <summary>The database answers within three seconds, and its disk takes what is written; otherwise
    /// status 503.</summary>
    public async Task Ready(HttpContext context)
    {
        var trouble = "database does not answer";
        try
        {
            await Soon(database.Ping(context.RequestAborted));
            trouble = "database cannot be written";
            await Soon(database.MustTakeWrites(context.RequestAborted));
        }
#pragma warning disable CA1031 // Whatever keeps the database from answering, the server cannot work.
        catch (Exception failure) when (!context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031 // See above.
        {
            LogUnready(log, failure, trouble);
            await Answer(context, 503, trouble);
            return;
        }

        await Answer(context, 200, "ready");

        Task Soon(Task work) => work.WaitAsync(Patience, clock, context.RequestAborted);
    }

    private static Task Answer(HttpContext context, int status, string word)
    {
        context.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.Send(context, status, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status", word);
            writer.WriteEndObject();
        });
    }

    [LoggerMessage(1, LogLevel.Warning, "Not ready: {Trouble}")]
    private static partial void LogUnready(ILogger log, Exception failure, string trouble);
}
