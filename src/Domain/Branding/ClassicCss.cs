using System.Text;
using System.Text.RegularExpressions;

namespace Lifeguard.Domain.Branding;

/// <summary>
/// Style sheets for the classic pages: rules for the classes that the service names (doc), with properties
/// that colour, size and place what is there. Nothing in them can load anything, run anything or reach
/// another part of the page: no at-rules, no functions but those of colours, no strings, no escapes.
/// </summary>
public static partial class ClassicCss
{
    private const int LongestValue = 256;

    private static readonly HashSet<string> Classes = new(StringComparer.Ordinal)
    {
        "logo-customizable", "banner-customizable", "label-customizable", "textDescription-customizable",
        "idpDescription-customizable", "legalText-customizable", "submitButton-customizable",
        "errorMessage-customizable", "inputField-customizable", "idpButton-customizable",
        "socialButton-customizable", "redirect-customizable", "passwordCheck-notValid-customizable",
        "passwordCheck-valid-customizable", "background-customizable",
    };

    private static readonly HashSet<string> States =
        new(StringComparer.Ordinal) { "hover", "focus", "active" };

    /// <summary>What the service documents for any of the classes, and what its own template and style sheets
    /// in use have besides (observed): all of it for every class.</summary>
    private static readonly HashSet<string> Properties = new(StringComparer.Ordinal)
    {
        "background", "background-color", "border", "border-bottom", "border-color", "border-left",
        "border-radius", "border-right", "border-style", "border-top", "border-width", "box-sizing", "color",
        "display", "font-family", "font-size", "font-style", "font-weight", "height", "letter-spacing",
        "line-height", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-height",
        "max-width", "min-height", "min-width", "outline", "padding", "padding-bottom", "padding-left",
        "padding-right", "padding-top", "text-align", "text-decoration", "text-transform", "visibility",
        "width",
    };

    /// <summary>Refuses what pages could not show.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void Check(string css) => Read(css);

    /// <summary>The style sheet as it may stand in a page; empty for one that <see cref="Check"/> refuses,
    /// such as may have come in with another deployment's pool.</summary>
    public static string Rewrite(string css)
    {
        try
        {
            return Read(css);
        }
        catch (ApiException)
        {
            return "";
        }
    }

    private static string Read(string css)
    {
        // No database keeps it in a text.
        if (css.Contains('\0')) throw BrandingRefusals.CssSyntax();
        var written = new StringBuilder();
        var rest = WithoutComments(css).AsSpan().Trim();
        while (rest.Length > 0)
        {
            if (rest[0] == '@') throw BrandingRefusals.CssRule(AtRule().Match(rest.ToString()).Value);
            var (open, close) = (rest.IndexOf('{'), rest.IndexOf('}'));
            if (open < 0 || close < open) throw BrandingRefusals.CssSyntax();
            var body = rest[(open + 1)..close].ToString();
            if (body.Contains('{')) throw BrandingRefusals.CssSyntax();
            written.Append(Selectors(rest[..open].Trim().ToString())).Append('{').Append(Declarations(body))
                .Append("}\n");
            rest = rest[(close + 1)..].TrimStart();
        }

        return written.ToString();
    }

    private static string WithoutComments(string css)
    {
        var kept = new StringBuilder();
        var at = 0;
        for (var open = Next("/*"); open >= 0; open = Next("/*"))
        {
            kept.Append(css, at, open - at).Append(' ');
            at = open + 2;
            var close = Next("*/");
            if (close < 0) throw BrandingRefusals.CssSyntax();
            at = close + 2;
        }

        return kept.Append(css, at, css.Length - at).ToString();

        int Next(string mark) => css.IndexOf(mark, at, StringComparison.Ordinal);
    }

    private static string Selectors(string text) => string.Join(',', text.Split(',').Select(part =>
    {
        var selector = part.Trim();
        var isAllowed = selector.StartsWith('.')
            && selector[1..].Split(':') is [var name, .. var states]
            && Classes.Contains(name)
            && states.Length <= 1
            && states.All(States.Contains);
        return isAllowed ? selector : throw BrandingRefusals.CssClass(selector);
    }));

    private static string Declarations(string body)
    {
        var written = new List<string>();
        foreach (var declaration in body.Split(';', StringSplitOptions.TrimEntries))
        {
            if (declaration.Length == 0) continue;
            var parts = declaration.Split(':', 2, StringSplitOptions.TrimEntries);
            var property = parts[0].ToLowerInvariant();
            if (!Properties.Contains(property)) throw BrandingRefusals.CssProperty(parts[0]);
            if (parts.Length < 2 || parts[1].Length > LongestValue || !Value().IsMatch(parts[1]))
                throw BrandingRefusals.CssValue(property);
            written.Add($"{property}:{Blanks().Replace(parts[1], " ")}");
        }

        return string.Join(';', written);
    }

    [GeneratedRegex("^@[A-Za-z-]*")]
    private static partial Regex AtRule();

    [GeneratedRegex("[ \t\r\n\f]+")]
    private static partial Regex Blanks();

    /// <summary>Words, numbers with units, colours and functions that make colours of numbers, with blanks,
    /// commas or slashes between.</summary>
    [GeneratedRegex(
        """
        \A (?> (?: (?:rgba?|hsla?) \( [0-9.,%/ \t\r\n\f]* \)
               | -?[A-Za-z][A-Za-z-]*
               | [+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:%|[A-Za-z]{1,4})?
               | \#[0-9A-Fa-f]{3,8} )
               (?: [ \t\r\n\f]* [,/] [ \t\r\n\f]* | [ \t\r\n\f]+ | (?=!|\z) ) )+
        (?: ![ ]?important )? \z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Value();
}
