using System.Text.RegularExpressions;
using Xunit;

namespace Lifeguard.Tidy.Tests;

/// <summary>The shape of the source: lengths, names, and what must not be left in it.</summary>
public sealed partial class SourceTests
{
    private const int LongestLine = 110;
    private const int LongestFile = 400;
    private const int LongestMember = 60;

    private static readonly string[] Code =
        [".cs", ".mjs", ".js", ".sql", ".yml", ".props", ".csproj", ".slnx"];

    [Fact]
    public void Lines_fit_on_a_screen()
    {
        var offenders =
            from path in RepositoryFiles.EndingIn(Code)
            where !RepositoryFiles.IsGenerated(path)
            from line in RepositoryFiles.Lines(path)
            where line.Text.Length > LongestLine && !AddressInComment().IsMatch(line.Text)
            select $"{path}:{line.Number} has {line.Text.Length} characters";

        offenders.ShouldBeNone($"Break lines at {LongestLine} characters:");
    }

    [Fact]
    public void Files_are_read_in_one_sitting()
    {
        var offenders =
            from path in RepositoryFiles.HandWritten
            let lines = RepositoryFiles.Lines(path).Count()
            where lines > LongestFile
            select $"{path} has {lines} lines";

        offenders.ShouldBeNone($"Split by meaning; a file has at most {LongestFile} lines:");
    }

    [Fact]
    public void Methods_are_read_at_a_glance()
    {
        var offenders =
            from path in RepositoryFiles.HandWritten
            from member in Members.Of(RepositoryFiles.Text(path))
            where member.Lines > LongestMember && !IsTable(member)
            select $"{path}:{member.FirstLine} has {member.Lines} lines: {member.Declaration}";

        offenders.ShouldBeNone($"Make its steps methods; a method has at most {LongestMember} lines:");
    }

    [Fact]
    public void Types_and_folders_are_named_by_what_they_are()
    {
        var types =
            from path in RepositoryFiles.HandWritten
            from Match type in TypeName().Matches(CSharpText.CodeOf(RepositoryFiles.Text(path)))
            where EmptyWord().IsMatch(type.Groups["name"].Value)
            select $"{path}: {type.Groups["name"].Value}";
        var folders =
            from path in RepositoryFiles.HandWritten
            from folder in path.Split('/')[..^1]
            where EmptyWord().IsMatch(folder)
            select $"the folder {folder} of {path}";

        types.Concat(folders).Distinct()
            .ShouldBeNone("Say what it is or does; if no name comes, the thing is not understood yet:");
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        var offenders =
            from path in RepositoryFiles.EndingIn([.. Code, ".md", ".txt", ".json", ".html", ".css"])
            where !path.EndsWith("lock.json", StringComparison.Ordinal)
            from line in RepositoryFiles.Lines(path)
            where Unfinished().IsMatch(line.Text)
            select $"{path}:{line.Number}";

        offenders.ShouldBeNone("Finish it, or open an issue and take the mark out:");
    }

    [Fact]
    public void Warnings_are_silenced_only_with_a_reason()
    {
        var offenders =
            from path in RepositoryFiles.HandWritten
            from line in RepositoryFiles.Lines(path)
            where Silenced().IsMatch(line.Text) && !Reason().IsMatch(line.Text)
            select $"{path}:{line.Number}: {line.Text.Trim()}";

        offenders.ShouldBeNone("Mend it, or give the reason in a `// comment` on the same line:");
    }

    /// <summary>A constant, such as SQL or a table of names, is as long as what it holds.</summary>
    private static bool IsTable(Member member) => Constant().IsMatch(member.Declaration);

    [GeneratedRegex("(//|#|<!--|\\*).*https?://")]
    private static partial Regex AddressInComment();

    [GeneratedRegex(@"\b(class|struct|interface|enum|record|delegate\s+\w+)\s+"
        + @"(?!where\b|struct\b|class\b)(?<name>\w+)")]
    private static partial Regex TypeName();

    [GeneratedRegex("(Manager|Helper|Util|Utilitie|Service|Common|Impl|Base)s?$")]
    private static partial Regex EmptyWord();

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^\s*#pragma warning disable|\[.*\bSuppressMessage\(")]
    private static partial Regex Silenced();

    [GeneratedRegex(@"// \w+|Justification = ""\w+")]
    private static partial Regex Reason();

    [GeneratedRegex(@"\b(const|static readonly)\b")]
    private static partial Regex Constant();
}
