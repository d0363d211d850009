using System.Text;
using MimeKit.Text;

namespace Lifeguard.Adapters;

/// <summary>The plain text of an HTML body, for readers that show no HTML.</summary>
internal static class HtmlText
{
    /// <summary>Text in reading order; blocks become lines, links show where they lead.</summary>
    public static string Of(string html)
    {
        var text = new StringBuilder(html.Length);
        var tokens = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        string? hidden = null, link = null;
        while (tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                hidden = Hidden(hidden, tag);
                if (hidden is null) Break(text, tag);
                if (tag.Id is HtmlTagId.A) link = FollowLink(text, tag, link);
            }
            else if (token is HtmlDataToken data && hidden is null && token.Kind is HtmlTokenKind.Data)
            {
                AppendWords(text, data.Data);
            }
        }

        return text.ToString().Trim();
    }

    private static string? Hidden(string? hidden, HtmlTagToken tag)
    {
        if (hidden is not null) return tag.IsEndTag && tag.Name == hidden ? null : hidden;
        var starts = !tag.IsEndTag && !tag.IsEmptyElement
            && tag.Id is HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Title;
        return starts ? tag.Name : null;
    }

    private static void Break(StringBuilder text, HtmlTagToken tag)
    {
        var lines = tag.Id switch
        {
            HtmlTagId.Br => 1,
            HtmlTagId.P or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.Table => 2,
            HtmlTagId.Div or HtmlTagId.LI or HtmlTagId.TR or HtmlTagId.UL or HtmlTagId.OL => 1,
            _ => 0,
        };
        if (lines == 0 || text.Length == 0) return;
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        var present = 0;
        if (tag.Id is not HtmlTagId.Br)
        {
            while (present < lines && present < text.Length && text[^(present + 1)] == '\n') present++;
        }

        text.Append('\n', lines - present);
    }

    /// <summary>Remembers where a link leads, and writes it out at the link's end unless it is the
    /// text.</summary>
    private static string? FollowLink(StringBuilder text, HtmlTagToken tag, string? link)
    {
        if (!tag.IsEndTag) return tag.Attributes.FirstOrDefault(a => a.Id is HtmlAttributeId.Href)?.Value;
        if (link is not null && link.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            && !EndsWith(text, link)) text.Append(" (").Append(link).Append(')');
        return null;
    }

    private static bool EndsWith(StringBuilder text, string end) =>
        text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end;

    private static void AppendWords(StringBuilder text, string words)
    {
        foreach (var c in words)
        {
            if (!char.IsWhiteSpace(c)) text.Append(c);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n')) text.Append(' ');
        }
    }
}
