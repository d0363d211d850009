using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lifeguard.Crash.Tests;

/// <summary>The telephones of all users: takes text messages and remembers the newest code of each
/// number.</summary>
internal sealed partial class CodeReceiver : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentDictionary<string, string> codes = new();

    public CodeReceiver()
    {
        Url = $"http://127.0.0.1:{FreePort()}/";
        listener.Prefixes.Add(Url);
        listener.Start();
        _ = Receive();
    }

    public string Url { get; }

    /// <summary>The newest code that arrived; null where none did.</summary>
    public string? CodeOf(string phone) => codes.GetValueOrDefault(phone);

    public void Dispose() => listener.Close();

    private async Task Receive()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using (var message = await JsonDocument.ParseAsync(context.Request.InputStream))
                {
                    var body = message.RootElement.GetProperty("message").GetString()!;
                    codes[message.RootElement.GetProperty("to").GetString()!] = SixDigits().Match(body).Value;
                }

                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
        catch (Exception cut) when (cut is JsonException or IOException)
        {
            // The sender was killed in the middle of a message.
            _ = Receive();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();
}
