using System.Text.RegularExpressions;

namespace Lifeguard.Build;

/// <summary>Which tests to run: projects by part of a name, tests by part of theirs; null: all.</summary>
internal sealed record TestChoice(string? Project, string? Test)
{
    /// <summary>Every test there is.</summary>
    public static TestChoice All { get; } = new(null, null);

    /// <summary>Reads `[name] [--filter name] [--only text]`.</summary>
    public static TestChoice Parse(string[] arguments)
    {
        string? project = null, test = null;
        for (var at = 0; at < arguments.Length; at++)
        {
            switch (arguments[at])
            {
                case "--only" when at + 1 < arguments.Length:
                    test = arguments[++at];
                    break;
                case "--filter" when at + 1 < arguments.Length:
                    project = arguments[++at];
                    break;
                default:
                    project = arguments[at];
                    break;
            }
        }

        return new TestChoice(project, test);
    }
}

/// <summary>One test project under test/.</summary>
internal sealed partial record TestProject(string File)
{
    /// <summary>As in `Wire.Tests`.</summary>
    public string Name => Path.GetFileNameWithoutExtension(File);

    /// <summary>What a Debug build of it leaves.</summary>
    public string Assembly => Repository.At("artifacts", "bin", Name, "debug", $"{Name}.dll");

    /// <summary>The projects that a choice names, in order of name.</summary>
    public static IReadOnlyList<TestProject> Chosen(TestChoice choice) =>
        [.. Repository.Projects("test")
            .Where(file => file.EndsWith(".Tests.csproj", StringComparison.Ordinal))
            .Select(file => new TestProject(file))
            .Where(project => choice.Project is null
                || project.Name.Contains(choice.Project, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The variables that its sources, or those it refers to in test/, speak of.</summary>
    public IReadOnlySet<string> WantedParts()
    {
        var seen = new HashSet<string>();
        var waiting = new Queue<string>([Path.GetFullPath(File)]);
        var wanted = new HashSet<string>();
        while (waiting.TryDequeue(out var project))
        {
            var folder = Path.GetDirectoryName(project)!;
            if (!folder.StartsWith(Repository.At("test"), StringComparison.Ordinal) || !seen.Add(project))
            {
                continue;
            }

            foreach (var source in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            {
                var text = System.IO.File.ReadAllText(source);
                wanted.UnionWith(RealParts.Variables.Where(text.Contains));
            }

            foreach (Match reference in References().Matches(System.IO.File.ReadAllText(project)))
            {
                waiting.Enqueue(Path.GetFullPath(reference.Groups[1].Value, folder));
            }
        }

        return wanted;
    }

    [GeneratedRegex("<ProjectReference Include=\"([^\"]+)\"")]
    private static partial Regex References();
}
