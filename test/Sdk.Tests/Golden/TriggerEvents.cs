using System.Text.Json;
using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Golden;

/// <summary>What the functions of pools were told while real clients did everything that calls them: the last
/// event of each source and version.</summary>
public sealed class TriggerEvents : IAsyncLifetime
{
    private readonly Dictionary<string, JsonElement> events = [];

    /// <summary>Source and version, as files of approved events are named.</summary>
    public IReadOnlyCollection<string> Kinds => events.Keys;

    /// <summary>The event as it came.</summary>
    public JsonElement Of(string kind) => events.TryGetValue(kind, out var found)
        ? found
        : throw new InvalidOperationException($"No {kind} came, only {string.Join(", ", events.Keys)}.");

    public async ValueTask InitializeAsync()
    {
        await using var receiver = Script.Start("trigger-receiver.mjs", ["0"]);
        var port = Json.Parse(await receiver.Line(static _ => true)).GetProperty("port").GetInt32();
        await using var program = await RunningLifeguard.Dev(
        [
            new("Triggers:Map:events", $"http://127.0.0.1:{port}/"),
            new("Triggers:Webhook:Secret", WebhookSink.Secret),
        ]);
        await Script.MustSucceed("trigger-journey.mjs", program.Address.AbsoluteUri);
        foreach (var line in receiver.Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var came = Json.Parse(line);
            events[$"{came.Text("triggerSource")}.v{came.Text("version")}"] = came;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
