using System.Text.RegularExpressions;
using Xunit;

namespace Lifeguard.Tidy.Tests;

/// <summary>What the project writes down about itself, and what it must not carry around.</summary>
public sealed partial class RecordTests
{
    private const long LargestFile = 1024 * 1024;

    private static readonly string[] MachinePaths = ["/wo" + "rk/", "/t" + "mp/"];

    private static IEnumerable<string> Decisions => RepositoryFiles.In("docs/adr/")
        .Where(path => path.EndsWith(".md", StringComparison.Ordinal) && path != "docs/adr/README.md");

    [Fact]
    public void Every_banned_symbol_says_what_to_use_instead()
    {
        RepositoryFiles.Lines("BannedSymbols.txt")
            .Where(line => line.Text.Trim().Length > 0 && !BannedWithReason().IsMatch(line.Text))
            .Select(line => $"BannedSymbols.txt:{line.Number}: {line.Text}")
            .ShouldBeNone("Write the reason and the replacement after the semicolon:");
    }

    [Fact]
    public void Every_decision_has_a_number_and_a_status()
    {
        Decisions
            .Where(path => !DecisionName().IsMatch(path) || !Status().IsMatch(RepositoryFiles.Text(path)))
            .ShouldBeNone("Name it 0001-in-a-few-words.md and give its status, as docs/adr/README.md shows:");
    }

    [Fact]
    public void Every_decision_stands_in_the_index()
    {
        var index = RepositoryFiles.TextOrNothing("docs/adr/README.md");

        Decisions.Where(path => !index.Contains($"({Path.GetFileName(path)})", StringComparison.Ordinal))
            .ShouldBeNone("Link it in the index of docs/adr/README.md:");
    }

    [Fact]
    public void Nothing_speaks_of_the_machine_it_was_written_on()
    {
        var offenders =
            from path in RepositoryFiles.All
            where !path.EndsWith("lock.json", StringComparison.Ordinal) && !RepositoryFiles.IsBinary(path)
            from line in RepositoryFiles.Lines(path)
            where MachinePaths.Any(machine => line.Text.Contains(machine, StringComparison.Ordinal))
            where !IsScratch(path)
            select $"{path}:{line.Number}: {line.Text.Trim()}";

        offenders.ShouldBeNone("Say it relative to the clone, or take the system's temporary folder:");
    }

    [Fact]
    public void No_file_is_too_large_to_read()
    {
        RepositoryFiles.All.Where(path => RepositoryFiles.Length(path) > LargestFile)
            .Select(path => $"{path} has {RepositoryFiles.Length(path)} bytes")
            .ShouldBeNone("Leave it out and make it when it is needed, or split it:");
    }

    /// <summary>Tests and build scripts make scratch folders outside the clone.</summary>
    private static bool IsScratch(string path) =>
        path.StartsWith("test/", StringComparison.Ordinal)
        || path.StartsWith("tools/build/", StringComparison.Ordinal);

    [GeneratedRegex(@"^[TMPFEN]:\S[^;]*; \w.{9,}$")]
    private static partial Regex BannedWithReason();

    [GeneratedRegex(@"^docs/adr/\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex DecisionName();

    [GeneratedRegex("^Status: (Proposed|Accepted|Superseded by|Rejected)", RegexOptions.Multiline)]
    private static partial Regex Status();
}
