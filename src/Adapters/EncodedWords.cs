using System.Text;

namespace Lifeguard.Adapters;

/// <summary>
/// Text of a header in encoded words (RFC 2047 §2): text beyond ASCII, and what readers of mail would take
/// for such words and show as something else. Who chooses a part of it, such as a user name, could forge the
/// rest.
/// </summary>
internal static class EncodedWords
{
    private const string Mark = "=?";

    /// <summary>Words may have 75 characters, and the line with the header's name 78.</summary>
    private const int BytesInWord = 39;

    /// <summary>The text in encoded words where it needs them; else as it is.</summary>
    public static string Of(string text) =>
        Ascii.IsValid(text) && !text.Contains(Mark, StringComparison.Ordinal)
            ? text
            : string.Join(' ', Encode(text));

    private static IEnumerable<string> Encode(string text)
    {
        var word = new byte[BytesInWord];
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > BytesInWord)
            {
                yield return Word(word.AsSpan(0, length));
                length = 0;
            }

            length += rune.EncodeToUtf8(word.AsSpan(length));
        }

        yield return Word(word.AsSpan(0, length));
    }

    private static string Word(ReadOnlySpan<byte> bytes) =>
        $"{Mark}utf-8?b?{Convert.ToBase64String(bytes)}?=";
}
