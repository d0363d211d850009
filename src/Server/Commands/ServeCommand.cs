using System.CommandLine;
using Lifeguard.Domain;
using Lifeguard.Domain.Access;
using Lifeguard.Server.Settings;
using Lifeguard.Storage;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard serve</c>: production.</summary>
internal static partial class ServeCommand
{
    private const string FirstUser = "administrator";

    public static Command Create()
    {
        var command = new Command("serve", "Runs the server");
        var options = new SettingOptions(command);
        return command.Does(async (given, cancellation) =>
        {
            var loaded = options.Load(Life.Serve, given);
            var examination = Examination.MustPass(loaded);
            var startup = new Startup(loaded.Settings, IsStrict: true, Administration.KeyOf(loaded.Settings));
            await Run(startup, examination, cancellation);
            return 0;
        });
    }

    private static async Task Run(
        Startup startup, Examination examination, CancellationToken cancellation)
    {
        await using var app = ServerHost.Build(startup, examination.Files);
        foreach (var warning in examination.Findings)
            LogWarning(app.Logger, warning.Setting, warning.Message);
        await app.Services.OpenDatabase(cancellation);
        await MakeFirstKey(app.Services, cancellation);
        await app.StartAsync(cancellation);
        SayWhere(app.Logger, app.Services.GetRequiredService<OwnAddress>());
        await app.WaitForShutdownAsync(cancellation);
    }

    /// <summary>Without any key nobody could make one. It is shown here and never again, and not in the log,
    /// which others read and which is kept.</summary>
    private static async Task MakeFirstKey(IServiceProvider parts, CancellationToken cancellation)
    {
        var keys = parts.GetRequiredService<AccessKeyStore>();
        if ((await keys.List(cancellation)).Count > 0) return;
        var key = NewAccessKey.For(
            FirstUser,
            AccessPolicy.Administrator.Document,
            lifetime: null,
            parts.GetRequiredService<RandomSource>(),
            parts.GetRequiredService<TimeProvider>().GetUtcNow());
        var isFirst = await parts.GetRequiredService<Database>().Write(
            transaction => keys.InsertFirst(transaction, key, cancellation), cancellation);
        // Another node, started at the same moment, was faster, and shows its own.
        if (!isFirst) return;
        Terminal.Say("The first access key, which may do everything. It is not shown again:");
        NewAccessKey.Show(key);
    }

    private static void SayWhere(ILogger log, OwnAddress address)
    {
        if (address.Value == address.Listening) LogListening(log, address.Listening);
        else LogListeningBehind(log, address.Listening, address.Value);
    }

    [LoggerMessage(1, LogLevel.Warning, "Setting {Setting}: {Finding}")]
    private static partial void LogWarning(ILogger log, string setting, string finding);

    [LoggerMessage(2, LogLevel.Information, "Listening on {Address}")]
    private static partial void LogListening(ILogger log, string address);

    [LoggerMessage(3, LogLevel.Information, "Listening on {Address}; clients come by {PublicUrl}")]
    private static partial void LogListeningBehind(ILogger log, string address, string publicUrl);
}
