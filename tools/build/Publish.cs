using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Lifeguard.Build;

/// <summary>Makes what is handed out: one native binary, or a build for machines without one.</summary>
internal static partial class Publish
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Fails on any AOT or trim warning that our own code gives.</summary>
    public static int Run(bool jit) => jit ? Jit() : Native();

    private static int Jit()
    {
        var target = Repository.At("artifacts", "publish", "jit");
        // Restored first and as ever: without PublishAot a restore would write another lock file.
        var failed = Shell.Dotnet(["restore", "src/Server", "-v", "quiet"]) != 0 || Shell.Dotnet(
        [
            "publish", "src/Server", "-c", "Release", "--no-restore", "--self-contained", "false",
            "-p:PublishAot=false", "-o", target, .. Shell.Quiet,
        ]) != 0;
        if (failed)
        {
            return 1;
        }

        var files = Directory.GetFiles(target, "*", SearchOption.AllDirectories);
        var bytes = files.Sum(file => new FileInfo(file).Length);
        Console.WriteLine($"{target}: {Size(bytes)} in {files.Length} files");
        return 0;
    }

    private static int Native()
    {
        if (Linker() is { } why)
        {
            Console.Error.WriteLine($"A native build needs clang and the headers of zlib: {why}");
            return 1;
        }

        var platform = RuntimeInformation.RuntimeIdentifier;
        var target = Repository.At("artifacts", "publish", platform);
        var warnings = new HashSet<string>();
        string[] options = ["-c", "Release", "-r", platform, "-o", target, "--nologo"];
        var code = Shell.DotnetLines(["publish", "src/Server", .. options], Patience, line =>
        {
            Console.WriteLine($"  {line}");
            if (Warning().IsMatch(line))
            {
                warnings.Add(line.Trim());
            }
        });

        var ours = warnings.Where(line => !OfPackage().IsMatch(line)).ToList();
        var binary = Path.Combine(target, "lifeguard");
        if (code != 0 || ours.Count > 0 || !File.Exists(binary))
        {
            Console.Error.WriteLine($"publish failed: exit code {code}, {ours.Count} warnings of our own");
            return 1;
        }

        Console.WriteLine($"{binary}: {Size(new FileInfo(binary).Length)}");
        return 0;
    }

    private static string? Linker()
    {
        var ready = Repository.OnPath("clang", "gcc") is not null && File.Exists("/usr/include/zlib.h");
        return ready || !OperatingSystem.IsLinux() ? null : AptPackages.Install("clang", "zlib1g-dev");
    }

    private static string Size(long bytes) => $"{bytes / 1024.0 / 1024.0:0.0} MiB";

    [GeneratedRegex(@"(warning|error) IL\d+")]
    private static partial Regex Warning();

    /// <summary>IL2104 and IL3053 sum up what a package's assembly gave; ours are never summed up.</summary>
    [GeneratedRegex(@"IL(2104|3053): Assembly '(?!Lifeguard\.|lifeguard')")]
    private static partial Regex OfPackage();
}
