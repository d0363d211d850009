using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lifeguard.Adapters.Tests;

/// <summary>An SMTP server on loopback that takes every message unless it is told otherwise.</summary>
internal sealed class ScriptedSmtp : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public ScriptedSmtp()
    {
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    public string Greeting { get; set; } = "220 scripted";

    public string Capabilities { get; set; } = "250-scripted\r\n250 8BITMIME";

    /// <summary>Answers by the beginning of a command, such as <c>RCPT</c>; the empty answer hangs up, and
    /// <c>.</c> stands for the end of a message.</summary>
    public Dictionary<string, string> Answers { get; } = [];

    public List<string> Commands { get; } = [];

    public List<string> Messages { get; } = [];

    /// <summary>Completed when a connection has been closed by the client.</summary>
    public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                Connections++;
                await Converse(client.GetStream());
                Closed.TrySetResult();
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task Converse(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        try
        {
            await Say(stream, Greeting);
            while (await reader.ReadLineAsync(stop.Token) is { } command)
            {
                Commands.Add(command);
                var answer = AnswerTo(command);
                if (answer.Length == 0) return;
                await Say(stream, answer);
                if (command == "QUIT") return;
                if (!answer.StartsWith("354", StringComparison.Ordinal)) continue;
                Messages.Add(await ReadMessage(reader));
                await Say(stream, Answers.GetValueOrDefault(".", "250 taken"));
            }
        }
        catch (IOException)
        {
            // The client hung up.
        }
    }

    private string AnswerTo(string command)
    {
        foreach (var (start, answer) in Answers)
        {
            if (command.StartsWith(start, StringComparison.OrdinalIgnoreCase)) return answer;
        }

        if (command.StartsWith("EHLO", StringComparison.Ordinal)) return Capabilities;
        return command switch { "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 fine" };
    }

    private async Task<string> ReadMessage(StreamReader reader)
    {
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is { } line and not ".")
            message.Append(line).Append('\n');
        return message.ToString();
    }

    private async Task Say(NetworkStream stream, string line) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), stop.Token);
}
