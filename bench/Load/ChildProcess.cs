using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Lifeguard.Load;

/// <summary>A program that this one has started: what it costs, what it says, and its end.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int LinesKept = 40;
    private readonly Process process;
    private readonly Queue<string> said = new();

    /// <summary>Starts a program in <paramref name="folder"/>; assemblies run under this runtime.</summary>
    public ChildProcess(string program, IEnumerable<string> arguments, string folder)
    {
        var isAssembly = program.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(
            isAssembly ? Environment.ProcessPath! : program,
            isAssembly ? [program, .. arguments] : arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (isAssembly && Path.GetFileNameWithoutExtension(start.FileName) != "dotnet") start.FileName = "dotnet";
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToArray()) start.Environment.Remove(name);
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasEnded => process.HasExited;

    /// <summary>User and kernel time used so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in MiB.</summary>
    public double ResidentMiB
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    /// <summary>The last lines it has written.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (said) return [.. said];
        }
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Waits until something listens on the port.</summary>
    public async Task MustListen(int port)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var attempt = new TcpClient();
                await attempt.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (!HasEnded && clock.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(1);
            }
            catch (SocketException)
            {
                throw new InvalidOperationException($"The server did not start:\n{string.Join('\n', Said)}");
            }
        }
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static bool IsSetting(string name) => name.StartsWith("LIFEGUARD__", StringComparison.OrdinalIgnoreCase);

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (said)
        {
            said.Enqueue(line);
            if (said.Count > LinesKept) said.Dequeue();
        }
    }
}
