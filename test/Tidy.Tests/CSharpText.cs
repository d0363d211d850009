namespace Lifeguard.Tidy.Tests;

/// <summary>
/// C# with its comments, directives, strings and characters turned to blanks, so that what is left of braces
/// and words is code. Line breaks stay where they were.
/// </summary>
internal sealed class CSharpText
{
    private readonly string source;
    private readonly char[] code;
    private int at;

    private CSharpText(string source)
    {
        this.source = source;
        code = source.ToCharArray();
    }

    /// <summary>The code alone, as long as the source.</summary>
    public static string CodeOf(string source)
    {
        var text = new CSharpText(source);
        while (text.at < source.Length)
        {
            text.Step();
        }

        return new string(text.code);
    }

    private void Step()
    {
        if (Sees("//") || (Sees("#") && AtLineStart()))
        {
            BlankUntil("\n", including: false);
        }
        else if (Sees("/*"))
        {
            BlankUntil("*/", including: true);
        }
        else if (Sees("'"))
        {
            Quoted('\'', escapes: true, interpolated: false);
        }
        else if (!TryString())
        {
            at++;
        }
    }

    private bool TryString()
    {
        var start = at;
        while (start < source.Length && source[start] is '$' or '@')
        {
            start++;
        }

        if (start >= source.Length || source[start] != '"')
        {
            return false;
        }

        var prefix = source[at..start];
        Blank(prefix.Length);
        var quotes = CountQuotes();
        if (quotes >= 3 && !prefix.Contains('@'))
        {
            Blank(quotes);
            BlankUntil(new string('"', quotes), including: true);
        }
        else
        {
            Quoted('"', escapes: !prefix.Contains('@'), interpolated: prefix.Contains('$'));
        }

        return true;
    }

    /// <summary>From an opening quote to behind its closing one; interpolation may nest.</summary>
    private void Quoted(char quote, bool escapes, bool interpolated)
    {
        Blank(1);
        while (at < source.Length && !(escapes && source[at] == '\n'))
        {
            var escaped = escapes ? Sees("\\") : Sees("\"\"");
            if (escaped || (interpolated && (Sees("{{") || Sees("}}"))))
            {
                Blank(2);
            }
            else if (source[at] == quote)
            {
                Blank(1);
                return;
            }
            else if (interpolated && source[at] == '{')
            {
                Hole();
            }
            else
            {
                Blank(1);
            }
        }
    }

    private void Hole()
    {
        var depth = 0;
        do
        {
            depth += source[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (source[at] is '{' or '}')
            {
                Blank(1);
                continue;
            }

            Step();
        }
        while (depth > 0 && at < source.Length);
    }

    private int CountQuotes()
    {
        var count = 0;
        while (at + count < source.Length && source[at + count] == '"')
        {
            count++;
        }

        return count;
    }

    private bool AtLineStart()
    {
        var before = at - 1;
        while (before >= 0 && source[before] is ' ' or '\t')
        {
            before--;
        }

        return before < 0 || source[before] == '\n';
    }

    private bool Sees(string text) => string.CompareOrdinal(source, at, text, 0, text.Length) == 0;

    private void BlankUntil(string end, bool including)
    {
        var found = source.IndexOf(end, at, StringComparison.Ordinal);
        Blank((found < 0 ? source.Length : including ? found + end.Length : found) - at);
    }

    private void Blank(int length)
    {
        for (var end = Math.Min(at + length, source.Length); at < end; at++)
        {
            code[at] = source[at] == '\n' ? '\n' : ' ';
        }
    }
}
