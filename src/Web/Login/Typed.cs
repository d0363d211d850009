using System.Globalization;
using Lifeguard.Domain;

namespace Lifeguard.Web.Login;

/// <summary>What people have typed, as it is meant: they write codes and numbers in groups, as they
/// are shown to them. Callers of the API have no such excuse.</summary>
internal static class Typed
{
    /// <summary>Stands in front of the number within a country; who dials the country's code leaves it
    /// out.</summary>
    private const string TrunkPrefix = "(0)";

    /// <summary>A code, without what stands between and around its digits.</summary>
    public static string Code(string text) => string.Concat(text.Where(static each => !IsSeparator(each)));

    /// <summary>A phone number, without what stands between its digits. What is none with a country's code
    /// stays as it is.</summary>
    public static string PhoneNumber(string text)
    {
        var number = string.Concat(text.Replace(TrunkPrefix, "").Where(
            static each => !IsSeparator(each) && each is not ('(' or ')' or '.' or '/')));
        return number is ['+', _, ..] && number.Skip(1).All(char.IsAsciiDigit) ? number : text.Trim();
    }

    /// <summary>The value of an attribute.</summary>
    public static string Attribute(string name, string text) =>
        name == AttributeNames.PhoneNumber ? PhoneNumber(text) : text.Trim();

    /// <summary>White space, hyphens and dashes; also what is not seen, and comes along where somebody copies
    /// from elsewhere.</summary>
    private static bool IsSeparator(char letter) =>
        char.IsWhiteSpace(letter)
        || char.GetUnicodeCategory(letter) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;
}
