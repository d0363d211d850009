using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lifeguard.Adapters.Tests;

/// <summary>An SMTP server on loopback that takes every message unless it is told otherwise.</summary>
internal sealed class ScriptedSmtp : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly List<Socket> open = [];
    private readonly Task accepting;

    public ScriptedSmtp()
    {
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    /// <summary>How many connections were open at most at the same time.</summary>
    public int MostAtOnce { get; private set; }

    public string Greeting { get; set; } = "220 scripted";

    public string Capabilities { get; set; } = "250-scripted\r\n250 8BITMIME";

    /// <summary>Answers by the beginning of a command, such as <c>RCPT</c>; the empty answer hangs up, and
    /// <c>.</c> stands for the end of a message.</summary>
    public Dictionary<string, string> Answers { get; } = [];

    /// <summary>As <see cref="Answers"/>, but only for connections that have carried a message.</summary>
    public Dictionary<string, string> LaterAnswers { get; } = [];

    /// <summary>A message that has been read is not answered before this has completed.</summary>
    public Task Taking { get; set; } = Task.CompletedTask;

    /// <summary>Counts up with every message that has been read.</summary>
    public SemaphoreSlim Read { get; } = new(0);

    public List<string> Commands { get; } = [];

    public List<string> Messages { get; } = [];

    /// <summary>Says something unasked on all connections.</summary>
    public void SayUnasked(string line)
    {
        lock (gate) open.ForEach(socket => socket.Send(Encoding.ASCII.GetBytes(line + "\r\n")));
    }

    /// <summary>Counts up with every connection that has ended.</summary>
    public SemaphoreSlim Closed { get; } = new(0);

    /// <summary>Ends all connections without a word.</summary>
    public void HangUp()
    {
        lock (gate) open.ForEach(socket => socket.Shutdown(SocketShutdown.Both));
    }

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested) return;
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
        Read.Dispose();
        Closed.Dispose();
    }

    private async Task Accept()
    {
        List<Task> conversations = [];
        try
        {
            while (!stop.IsCancellationRequested)
                conversations.Add(Serve(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // The test is over.
        }

        await Task.WhenAll(conversations);
    }

    private async Task Serve(TcpClient client)
    {
        lock (gate)
        {
            Connections++;
            open.Add(client.Client);
            MostAtOnce = Math.Max(MostAtOnce, open.Count);
        }

        try
        {
            await Converse(client.GetStream());
        }
        catch (Exception end) when (end is IOException or OperationCanceledException)
        {
            // The client hung up, or the test is over.
        }

        lock (gate) open.Remove(client.Client);
        client.Dispose();
        Closed.Release();
    }

    private async Task Converse(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var taken = 0;
        await Say(stream, Greeting);
        while (await reader.ReadLineAsync(stop.Token) is { } command)
        {
            lock (gate) Commands.Add(command);
            var answer = AnswerTo(command, taken);
            if (answer.Length == 0) return;
            await Say(stream, answer);
            if (command == "QUIT" || answer.StartsWith("421", StringComparison.Ordinal)) return;
            if (!answer.StartsWith("354", StringComparison.Ordinal)) continue;
            var message = await ReadMessage(reader);
            lock (gate) Messages.Add(message);
            Read.Release();
            await Taking.WaitAsync(stop.Token);
            var verdict = Answers.GetValueOrDefault(".", "250 taken");
            if (verdict.Length == 0) return;
            await Say(stream, verdict);
            taken++;
        }
    }

    private string AnswerTo(string command, int taken)
    {
        foreach (var (start, answer) in taken > 0 ? Answers.Concat(LaterAnswers) : Answers)
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
