using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace Lifeguard.Clients;

/// <summary>A process that was started for a test; it is gone when this is disposed. Everything it prints is
/// kept.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int Go = 18;
    private const int Halt = 19;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder printed = new();
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly Task readers;

    private ChildProcess(Process process)
    {
        this.process = process;
        readers = Task.WhenAll(Read(process.StandardOutput, lines.Writer), Read(process.StandardError, null));
    }

    /// <summary>Everything printed so far, on either stream.</summary>
    public string Printed
    {
        get
        {
            lock (printed) return printed.ToString();
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="environment">On top of the test's own; null takes a variable away.</param>
    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string?>>? environment = null,
        string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new(process);
    }

    /// <summary>The next line on standard output that <paramref name="isWanted"/>; lines before it are
    /// passed over.</summary>
    /// <exception cref="InvalidOperationException">The process ended without it.</exception>
    public async Task<string> Line(Func<string, bool> isWanted)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (await lines.Reader.WaitToReadAsync(limit.Token))
            {
                if (lines.Reader.TryRead(out var line) && isWanted(line)) return line;
            }
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"The awaited line did not come in time:\n{Printed}");
        }

        throw new InvalidOperationException($"The process ended before the awaited line:\n{Printed}");
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task<int> End()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        // What it left behind may hold its output open.
        await readers.WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>Asks it to end, as an operator does, and waits.</summary>
    public Task<int> Stop()
    {
        if (!process.HasExited) _ = Signal(process.Id, Terminate);
        return End();
    }

    /// <summary>Makes it stand still, whatever it is doing, until <see cref="Resume"/>.</summary>
    public void Pause() => _ = Signal(process.Id, Halt);

    public void Resume() => _ = Signal(process.Id, Go);

    /// <summary>Ends it at once, as a power failure would.</summary>
    public Task Kill()
    {
        process.Kill();
        return process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // Parts end their own children when asked to; those that do not listen are made to.
            _ = Signal(process.Id, Terminate);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        process.Dispose();
    }

    private async Task Read(StreamReader stream, ChannelWriter<string>? writer)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            lock (printed) printed.AppendLine(line);
            writer?.TryWrite(line);
        }

        writer?.Complete();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int processId, int signal);
}
