using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Lifeguard.Protocol.Jose;

/// <summary>Base64url as RFC 7515 §2 means it: no padding, no white space, one text for each value.</summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.ContainsAnyExcept(Alphabet) || text.Length % 4 == 1)
            return false;
        var decoded = new byte[text.Length * 3 / 4];
        // Refuses, too, a last character whose unused bits are not zero, a second text of the same value.
        if (Base64Url.DecodeFromChars(text, decoded, out _, out var length) != OperationStatus.Done
            || length != decoded.Length)
            return false;
        bytes = decoded;
        return true;
    }
}
