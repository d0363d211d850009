namespace Lifeguard.Build;

/// <summary>Runs the benchmarks in Release.</summary>
internal static class Bench
{
    /// <summary>All of them briefly, or one with options of its own: <c>[name [options]]</c>.</summary>
    public static int Run(string[] arguments)
    {
        var name = arguments.Length > 0 && !arguments[0].StartsWith('-') ? arguments[0] : null;
        var projects = Repository.Projects("bench")
            .Where(project => name is null || Path.GetFileNameWithoutExtension(project)
                .Equals(name, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        if (projects.Length == 0)
        {
            Console.Error.WriteLine($"There is no project called '{name}' under bench/.");
            return 2;
        }

        string[] options = name is null ? arguments : arguments[1..];
        if (name is null && options.Length == 0)
        {
            options = ["--quick"];
        }

        return projects.Count(project =>
            Shell.Dotnet(["run", "-c", "Release", "--project", project, "--", .. options]) != 0);
    }
}
