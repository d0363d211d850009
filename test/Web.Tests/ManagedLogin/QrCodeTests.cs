using System.Text.RegularExpressions;
using Lifeguard.Protocol.Totp;
using Lifeguard.Web.Pages.ManagedLogin;

namespace Lifeguard.Web.Tests.ManagedLogin;

public sealed partial class QrCodeTests
{
    [Fact]
    public void A_code_is_black_on_white_with_four_modules_of_white_around()
    {
        var svg = QrCode.Of("otpauth://totp/a:b?secret=c", "the \"key\"").ToString();
        Assert.Contains("aria-label=\"the &quot;key&quot;\"", svg);
        var size = int.Parse(Size().Match(svg).Groups[1].Value);
        var strokes = Stroke().Matches(svg)
            .Select(stroke => (X: int.Parse(stroke.Groups[1].Value), Y: int.Parse(stroke.Groups[2].Value),
                Width: int.Parse(stroke.Groups[3].Value)))
            .ToList();
        Assert.Equal(4, strokes.Min(stroke => stroke.X));
        Assert.Equal(4, strokes.Min(stroke => stroke.Y));
        Assert.Equal(size - 4, strokes.Max(stroke => stroke.X + stroke.Width));
        // The top of the marks in the corners.
        Assert.Equal((4, 4, 7), strokes[0]);
    }

    [Fact]
    public void The_longest_names_still_fit()
    {
        var name = string.Concat(Enumerable.Repeat("🪐", 128));
        var svg = QrCode.Of(TotpUri.Of(name, name, new string('A', 52)), "key").ToString();
        Assert.InRange(int.Parse(Size().Match(svg).Groups[1].Value), 21, 100);
    }

    [GeneratedRegex(@"viewBox=""0 0 (\d+) ")]
    private static partial Regex Size();

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1H\1z")]
    private static partial Regex Stroke();
}
