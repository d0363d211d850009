using System.Globalization;

namespace Lifeguard.Web.Login;

/// <summary>What people have typed, as it is meant: they write codes in groups, as they are shown to
/// them. Callers of the API have no such excuse.</summary>
internal static class Typed
{
    /// <summary>A code, without what stands between and around its digits.</summary>
    public static string Code(string text) => string.Concat(text.Where(static each => !IsSeparator(each)));

    /// <summary>White space, hyphens and dashes; also what is not seen, and comes along where somebody copies
    /// from elsewhere.</summary>
    private static bool IsSeparator(char letter) =>
        char.IsWhiteSpace(letter)
        || char.GetUnicodeCategory(letter) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;
}
