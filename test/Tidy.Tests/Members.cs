using System.Text.RegularExpressions;

namespace Lifeguard.Tidy.Tests;

/// <summary>A member of a type: the first words of its declaration and where it stands.</summary>
internal sealed record Member(string Declaration, int FirstLine, int LastLine)
{
    /// <summary>From its declaration to its last brace or semicolon.</summary>
    public int Lines => LastLine - FirstLine + 1;
}

/// <summary>
/// Finds members by matching braces. That is right for code laid out as ours is: one declaration begins on a
/// line of its own, and a type's declaration begins with its modifiers.
/// </summary>
internal sealed partial class Members
{
    private readonly string code;
    private readonly List<Member> found = [];
    private int declaration;
    private int types;

    private Members(string code) => this.code = code;

    /// <summary>Every member of a file, in order; a local function is a part of its method.</summary>
    public static IReadOnlyList<Member> Of(string source)
    {
        var members = new Members(CSharpText.CodeOf(source));
        members.Read();
        return members.found;
    }

    private void Read()
    {
        for (var at = 0; at < code.Length; at++)
        {
            if (code[at] == '{' && TypeStart().IsMatch(code[declaration..at]))
            {
                types++;
                declaration = at + 1;
            }
            else if (code[at] == '}' && types > 0)
            {
                types--;
                declaration = at + 1;
            }
            else if (code[at] is '{' or '(' or '[')
            {
                at = Matching(at);
                if (code[at] == '}' && EndsHere(at))
                {
                    Add(at);
                }
            }
            else if (code[at] == ';')
            {
                Add(at);
            }
        }
    }

    /// <summary>A closing brace ends a member, unless in an expression or before an initial value.</summary>
    private bool EndsHere(int brace)
    {
        var isExpression = Expression().IsMatch(WithoutParentheses(code[declaration..brace]));
        return !isExpression && !code.AsSpan(brace + 1).TrimStart().StartsWith("=");
    }

    private void Add(int last)
    {
        var first = declaration;
        while (first < last && char.IsWhiteSpace(code[first]))
        {
            first++;
        }

        declaration = last + 1;
        var words = code[first..last].Split('\n', 2)[0].Trim();
        if (words.Length > 0 && !words.StartsWith("using ", StringComparison.Ordinal))
        {
            found.Add(new Member(words, LineOf(first), LineOf(last)));
        }
    }

    private int LineOf(int position) => code.AsSpan(0, position).Count('\n') + 1;

    private int Matching(int open)
    {
        var depth = 0;
        for (var at = open; at < code.Length; at++)
        {
            depth += code[at] switch { '{' or '(' or '[' => 1, '}' or ')' or ']' => -1, _ => 0 };
            if (depth == 0)
            {
                return at;
            }
        }

        return code.Length - 1;
    }

    /// <summary>Default values and attribute arguments have an `=` that is no member's own.</summary>
    private static string WithoutParentheses(string text)
    {
        var kept = new List<char>();
        var depth = 0;
        foreach (var letter in text)
        {
            depth += letter is '(' or '[' or '{' ? 1 : 0;
            if (depth == 0)
            {
                kept.Add(letter);
            }

            depth -= letter is ')' or ']' or '}' ? 1 : 0;
        }

        return new string([.. kept]);
    }

    [GeneratedRegex(@"^\s*(\[[^\]]*\]\s*)*((public|internal|private|protected|file|sealed|static|abstract"
        + @"|partial|readonly|ref|unsafe|new)\s+)*(class|struct|interface|enum|record|namespace)\s+\w")]
    private static partial Regex TypeStart();

    [GeneratedRegex(@"(?<![=<>!])=(?!=)")]
    private static partial Regex Expression();
}
