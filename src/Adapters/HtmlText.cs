using System.Text;
using MimeKit.Text;

namespace Lifeguard.Adapters;

/// <summary>The plain text of an HTML body, for readers that show no HTML.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder text;

    // What these elements hold is not for reading, or to be read as it stands.
    private string? hidden;
    private int kept;
    private bool keptBegins;
    private string? link;

    private HtmlText(int length) => text = new(length);

    /// <summary>Text in reading order; blocks and rows become lines, cells words, pictures what is said in
    /// their place; links show where they lead.</summary>
    public static string Of(string html)
    {
        var page = new HtmlText(html.Length);
        var tokens = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag) page.Read(tag);
            else if (token is HtmlDataToken data && token.Kind is HtmlTokenKind.Data) page.Read(data.Data);
        }

        return page.text.ToString().Trim();
    }

    private static bool IsHidden(HtmlTagId tag) =>
        tag is HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Title;

    /// <summary>How many ends of line stand around an element.</summary>
    private static int LinesAround(HtmlTagId tag) => tag switch
    {
        HtmlTagId.P or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.H5
            or HtmlTagId.H6 or HtmlTagId.Table or HtmlTagId.BlockQuote or HtmlTagId.Pre or HtmlTagId.HR => 2,
        HtmlTagId.Div or HtmlTagId.LI or HtmlTagId.TR or HtmlTagId.UL or HtmlTagId.OL or HtmlTagId.DL
            or HtmlTagId.DT or HtmlTagId.DD or HtmlTagId.Section or HtmlTagId.Article or HtmlTagId.Header
            or HtmlTagId.Footer or HtmlTagId.Main or HtmlTagId.Nav or HtmlTagId.Aside or HtmlTagId.Center
            or HtmlTagId.Address or HtmlTagId.Caption or HtmlTagId.Figure or HtmlTagId.FigCaption
            or HtmlTagId.Form or HtmlTagId.FieldSet or HtmlTagId.Legend => 1,
        _ => 0,
    };

    private void Read(HtmlTagToken tag)
    {
        keptBegins = false;
        if (hidden is not null)
        {
            if (tag.IsEndTag && tag.Name == hidden) hidden = null;
            return;
        }

        if (IsHidden(tag.Id) && !tag.IsEndTag && !tag.IsEmptyElement) hidden = tag.Name;
        if (tag.Id is HtmlTagId.Br) EndLine();
        else if (tag.Id is HtmlTagId.TD or HtmlTagId.TH or HtmlTagId.Button) AppendSpace();
        else if (tag.Id is HtmlTagId.Image) AppendPicture(tag);
        else if (tag.Id is HtmlTagId.A) FollowLink(tag);
        else EndLines(LinesAround(tag.Id));
        if (tag.Id is HtmlTagId.Pre) Keep(tag);
    }

    private void Read(string words)
    {
        if (hidden is not null) return;
        if (kept > 0) AppendAsIs(words);
        else AppendWords(words);
    }

    private void Keep(HtmlTagToken tag)
    {
        kept = Math.Max(0, kept + (tag.IsEndTag ? -1 : 1));
        keptBegins = !tag.IsEndTag;
    }

    private void EndLine()
    {
        if (text.Length == 0) return;
        TrimLine();
        text.Append('\n');
    }

    private void EndLines(int lines)
    {
        if (lines == 0 || text.Length == 0) return;
        TrimLine();
        var present = 0;
        while (present < lines && present < text.Length && text[^(present + 1)] == '\n') present++;
        text.Append('\n', lines - present);
    }

    private void TrimLine()
    {
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
    }

    /// <summary>Remembers where a link leads, and writes it out at the link's end unless it is the
    /// text.</summary>
    private void FollowLink(HtmlTagToken tag)
    {
        if (!tag.IsEndTag)
        {
            link = tag.Attributes.FirstOrDefault(a => a.Id is HtmlAttributeId.Href)?.Value;
            return;
        }

        if (link is not null && link.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            && !EndsWith(link))
        {
            var isSpaced = EndsWith(" ");
            AppendSpace();
            text.Append('(').Append(link).Append(')');
            if (isSpaced) AppendSpace();
        }

        link = null;
    }

    private bool EndsWith(string end) =>
        text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end;

    private void AppendPicture(HtmlTagToken tag)
    {
        if (tag.Attributes.FirstOrDefault(a => a.Id is HtmlAttributeId.Alt)?.Value is not { } said) return;
        if (string.IsNullOrWhiteSpace(said)) return;
        AppendSpace();
        AppendWords(said);
        AppendSpace();
    }

    /// <summary>HTML drops the first end of line in <c>pre</c>.</summary>
    private void AppendAsIs(string words)
    {
        var lines = words.ReplaceLineEndings("\n");
        text.Append(keptBegins && lines.StartsWith('\n') ? lines.AsSpan(1) : lines);
        keptBegins = false;
    }

    private void AppendWords(string words)
    {
        foreach (var c in words)
        {
            if (char.IsWhiteSpace(c)) AppendSpace();
            else text.Append(c);
        }
    }

    private void AppendSpace()
    {
        if (text.Length > 0 && text[^1] is not (' ' or '\n')) text.Append(' ');
    }
}
