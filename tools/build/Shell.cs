using System.Diagnostics;

namespace Lifeguard.Build;

/// <summary>Runs other programs from the root of the clone.</summary>
internal static class Shell
{
    private static readonly string Host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>What keeps a build from saying more than its errors.</summary>
    public static string[] Quiet { get; } = ["-v", "quiet", "--nologo", "-clp:NoSummary"];

    /// <summary>Runs the SDK that runs this script, showing the command and what it prints.</summary>
    public static int Dotnet(IReadOnlyList<string> arguments)
    {
        Console.WriteLine($"> dotnet {string.Join(' ', arguments)}");
        using var process = Process.Start(Describe(Host, arguments))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Runs an assembly under this SDK's runtime; see <see cref="Lines"/>.</summary>
    public static int? Assembly(string path, IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment, TimeSpan patience, Action<string> line) =>
        Lines(Host, [path, .. arguments], environment, patience, line);

    /// <summary>Runs the SDK and hands over each line that it prints.</summary>
    public static int? DotnetLines(IReadOnlyList<string> arguments, TimeSpan patience, Action<string> line)
    {
        Console.WriteLine($"> dotnet {string.Join(' ', arguments)}");
        return Lines(Host, arguments, Nothing, patience, line);
    }

    /// <summary>Runs a program and keeps what it prints, on either stream.</summary>
    public static (bool Succeeded, string Output) Quietly(string program, IReadOnlyList<string> arguments,
        TimeSpan patience, IReadOnlyDictionary<string, string>? environment = null)
    {
        var output = new List<string>();
        try
        {
            var code = Lines(program, arguments, environment ?? Nothing, patience, output.Add);
            return (code == 0, string.Join('\n', output));
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (false, missing.Message);
        }
    }

    /// <summary>Runs a program and hands over each line; null when it took too long and was ended.</summary>
    private static int? Lines(string program, IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment, TimeSpan patience, Action<string> line)
    {
        var start = Describe(program, arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var gate = new Lock();
        var readers = Task.WhenAll(Read(process.StandardOutput), Read(process.StandardError));
        var ended = process.WaitForExit(patience);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        // A server that the program left behind may hold its output open for ever.
        readers.Wait(TimeSpan.FromSeconds(5));
        return ended ? process.ExitCode : null;

        async Task Read(StreamReader stream)
        {
            while (await stream.ReadLineAsync() is { } text)
            {
                lock (gate)
                {
                    line(text);
                }
            }
        }
    }

    private static ProcessStartInfo Describe(string program, IReadOnlyList<string> arguments) =>
        new(program, arguments) { WorkingDirectory = Repository.Root };
}
