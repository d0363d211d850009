using System.Globalization;
using Lifeguard.Domain.Branding;
using Xunit;

namespace Lifeguard.Domain.Tests.Branding;

/// <summary>What nobody customised can be read by everybody: WCAG 2.2, success criteria 1.4.3 and
/// 1.4.11.</summary>
public sealed class ContrastTests
{
    private const double OfText = 4.5;
    private const double OfControls = 3;

    public static TheoryData<string, string> Palettes => new()
    {
        { "light", PageThemes.Default.LightCss },
        { "dark", PageThemes.Default.DarkCss },
        { "classic", PageThemes.Classic(null).LightCss },
    };

    [Theory, MemberData(nameof(Palettes))]
    public void Text_stands_out_from_its_ground(string palette, string css)
    {
        string[] pairs =
        [
            "text page-background", "text form-background", "text-description form-background",
            "heading form-background", "link form-background", "link-hover form-background",
            "link page-background", "primary-text primary", "primary-hover-text primary-hover",
            "primary-active-text primary-active", "primary-disabled-text primary-disabled",
            "secondary-text secondary", "secondary-hover-text secondary-hover",
            "secondary-active-text secondary-active", "idp-text idp", "idp-hover-text idp-hover",
            "idp-active-text idp-active", "text input-background", "input-placeholder input-background",
            "label form-background", "input-description form-background", "error form-background",
            "error error-background", "text error-background", "success success-background",
            "text success-background", "warning warning-background", "text warning-background",
            "pending form-background", "text alert-background", "dropdown-text dropdown-background",
            "dropdown-hover-text dropdown-hover", "dropdown-match-text dropdown-match",
            "option-selected-mark option-selected", "text header-background", "text footer-background",
            "text-description page-background", "label input-background",
            "input-description input-background",
        ];

        MustReach(OfText, pairs, palette, css);
    }

    [Theory, MemberData(nameof(Palettes))]
    public void What_can_be_operated_stands_out_from_the_form(string palette, string css)
    {
        string[] pairs =
        [
            "input-border form-background", "input-border input-background", "option-border form-background",
            "option-border option-background", "option-selected form-background", "focus form-background",
            "primary form-background", "secondary-border form-background", "idp-border form-background",
            "error-border form-background", "dropdown-border dropdown-background",
            "primary-disabled-border form-background",
        ];

        MustReach(OfControls, pairs, palette, css);
    }

    [Fact]
    public void The_measure_is_that_of_the_guidelines()
    {
        Assert.Equal(21, Contrast("#000000ff", "#ffffffff"), 3);
        Assert.Equal(4.48, Contrast("#777777ff", "#ffffffff"), 2);
    }

    private static void MustReach(double least, string[] pairs, string palette, string css)
    {
        var colors = PageThemeTests.PropertiesOf(css);
        var low = pairs.Select(pair => pair.Split(' '))
            .Select(pair => (
                Pair: string.Join(" on ", pair),
                Value: Contrast(colors["--lg-" + pair[0]], colors["--lg-" + pair[1]])))
            .Where(each => each.Value < least)
            .Select(each => $"{palette}: {each.Pair} has {each.Value:0.00}");

        Assert.Empty(low);
    }

    private static double Contrast(string one, string other)
    {
        double[] luminances = [Luminance(one), Luminance(other)];
        return (luminances.Max() + 0.05) / (luminances.Min() + 0.05);
    }

    private static double Luminance(string color)
    {
        Assert.EndsWith("ff", color, StringComparison.Ordinal);
        var parts = new[] { 1, 3, 5 }
            .Select(at => int.Parse(
                color.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) / 255.0)
            .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))
            .ToArray();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }
}
