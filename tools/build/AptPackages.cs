namespace Lifeguard.Build;

/// <summary>Debian packages, for machines that let us install them.</summary>
internal static class AptPackages
{
    private static readonly Dictionary<string, string> Unattended =
        new() { ["DEBIAN_FRONTEND"] = "noninteractive" };

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly Lazy<string?> Index = new(Refresh);

    /// <summary>Installs a package; null when it is there now, otherwise why it is not.</summary>
    public static string? Install(params string[] packages)
    {
        var names = string.Join(' ', packages);
        if (Repository.OnPath("apt-get") is null)
        {
            return $"there is no apt-get to install {names} with";
        }

        if (!Environment.IsPrivilegedProcess)
        {
            return $"only root can install {names} (sudo apt-get install {names})";
        }

        if (Index.Value is { } problem)
        {
            return problem;
        }

        Console.WriteLine($"  apt-get install {names}");
        var (succeeded, output) = Apt(["install", "-y", "-qq", "--no-install-recommends", .. packages]);
        return succeeded ? null : $"apt-get install {names} failed: {LastLine(output)}";
    }

    private static string? Refresh()
    {
        Console.WriteLine("  apt-get update");
        var (succeeded, output) = Apt(["update", "-qq"]);
        return succeeded ? null : $"apt-get update failed: {LastLine(output)}";
    }

    private static (bool Succeeded, string Output) Apt(string[] arguments) =>
        Shell.Quietly("apt-get", ["-o", "DPkg::Lock::Timeout=120", .. arguments], Patience, Unattended);

    private static string LastLine(string output) => output.TrimEnd().Split('\n')[^1];
}
