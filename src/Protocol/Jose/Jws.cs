using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.Jose;

/// <summary>A token whose form has been read and whose signature has not been checked yet.</summary>
/// <param name="Kid">The key it says it is signed with.</param>
/// <param name="Payload">The bytes of the payload, usually JSON; not to be believed before the check.</param>
/// <param name="SigningInput">The ASCII bytes of the first two parts.</param>
/// <param name="Signature">The bytes of the third part.</param>
public sealed record JwsToken(
    string Kid,
    ReadOnlyMemory<byte> Payload,
    ReadOnlyMemory<byte> SigningInput,
    ReadOnlyMemory<byte> Signature);

/// <summary>Signed tokens in compact form (RFC 7515), RS256 only.</summary>
public static class Jws
{
    /// <summary>The one algorithm that is signed with and accepted (RFC 7518 §3.3).</summary>
    public const string Algorithm = "RS256";

    /// <summary>Tokens of more characters are not looked at.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>
    /// Signs a payload. The header is exactly <c>{"kid":"…","alg":"RS256"}</c> with no typ, as the service's
    /// own (observed).
    /// </summary>
    public static string Sign(RSA key, string kid, ReadOnlySpan<byte> payloadJson)
    {
        var header = JoseHeader.Write([("kid", kid), ("alg", Algorithm)]);
        var input = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payloadJson)}";
        var signature = key.SignData(
            Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>
    /// Reads a token's form: three parts of unpadded base64url, a header without duplicate members whose alg
    /// is RS256 and which has a kid, at most 16 KiB. False for anything else. Does not check the signature.
    /// </summary>
    public static bool TryRead(string? token, [NotNullWhen(true)] out JwsToken? read)
    {
        read = null;
        if (token is null or { Length: > MaxLength })
            return false;
        Span<Range> parts = stackalloc Range[4];
        if (token.AsSpan().Split(parts, '.') != 3)
            return false;
        if (!StrictBase64Url.TryDecode(token.AsSpan(parts[0]), out var header)
            || !StrictBase64Url.TryDecode(token.AsSpan(parts[1]), out var payload)
            || !StrictBase64Url.TryDecode(token.AsSpan(parts[2]), out var signature))
            return false;
        if (!JoseHeader.TryRead(header, out var algorithm, out var kid) || algorithm != Algorithm)
            return false;
        var input = Encoding.ASCII.GetBytes(token, 0, parts[1].End.Value);
        read = new(kid, payload, input, signature);
        return true;
    }

    /// <summary>
    /// Whether the token was signed with this key's private half, RSASSA-PKCS1-v1_5 with SHA-256.
    /// </summary>
    public static bool Verify(RSA key, JwsToken token) => key.VerifyData(
        token.SigningInput.Span, token.Signature.Span, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
