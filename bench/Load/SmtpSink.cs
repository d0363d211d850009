using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Lifeguard.Load;

/// <summary>A mail server that takes everything and remembers the last six digits sent to each address.</summary>
internal sealed partial class SmtpSink : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, string> codes = new(StringComparer.OrdinalIgnoreCase);
    private long taken;

    public SmtpSink()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = Accept();
    }

    public int Port { get; }

    /// <summary>How many messages have come.</summary>
    public long Taken => Interlocked.Read(ref taken);

    /// <summary>The code in the last message to this address; null where none has come.</summary>
    public string? CodeFor(string address) => codes.GetValueOrDefault(address);

    /// <summary>Waits until no message has come for a while.</summary>
    public async Task Settle()
    {
        for (var seen = -1L; seen != Taken;)
        {
            seen = Taken;
            await Task.Delay(150);
        }
    }

    public void Dispose() => listener.Dispose();

    private async Task Accept()
    {
        try
        {
            while (true) _ = Converse(await listener.AcceptTcpClientAsync());
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The measurement is over.
        }
    }

    private async Task Converse(TcpClient client)
    {
        try
        {
            using var _ = client;
            client.NoDelay = true;
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 sink");
            var recipient = "";
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase))
                    recipient = Address().Match(line).Groups[1].Value;
                if (line.Equals("DATA", StringComparison.OrdinalIgnoreCase))
                {
                    await writer.WriteLineAsync("354 go on");
                    await Take(reader, recipient);
                }

                await writer.WriteLineAsync(Reply(line));
                if (line.Equals("QUIT", StringComparison.OrdinalIgnoreCase)) return;
            }
        }
        catch (IOException)
        {
            // The server was ended in the middle of a message.
        }
    }

    private static string Reply(string line) =>
        line.StartsWith("EHLO", StringComparison.OrdinalIgnoreCase) ? "250-sink\r\n250 PIPELINING" : "250 ok";

    private async Task Take(StreamReader reader, string recipient)
    {
        string? code = null;
        while (await reader.ReadLineAsync() is { } line && line != ".")
        {
            if (Digits().Match(line) is { Success: true } found) code = found.Value;
        }

        if (code is not null) codes[recipient] = code;
        Interlocked.Increment(ref taken);
    }

    [GeneratedRegex("<([^>]*)>")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<![\w.@+-])\d{6}(?![\w@-])")]
    private static partial Regex Digits();
}
