using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Lifeguard.Build;

/// <summary>Builds once, makes the real parts ready, and runs one test project after the other; beside them
/// those that mostly wait for browsers and other programs.</summary>
internal static partial class TestRun
{
    private static readonly string[] MostlyWaiting = ["Sdk.Tests", "Crash.Tests"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>A test that takes longer is named each time this much has passed again, so that a run which
    /// hangs says where. It is no failure: the machine may be slow.</summary>
    private static readonly TimeSpan Suspicious = TimeSpan.FromMinutes(2);

    /// <summary>Lines of a failure that the end of a run says again.</summary>
    private const int FailureLines = 12;

    private sealed record Outcome(
        string Project, int Passed, int Failed, int Skipped, TimeSpan Took, IReadOnlyList<string> Failures);

    /// <summary>Exit code 0 when all tests passed and, where CI is set, no real part was left out.</summary>
    public static int Run(TestChoice choice, bool withRealParts)
    {
        var projects = TestProject.Chosen(choice);
        if (projects.Count == 0)
        {
            Console.Error.WriteLine($"No test project under test/ has '{choice.Project}' in its name.");
            return 2;
        }

        if (!Build(choice, projects))
        {
            return 1;
        }

        using var parts = new RealParts();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => End(parts));
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => End(parts));
        if (withRealParts)
        {
            parts.Prepare(projects.SelectMany(project => project.WantedParts()).ToHashSet());
        }

        var waiting = projects.Where(project => MostlyWaiting.Contains(project.Name)).Reverse().ToList();
        var beside = Task.Run(() => OneByOne(waiting, choice, parts.Environment));
        var outcomes = OneByOne(projects.Except(waiting), choice, parts.Environment)
            .Concat(beside.GetAwaiter().GetResult()).ToList();
        var complete = SayWhatWasLeftOut(parts, projects);
        parts.Dispose();
        var mayBeIncomplete = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        return Sum(outcomes) == 0 && (complete || mayBeIncomplete) ? 0 : 1;
    }

    private static List<Outcome> OneByOne(
        IEnumerable<TestProject> projects, TestChoice choice, IReadOnlyDictionary<string, string> parts)
    {
        // Programs that live for seconds never earn back what the runtime spends on watching them.
        var environment = new Dictionary<string, string>(parts) { ["DOTNET_TieredPGO"] = "0" };
        return [.. projects.Select(project => Execute(project, choice, environment))];
    }

    private static bool Build(TestChoice choice, IReadOnlyList<TestProject> projects)
    {
        IEnumerable<string> targets = choice.Project is null
            ? ["Lifeguard.slnx"]
            : projects.Select(project => project.File);
        return targets.All(target => Shell.Dotnet(["build", target, .. Shell.Quiet]) == 0);
    }

    private static void End(RealParts parts)
    {
        parts.Dispose();
        Environment.Exit(130);
    }

    private static Outcome Execute(
        TestProject project, TestChoice choice, IReadOnlyDictionary<string, string> environment)
    {
        Console.WriteLine(project.Name);
        var clock = Stopwatch.StartNew();
        Match? summary = null;
        var failures = new List<string>();
        var left = 0;
        string[] plain = ["-noLogo", "-noColor", "-longRunning", $"{Suspicious.TotalSeconds}"];
        string[] options = choice.Test is null ? plain : [.. plain, "-method", $"*{choice.Test}*"];
        var code = Shell.Assembly(project.Assembly, options, environment, Patience, line =>
        {
            left = line.EndsWith("[FAIL]", StringComparison.Ordinal) ? FailureLines : left - 1;
            if (left > 0)
            {
                failures.Add(line);
            }

            if (Summary().Match(line) is { Success: true } found)
            {
                summary = found;
            }
            else if (!Chatter().IsMatch(line))
            {
                Console.WriteLine($"  {project.Name}: {line}");
            }
        });

        if (code is null || summary is null)
        {
            Console.WriteLine(code is null
                ? $"  ended after {Patience.TotalMinutes} minutes: counted as one failure"
                : $"  ended with {code} and no summary: counted as one failure");
            return new Outcome(project.Name, 0, 1, 0, clock.Elapsed, failures);
        }

        return Count(project, choice, code.Value, summary) with { Took = clock.Elapsed, Failures = failures };
    }

    private static Outcome Count(TestProject project, TestChoice choice, int code, Match summary)
    {
        int Number(string group) => int.Parse(summary.Groups[group].Value);
        var failed = Number("failed") + Number("errors");
        var skipped = Number("skipped");
        var passed = Number("total") - Number("failed") - skipped - Number("notrun");
        var nothingRan = passed + failed + skipped == 0 && choice.Test is null;
        if (failed == 0 && (nothingRan || (code != 0 && passed + skipped > 0)))
        {
            Console.WriteLine(nothingRan
                ? "  it holds no test: counted as one failure"
                : $"  ended with {code} although no test failed: counted as one failure");
            failed = 1;
        }

        return new Outcome(project.Name, passed, failed, skipped, TimeSpan.Zero, []);
    }

    private static bool SayWhatWasLeftOut(RealParts parts, IReadOnlyList<TestProject> projects)
    {
        foreach (var (variable, why) in parts.Missing)
        {
            var asking = projects.Where(project => project.WantedParts().Contains(variable));
            var names = string.Join(", ", asking.Select(project => project.Name));
            Console.WriteLine($"Left out: what needs {variable} in {names}, because {why}");
        }

        return parts.Missing.Count == 0;
    }

    /// <summary>Prints what failed once more, the table, and the sum alone on the last line; returns how many
    /// failed.</summary>
    private static int Sum(IReadOnlyList<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            foreach (var line in outcome.Failures)
            {
                Console.WriteLine($"  {outcome.Project}: {line}");
            }
        }

        var width = outcomes.Max(outcome => outcome.Project.Length);
        Console.WriteLine($"{"".PadRight(width)}  passed  failed  skipped    time");
        foreach (var outcome in outcomes)
        {
            Console.WriteLine($"{outcome.Project.PadRight(width)}  {outcome.Passed,6}  {outcome.Failed,6}  "
                + $"{outcome.Skipped,7}  {outcome.Took.TotalSeconds,4:0} s");
        }

        var failed = outcomes.Sum(outcome => outcome.Failed);
        Console.WriteLine($"{outcomes.Sum(outcome => outcome.Passed)} passed, {failed} failed, "
            + $"{outcomes.Sum(outcome => outcome.Skipped)} skipped");
        return failed;
    }

    [GeneratedRegex(@"Total: (?<total>\d+), Errors: (?<errors>\d+), Failed: (?<failed>\d+), "
        + @"Skipped: (?<skipped>\d+), Not Run: (?<notrun>\d+)")]
    private static partial Regex Summary();

    // Diagnostic messages come with the watch for long tests; of them only what it finds is wanted.
    [GeneratedRegex(@"^\s*(Discovering|Discovered|Starting|Finished): |^=== TEST EXECUTION|^\s*$"
        + @"|^\s*\[D::[^\]]*\] (?!\[Long Running Test\])")]
    private static partial Regex Chatter();
}
