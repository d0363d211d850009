using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.Jose;

/// <summary>A token that somebody else says to have signed (RFC 7515). Its form has been read, and its
/// signature is still to be checked.</summary>
/// <param name="Kid">The key it says it is signed with; null where it does not say.</param>
/// <param name="Payload">Not to be believed before the check.</param>
public sealed record ForeignToken(
    JwsAlgorithm Algorithm,
    string? Kid,
    ReadOnlyMemory<byte> Payload,
    ReadOnlyMemory<byte> SigningInput,
    ReadOnlyMemory<byte> Signature)
{
    /// <summary>Tokens of more characters are not looked at.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Reads three parts of unpadded base64url, of which the first names an algorithm that is
    /// known, and no member twice. False for anything else.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out ForeignToken? token)
    {
        token = null;
        if (text is null or { Length: > MaxLength })
            return false;
        Span<Range> parts = stackalloc Range[4];
        if (text.AsSpan().Split(parts, '.') != 3)
            return false;
        if (!StrictBase64Url.TryDecode(text.AsSpan(parts[0]), out var header)
            || !StrictBase64Url.TryDecode(text.AsSpan(parts[1]), out var payload)
            || !StrictBase64Url.TryDecode(text.AsSpan(parts[2]), out var signature))
            return false;
        if (!JoseHeader.TryReadForeign(header, out var name, out var kid)
            || JwsAlgorithm.Find(name) is not { } algorithm)
            return false;
        var input = Encoding.ASCII.GetBytes(text, 0, parts[1].End.Value);
        token = new(algorithm, kid, payload, input, signature);
        return true;
    }

    /// <summary>Was it made with this secret? Never where the algorithm takes a key pair.</summary>
    public bool IsMadeWith(ReadOnlySpan<byte> secret)
    {
        if (!Algorithm.UsesSecret || secret.IsEmpty) return false;
        var expected = CryptographicOperations.HmacData(Algorithm.Hash, secret, SigningInput.Span);
        return CryptographicOperations.FixedTimeEquals(expected, Signature.Span);
    }

    /// <summary>Never prints its members: whoever has a token may use it.</summary>
    public override string ToString() => nameof(ForeignToken);
}
