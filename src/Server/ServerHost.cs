using Lifeguard.Adapters;
using Lifeguard.Domain;
using Lifeguard.Storage;
using Lifeguard.Web;
using Microsoft.AspNetCore.Routing;

namespace Lifeguard.Server;

/// <summary>The server from its parts to its first and last call.</summary>
internal static class ServerHost
{
    /// <summary>Calls under way may take so long when the server stops.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    /// <summary>All parts put together; nothing runs yet. The empty builder reads neither files nor
    /// environment, so the settings catalogue is all there is, and no file is watched.</summary>
    /// <exception cref="IOException">Others listen where it is to listen.</exception>
    public static WebApplication Build(Startup startup, NamedFiles files)
    {
        // The driver of PostgreSQL may hold up the thread on which it goes on.
        if (!startup.Settings.IsPostgres) SocketCompletions.TellAtOnce();
        Listening.MustBeFree(startup.Settings.Listen);
        var builder = WebApplication.CreateEmptyBuilder(new());
        AddLogging(builder.Logging, startup);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Farewell);
        builder.Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        builder.Services.AddLifeguard(startup, files);
        builder.WebHost.ListenOn(
            startup.Settings.Listen,
            startup.WebRules,
            files.Certificate,
            WallClock.Instance);

        var app = builder.Build();
        if (startup.IsDev) app.UseLifeguardDev();
        app.UseLifeguardDomains();
        app.UseRouting();
        app.UseLifeguardPages();
        app.MapLifeguard();
        if (startup.IsDev) app.MapLifeguardDev();
        return app;
    }

    /// <summary>Brings the database up to date, loads its keys, and listens.</summary>
    public static async Task Start(WebApplication app, CancellationToken cancellation)
    {
        await app.Services.OpenDatabase(cancellation);
        await app.StartAsync(cancellation);
    }

    /// <summary>The tables as this version needs them, and the keys that open what is sealed in
    /// them.</summary>
    public static async Task OpenDatabase(this IServiceProvider parts, CancellationToken cancellation)
    {
        await parts.GetRequiredService<Database>().Migrate(cancellation);
        await parts.GetRequiredService<KeyRingLoader>()
            .Load(parts.GetRequiredService<TimeProvider>().GetUtcNow(), cancellation);
    }

    private static void AddLogging(ILoggingBuilder logging, Startup startup)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // At any level it would make an activity and a scope for each request, of which nobody hears.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        if (startup.IsDev)
        {
            logging.SetMinimumLevel(LogLevel.Warning);
            // What functions print is for the developer who runs them here.
            logging.AddFilter("Lifeguard.Adapters.Handlers", LogLevel.Information);
            logging.AddSimpleConsole(console => console.SingleLine = true);
            return;
        }

        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
    }
}
