using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Lifeguard.Web.Pages;

/// <summary>
/// A piece of a page. Written as an interpolated string: the literal parts are mark-up, everything in holes
/// is encoded unless it is a piece of a page itself. Attributes have to stand in double quotes.
/// </summary>
[InterpolatedStringHandler]
internal sealed class Html(int literalLength, int formattedCount)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder text = new(literalLength + (formattedCount * 16));

    /// <summary>Nothing at all.</summary>
    public static Html Empty => $"";

    public void AppendLiteral(string markup) => text.Append(markup);

    public void AppendFormatted(string? value) => text.Append(Encoder.Encode(value ?? ""));

    public void AppendFormatted(long value) => text.Append(value);

    public void AppendFormatted(Html? piece) => text.Append(piece?.text);

    public void AppendFormatted(IEnumerable<Html> pieces)
    {
        foreach (var piece in pieces) text.Append(piece.text);
    }

    /// <summary>The mark-up.</summary>
    public override string ToString() => text.ToString();
}
