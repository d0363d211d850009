using System.Globalization;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>A language of the pages.</summary>
/// <param name="Tag">As in <c>lang=</c> and in the pages' own mark-up (BCP 47).</param>
/// <param name="Name">What its speakers call it.</param>
internal sealed record PageLanguage(string Tag, string Name)
{
    public static readonly PageLanguage English = new("en", "English");

    private const int LongestTag = 35;
    private const int MostWishes = 32;

    private static readonly PageLanguage SimplifiedChinese = new("zh-CN", "简体中文");
    private static readonly PageLanguage TraditionalChinese = new("zh-TW", "繁體中文");

    /// <summary>All there are (doc), in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<PageLanguage> All =
    [
        new("id", "Bahasa Indonesia"), new("de", "Deutsch"), English, new("es", "Español"),
        new("fr", "Français"), new("it", "Italiano"), new("nl", "Nederlands"),
        new("pt-BR", "Português (Brasil)"), new("ja", "日本語"), new("ko", "한국어"),
        SimplifiedChinese, TraditionalChinese,
    ];

    /// <summary>The first wish that can be met: what the address asks for, what was chosen before, what the
    /// browser prefers.</summary>
    /// <param name="parameter">Of the address; null for none.</param>
    /// <param name="cookie">An earlier parameter; null for none.</param>
    /// <param name="accepted">The header <c>Accept-Language</c> (RFC 9110 §12.5.4); null for none.</param>
    public static PageLanguage Choose(string? parameter, string? cookie, string? accepted) =>
        Find(parameter) ?? Find(cookie) ?? Wishes(accepted).Select(Find).FirstOrDefault(
            static language => language is not null) ?? English;

    /// <summary>The language that a tag asks for, or the nearest to it; null for none.</summary>
    public static PageLanguage? Find(string? tag)
    {
        if (tag is null or { Length: > LongestTag }) return null;
        var parts = tag.Replace('_', '-').ToLowerInvariant().Split('-');
        // Withdrawn in 1989, and still what some systems call it.
        var primary = parts[0] == "in" ? "id" : parts[0];
        if (primary == "zh") return IsTraditional(parts) ? TraditionalChinese : SimplifiedChinese;
        return All.FirstOrDefault(language => language.Tag.Split('-')[0] == primary);
    }

    private static bool IsTraditional(string[] parts) =>
        !parts.Contains("hans") && parts.Any(static part => part is "hant" or "tw" or "hk" or "mo");

    private static IEnumerable<string> Wishes(string? accepted) =>
        (accepted ?? "").Split(',', MostWishes + 1, StringSplitOptions.TrimEntries)
            .Take(MostWishes)
            .Select(static wish => wish.Split(';', 2, StringSplitOptions.TrimEntries))
            .Select(static wish => (Tag: wish[0], Weight: wish.Length == 1 ? 1 : Weight(wish[1])))
            .Where(static wish => wish.Weight > 0)
            .OrderByDescending(static wish => wish.Weight)
            .Select(static wish => wish.Tag);

    private static decimal Weight(string parameter) =>
        parameter.Replace(" ", "").ToLowerInvariant() is ['q', '=', .. var number]
        && decimal.TryParse(
            number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            ? weight
            : 0;
}
