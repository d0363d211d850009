using System.ComponentModel;
using System.Diagnostics;

namespace Lifeguard.Adapters.Handlers;

/// <summary>How functions on this machine are started and ended.</summary>
internal static class ChildStart
{
    /// <summary>Starts a program with all three streams in our hands; null where it cannot be
    /// started.</summary>
    public static Process? Start(
        IReadOnlyList<string> command, string folder, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in variables) start.Environment[name] = value;
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Ends a process with all that it has started, whatever it is doing.</summary>
    public static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone)
            when (gone is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }
}
