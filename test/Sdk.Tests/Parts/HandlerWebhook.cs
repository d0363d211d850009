namespace Lifeguard.Sdk.Tests.Parts;

/// <summary>A handler of test/parts/lambda behind plain HTTP, which verifies who calls.</summary>
internal sealed class HandlerWebhook : IAsyncDisposable
{
    private readonly ChildProcess process;

    private HandlerWebhook(ChildProcess process, int port)
    {
        this.process = process;
        Url = $"http://127.0.0.1:{port}/";
    }

    public string Url { get; }

    public static async Task<HandlerWebhook> Start(string file)
    {
        var (program, script) = file.EndsWith(".py", StringComparison.Ordinal)
            ? (Available.Python, "handler_webhook.py")
            : ("node", "handler-webhook.mjs");
        var process = ChildProcess.Start(
            program,
            [Path.Combine(Available.Scripts, script), "0", Path.Combine(Available.Scripts, "lambda", file)],
            [new("SECRET", WebhookSink.Secret)]);
        return new(process, Json.Parse(await process.Line(static _ => true)).GetProperty("port").GetInt32());
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
