using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Lifeguard.Sdk.Tests.Parts;

/// <summary>A receiver of webhooks that gives every request the same answer.</summary>
internal sealed class WebhookSink : IAsyncDisposable
{
    public const string Secret = "a-webhook-secret-that-is-long-enough-0042";
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private readonly ChildProcess process;

    private WebhookSink(ChildProcess process, int port)
    {
        this.process = process;
        Url = $"http://127.0.0.1:{port}/receive?token=in-the-query";
    }

    public string Url { get; }

    /// <param name="answer">JSON.</param>
    public static async Task<WebhookSink> Start(string answer = "{}", int status = 200)
    {
        var process = Script.Start(
            "webhook-sink.mjs", ["0"],
            KeyValuePair.Create("ANSWER", (string?)answer),
            KeyValuePair.Create("STATUS", (string?)status.ToString(CultureInfo.InvariantCulture)));
        return new(process, Json.Parse(await process.Line(static _ => true)).GetProperty("port").GetInt32());
    }

    /// <summary>The body of the next request, whose signature was found good.</summary>
    public async Task<JsonElement> Receive()
    {
        var request = Json.Parse(await process.Line(static _ => true));
        Assert.Equal("POST", request.Text("method"));
        Assert.Equal("/receive?token=in-the-query", request.Text("path"));
        var body = request.Text("body");
        MustBeSigned(request.GetProperty("headers"), body);
        return Json.Parse(body);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static void MustBeSigned(JsonElement headers, string body)
    {
        var timestamp = headers.Text("x-lifeguard-timestamp");
        var signed = DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, CultureInfo.InvariantCulture));
        var expected = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}"));
        Assert.Equal($"v1={Convert.ToHexStringLower(expected)}", headers.Text("x-lifeguard-signature"));
        Assert.InRange(DateTimeOffset.UtcNow - signed, -Fresh, Fresh);
    }
}
