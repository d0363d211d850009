using System.Buffers;
using System.Text;

namespace Lifeguard.Protocol.Totp;

/// <summary>Base32 without padding (RFC 4648 §6), in which authenticator apps take secrets.</summary>
public static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private const int BitsOfCharacter = 5;

    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    /// <summary>Is it a text in this alphabet, and not an empty one?</summary>
    public static bool IsValid(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !text.ContainsAnyExcept(Letters);

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 / BitsOfCharacter) + 1);
        var (held, bits) = (0, 0);
        foreach (var value in bytes)
        {
            held = (held << 8) | value;
            bits += 8;
            while (bits >= BitsOfCharacter)
            {
                bits -= BitsOfCharacter;
                text.Append(Alphabet[(held >> bits) & 0x1f]);
            }

            held &= (1 << bits) - 1;
        }

        if (bits > 0) text.Append(Alphabet[(held << (BitsOfCharacter - bits)) & 0x1f]);
        return text.ToString();
    }
}
