using System.CommandLine;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard version</c></summary>
internal static class VersionCommand
{
    public static Command Create() => new Command("version", "Shows the version").Does(static (_, _) =>
    {
        var version = typeof(VersionCommand).Assembly.GetName().Version!.ToString(3);
        // RuntimeFeature would not do: builds meant for AOT answer "no dynamic code" under the JIT too.
        var build = JitInfo.GetCompiledMethodCount() > 0 ? "JIT" : "native";
        Terminal.Say($"lifeguard {version} ({RuntimeInformation.FrameworkDescription}, {build})");
        return Task.FromResult(0);
    });
}
