using System.Text;
using QRCoder;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>QR codes as drawings in the page: black on white whatever the palette, since scanners need
/// that.</summary>
internal static class QrCode
{
    /// <summary>The code, with the quiet zone that the standard asks for (ISO/IEC 18004 §5.3.8).</summary>
    /// <param name="words">What it is, for those who do not see it.</param>
    public static Html Of(string text, string words)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        var size = code.ModuleMatrix.Count;
        return
            $"""
            <svg role="img" aria-label="{words}" viewBox="0 0 {size} {size}"
            shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000"
            d="{Drawn(code)}"/></svg>
            """;
    }

    /// <summary>A stroke for each row of dark modules that touch.</summary>
    private static string Drawn(QRCodeData code)
    {
        var path = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            var row = code.ModuleMatrix[y];
            for (var x = 0; x < row.Count; x++)
            {
                if (!row[x]) continue;
                var start = x;
                while (x < row.Count && row[x]) x++;
                path.Append($"M{start} {y}h{x - start}v1H{start}z");
            }
        }

        return path.ToString();
    }
}
