using System.CommandLine;
using Lifeguard.Adapters;
using Lifeguard.Server.Settings;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard dev</c>: for development and CI.</summary>
internal static class DevCommand
{
    private const string KeyFile = "master.key";
    private const string DatabaseFile = "lifeguard.db";

    public static Command Create()
    {
        var command = new Command(
            "dev", "Runs a server for development: any credentials, messages go to an inbox");
        var data = new Option<DirectoryInfo?>("--data")
        {
            Description = "Keeps everything in this directory",
        };
        var strict = new Option<bool>("--strict") { Description = "Refuses malformed signatures" };
        command.Add(data);
        command.Add(strict);
        var options = new SettingOptions(command);
        return command.Does(async (given, cancellation) =>
        {
            var directory = given.GetValue(data);
            SettingsLayer[] kept = directory is null ? [] : [Kept(directory)];
            var loaded = options.Load(Life.Dev, given, kept);
            var files = Examination.MustPass(loaded).Files;
            var key = directory is null ? NewKey() : KeptKey(directory);
            await Run(new(loaded.Settings, given.GetValue(strict), key), files, cancellation);
            return 0;
        });
    }

    private static async Task Run(Startup startup, NamedFiles files, CancellationToken cancellation)
    {
        await using var app = ServerHost.Build(startup, files);
        await ServerHost.Start(app, cancellation);
        Greet(app.Services.GetRequiredService<OwnAddress>().Value, startup.Settings.Region);
        await app.WaitForShutdownAsync(cancellation);
    }

    private static void Greet(string address, string region)
    {
        Terminal.Say($"API    {address}");
        Terminal.Say($"Inbox  {address}/inbox");
        Terminal.Say(
            $"Try    AWS_ACCESS_KEY_ID=dev AWS_SECRET_ACCESS_KEY=dev aws --region {region} "
            + $"--endpoint-url {address} cognito-idp create-user-pool --pool-name demo");
    }

    private static SettingsLayer Kept(DirectoryInfo directory) => new(
        [new("Database", $"sqlite:{Path.Combine(directory.FullName, DatabaseFile)}", "--data")]);

    private static byte[] KeptKey(DirectoryInfo directory)
    {
        directory.Create();
        var file = Path.Combine(directory.FullName, KeyFile);
        if (!File.Exists(file)) MasterKey.Create(file, NewKey());
        return MasterKey.Read(file);
    }

    private static byte[] NewKey()
    {
        using var random = new SystemRandom();
        return random.Bytes(MasterKey.Size);
    }
}
