using System.Diagnostics;

namespace Lifeguard.Build;

/// <summary>
/// The database, clients and browser that tests talk to. Each is told to the tests by an environment
/// variable; a test whose variable is not set skips itself.
/// </summary>
internal sealed class RealParts : IDisposable
{
    private const string Postgres = "LIFEGUARD_TEST_POSTGRES";
    private const string Node = "LIFEGUARD_TEST_PARTS";
    private const string Aws = "LIFEGUARD_TEST_AWS";
    private const string Chromium = "LIFEGUARD_TEST_CHROMIUM";
    private const string Python = "LIFEGUARD_TEST_PYTHON";
    private static readonly TimeSpan NpmPatience = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, string> environment = [];
    private readonly List<(string Variable, string Why)> missing = [];
    private readonly Lock gate = new();
    private ScratchPostgres? postgres;

    /// <summary>The names of all variables that a test may ask for.</summary>
    public static IReadOnlyList<string> Variables { get; } = [Postgres, Node, Aws, Chromium, Python];

    /// <summary>What the tests find in their environment.</summary>
    public IReadOnlyDictionary<string, string> Environment => environment;

    /// <summary>What could not be had, and why.</summary>
    public IReadOnlyList<(string Variable, string Why)> Missing => missing;

    /// <summary>Makes ready what is asked for; a variable that is already set stays as it is.</summary>
    public void Prepare(IReadOnlySet<string> wanted)
    {
        foreach (var variable in Variables.Where(wanted.Contains))
        {
            var clock = Stopwatch.StartNew();
            var given = System.Environment.GetEnvironmentVariable(variable);
            var (value, why) = string.IsNullOrEmpty(given) ? Obtain(variable) : (given, null);
            if (value is null)
            {
                missing.Add((variable, why!));
                Console.WriteLine($"  {variable}: left out, {why}");
                continue;
            }

            environment[variable] = value;
            Console.WriteLine($"  {variable}={value} ({clock.Elapsed.TotalSeconds:0.0} s)");
        }
    }

    /// <summary>Stops what was started; safe to call twice and from a signal handler.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            postgres?.Dispose();
        }
    }

    private (string? Value, string? Why) Obtain(string variable) => variable switch
    {
        Postgres => StartPostgres(),
        Node => InstallNodeParts(),
        Aws => FindOrInstall("awscli", "aws"),
        Python => FindOrInstall("python3", "python3"),
        _ => FindBrowser(),
    };

    /// <summary>The same browser without windows takes less than half of the time.</summary>
    private static (string? Value, string? Why) FindBrowser()
    {
        var windowless = FindOrInstall("chromium-headless-shell", "chromium-headless-shell");
        return windowless.Value is not null
            ? windowless
            : FindOrInstall("chromium", "chromium", "chromium-browser", "google-chrome");
    }

    private (string? Value, string? Why) StartPostgres()
    {
        lock (gate)
        {
            return ScratchPostgres.TryStart(out postgres, out var why)
                ? (postgres.ConnectionString, null)
                : (null, why);
        }
    }

    private static (string? Value, string? Why) FindOrInstall(string package, params string[] programs)
    {
        if (Repository.OnPath(programs) is { } found)
        {
            return (found, null);
        }

        var why = AptPackages.Install(package) ?? $"{package} brought no {programs[0]}";
        return (Repository.OnPath(programs), why);
    }

    private static (string? Value, string? Why) InstallNodeParts()
    {
        if (Repository.OnPath("node") is null || Repository.OnPath("npm") is null)
        {
            return (null, "there is no node and npm on PATH");
        }

        var folder = Repository.At("test", "parts");
        var stamp = Path.Combine(folder, "node_modules", ".installed");
        var wanted = File.ReadAllText(Path.Combine(folder, "package-lock.json"));
        if (File.Exists(stamp) && File.ReadAllText(stamp) == wanted)
        {
            return (folder, null);
        }

        var (succeeded, output) = Shell.Quietly("npm", ["ci", "--prefix", folder], NpmPatience);
        if (!succeeded)
        {
            return (null, $"npm ci failed: {output}");
        }

        File.WriteAllText(stamp, wanted);
        return (folder, null);
    }
}
