using Lifeguard.Protocol.SigV4;
using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>The program in production on a database file, with the key that its first start
/// printed.</summary>
public sealed class Served : IAsyncLifetime
{
    private RunningLifeguard? program;

    /// <summary>What outlives the program.</summary>
    public Installation Installation { get; } = Installation.OnFile();

    /// <summary>The running program.</summary>
    public RunningLifeguard Program => program!;

    /// <summary>Who may do everything.</summary>
    public SigV4Credentials Administrator => Program.FirstKey!;

    public async ValueTask InitializeAsync() => program = await RunningLifeguard.Serve(Installation);

    /// <summary>A new key by the command line.</summary>
    public async Task<SigV4Credentials> NewKey(params string[] options) =>
        Printed(await Installation.Run(["access-key", "create", "--user", "somebody", .. options]));

    /// <summary>A new key that may do what one statement says.</summary>
    public async Task<SigV4Credentials> NewKeyFor(string action, string resource) =>
        Printed(await Installation.RunWithFile(
            $$"""
            {
              "Version": "2012-10-17",
              "Statement": [{ "Effect": "Allow", "Action": "{{action}}", "Resource": "{{resource}}" }]
            }
            """,
            "access-key", "create", "--user", "limited", "--policy"));

    public async ValueTask DisposeAsync()
    {
        if (program is not null) await program.DisposeAsync();
        await Installation.DisposeAsync();
    }

    private static SigV4Credentials Printed(Finished created)
    {
        Assert.True(created.ExitCode == 0, created.Printed);
        var values = created.Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Trim().Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return new(
            values["AWS_ACCESS_KEY_ID"], values["AWS_SECRET_ACCESS_KEY"],
            values.GetValueOrDefault("AWS_SESSION_TOKEN"));
    }
}
