namespace Lifeguard.Protocol.Tests;

/// <summary>All the small ways to alter a sealed value.</summary>
internal static class Tampering
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>
    /// Each character replaced by its neighbours of the alphabet, and by a dot; each one left out.
    /// </summary>
    public static IEnumerable<string> OfEachCharacter(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var place = Alphabet.IndexOf(text[i], StringComparison.Ordinal);
            char[] others = place < 0
                ? ['A', '_']
                : [Alphabet[(place + 1) % 64], Alphabet[(place + 63) % 64], Alphabet[(place + 32) % 64], '.'];
            foreach (var other in others)
                yield return $"{text[..i]}{other}{text[(i + 1)..]}";
            yield return text.Remove(i, 1);
        }
    }

    /// <summary>Each bit flipped, each byte left out, and a byte more at the end.</summary>
    public static IEnumerable<byte[]> OfEachByte(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 1; bit < 256; bit <<= 1)
            {
                var altered = bytes.ToArray();
                altered[i] ^= (byte)bit;
                yield return altered;
            }
            yield return [.. bytes[..i], .. bytes[(i + 1)..]];
            yield return bytes[..i];
        }
        yield return [.. bytes, 0];
    }
}
