using System.Text.Json;
using Lifeguard.Protocol.SigV4;

namespace Lifeguard.Clients;

/// <summary>The program as a server on a free port.</summary>
public sealed class RunningLifeguard : IAsyncDisposable
{
    private const string AnyPort = "http://127.0.0.1:0";
    private readonly ChildProcess process;

    private RunningLifeguard(ChildProcess process, string address)
    {
        this.process = process;
        Address = new(address);
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>Everything it has printed.</summary>
    public string Printed => process.Printed;

    /// <summary>The administrator's key, which only the first start prints; null on later ones.</summary>
    public SigV4Credentials? FirstKey =>
        PrintedValue("AWS_ACCESS_KEY_ID") is { } id ? new(id, PrintedValue("AWS_SECRET_ACCESS_KEY")!) : null;

    /// <summary>`lifeguard dev`, in memory unless the arguments say otherwise.</summary>
    public static async Task<RunningLifeguard> Dev(
        IEnumerable<KeyValuePair<string, string?>> settings, params string[] arguments)
    {
        var process = ChildProcess.Start(
            LifeguardProgram.File, ["dev", "--listen", AnyPort, .. arguments], Setting.AsVariables(settings));
        const string api = "API";
        var line = await process.Line(text => text.StartsWith(api, StringComparison.Ordinal));
        return new(process, line[api.Length..].Trim());
    }

    /// <summary>`lifeguard serve` with an installation's settings.</summary>
    public static async Task<RunningLifeguard> Serve(Installation installation)
    {
        var process = ChildProcess.Start(
            LifeguardProgram.File, ["serve", "--listen", AnyPort],
            installation.Environment, installation.Folder);
        const string listening = "\"Listening on ";
        var line = await process.Line(text => text.Contains(listening, StringComparison.Ordinal));
        using var logged = JsonDocument.Parse(line);
        return new(process, logged.RootElement.GetProperty("State").GetProperty("Address").GetString()!);
    }

    /// <summary>A client that signs with this key; without one it sends no signature.</summary>
    public ApiClient Client(SigV4Credentials? credentials = null) => new(Address, credentials);

    /// <summary>Ends it at once, as a power failure would.</summary>
    public Task Kill() => process.Kill();

    /// <summary>Asks it to end and waits until it has.</summary>
    public Task<int> Stop() => process.Stop();

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private string? PrintedValue(string name) => Printed.Split('\n')
        .FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))
        ?.Split('=', 2)[1].Trim();
}
