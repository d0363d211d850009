namespace Lifeguard.Web.AwsJson;

/// <summary>Texts that are to stand in a header.</summary>
internal static class HeaderText
{
    private const int Longest = 1024;
    private const char Substitute = '?';

    /// <summary>Printable ASCII only?</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange(' ', '~') < 0;

    /// <summary>The text with everything but printable ASCII replaced, and cut to 1,024 characters.</summary>
    public static string Of(string text)
    {
        if (text.Length <= Longest && IsPlain(text)) return text;
        return string.Create(Math.Min(text.Length, Longest), text, static (header, text) =>
        {
            for (var i = 0; i < header.Length; i++)
                header[i] = text[i] is >= ' ' and <= '~' ? text[i] : Substitute;
        });
    }
}
