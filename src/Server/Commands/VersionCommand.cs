using System.CommandLine;
using System.Runtime.InteropServices;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard version</c></summary>
internal static class VersionCommand
{
    public static Command Create() => new Command("version", "Shows the version").Does(static (_, _) =>
    {
        var version = typeof(VersionCommand).Assembly.GetName().Version!.ToString(3);
        Terminal.Say($"lifeguard {version} ({RuntimeInformation.FrameworkDescription})");
        return Task.FromResult(0);
    });
}
