using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Journeys;

/// <summary>The program with the same handlers called in every way: by naming the file, by Lambda's Invoke
/// API, by an endpoint of the function's own, and as a webhook.</summary>
public sealed class WithHandlers(LambdaEndpoint lambda) : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["esm"] = "by-domain.mjs",
        ["callback"] = "by-domain-callback.cjs",
        ["python"] = "by_domain.py",
    };

    private static readonly Dictionary<string, string> Functions = new()
    {
        ["lambda-esm"] = "byDomain",
        ["lambda-callback"] = "byDomainCallback",
        ["lambda-python"] = "byDomainPython",
    };

    private readonly List<HandlerWebhook> webhooks = [];
    private RunningLifeguard? program;

    /// <summary>Every language in every way.</summary>
    public static IReadOnlyList<string> Ways { get; } =
    [
        .. from way in (string[])["file", "lambda", "web"]
           from language in Files.Keys
           select $"{way}-{language}",
        "own-esm",
    ];

    public RunningLifeguard Program => program!;

    /// <summary>The function's name in its ARN.</summary>
    public static string FunctionOf(string way) => Functions.GetValueOrDefault(way, way);

    public async ValueTask InitializeAsync()
    {
        var endpoint = await lambda.Setting();
        var settings = new List<KeyValuePair<string, string?>>
        {
            endpoint,
            new("Triggers:Webhook:Secret", WebhookSink.Secret),
            new("Triggers:Map:own-esm", $"lambda:{endpoint.Value}/2015-03-31/functions/byDomain/invocations"),
            new("Triggers:Map:hanging", FileOf("hanging.mjs")),
            new("Triggers:Map:calling", FileOf("calling.handler")),
        };
        foreach (var (language, file) in Files)
        {
            var webhook = await HandlerWebhook.Start(file);
            webhooks.Add(webhook);
            settings.Add(new($"Triggers:Map:web-{language}", webhook.Url));
            settings.Add(new($"Triggers:Map:file-{language}", FileOf(file)));
        }

        program = await RunningLifeguard.Dev(settings);
    }

    public async ValueTask DisposeAsync()
    {
        if (program is not null) await program.DisposeAsync();
        foreach (var webhook in webhooks) await webhook.DisposeAsync();
    }

    private static string FileOf(string name) => Path.Combine(Available.Scripts, "lambda", name);
}
