using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.Jose;

/// <summary>
/// Encrypted tokens in compact form (RFC 7516) under a key both ends already share: direct encryption
/// (RFC 7518 §4.5) with AES-256-GCM, so that the key part is empty. The header is the only associated data;
/// purpose and pool belong in the payload and are to be checked there.
/// </summary>
public static class JweCompact
{
    /// <summary>Length in bytes of a key.</summary>
    public const int KeyLength = 32;

    /// <summary>Length in bytes of an initialization vector, which may never repeat under one key.</summary>
    public const int IvLength = 12;

    /// <summary>Tokens of more characters are not looked at.</summary>
    public const int MaxLength = 16 * 1024;

    private const string Encryption = "A256GCM";
    private const string Algorithm = "dir";
    private const int TagLength = 16;

    /// <summary>
    /// Encrypts a payload. The header is <c>{"cty":"JWT","enc":"A256GCM","alg":"dir","kid":"…"}</c>; the kid
    /// tells <see cref="TryOpen"/> the key.
    /// </summary>
    public static string Seal(
        ReadOnlySpan<byte> key, string kid, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plaintext)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(iv.Length, IvLength);
        var header = Base64Url.EncodeToString(Header(kid));
        var ciphertext = new byte[plaintext.Length];
        Span<byte> tag = stackalloc byte[TagLength];
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(iv, plaintext, ciphertext, tag, Encoding.ASCII.GetBytes(header));
        return string.Join(
            '.',
            header,
            "",
            Base64Url.EncodeToString(iv),
            Base64Url.EncodeToString(ciphertext),
            Base64Url.EncodeToString(tag));
    }

    /// <summary>The kid of a token; null when it is not of the form that <see cref="Seal"/> writes. Nothing
    /// is believed yet.</summary>
    public static string? KeyIdOf(string? token)
    {
        if (token is null or { Length: > MaxLength })
            return null;
        var end = token.IndexOf('.', StringComparison.Ordinal);
        return end > 0 && StrictBase64Url.TryDecode(token.AsSpan(0, end), out var header)
            && TryReadKid(header, out var kid)
                ? kid
                : null;
    }

    /// <summary>
    /// Opens a token. False when it is not exactly of the form that <see cref="Seal"/> writes, its key is
    /// unknown (<paramref name="keyOf"/> gives null), or it has been altered anywhere.
    /// </summary>
    /// <param name="token">Five parts of unpadded base64url.</param>
    /// <param name="keyOf">The 32-byte key of a kid, or null.</param>
    /// <param name="plaintext">The payload.</param>
    public static bool TryOpen(
        string? token, Func<string, byte[]?> keyOf, [NotNullWhen(true)] out byte[]? plaintext)
    {
        plaintext = null;
        if (token is null or { Length: > MaxLength })
            return false;
        Span<Range> parts = stackalloc Range[6];
        if (token.AsSpan().Split(parts, '.') != 5 || !token.AsSpan(parts[1]).IsEmpty)
            return false;
        if (!StrictBase64Url.TryDecode(token.AsSpan(parts[0]), out var header)
            || !StrictBase64Url.TryDecode(token.AsSpan(parts[2]), out var iv)
            || !StrictBase64Url.TryDecode(token.AsSpan(parts[3]), out var ciphertext)
            || !StrictBase64Url.TryDecode(token.AsSpan(parts[4]), out var tag))
            return false;
        if (iv.Length != IvLength || tag.Length != TagLength || !TryReadKid(header, out var kid))
            return false;
        if (keyOf(kid) is not { Length: KeyLength } key)
            return false;

        var opened = new byte[ciphertext.Length];
        using var cipher = new AesGcm(key, TagLength);
        try
        {
            cipher.Decrypt(iv, ciphertext, tag, opened, Encoding.ASCII.GetBytes(token[parts[0]]));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
        plaintext = opened;
        return true;
    }

    // Only the server writes these tokens, so a header in any other spelling (zip, other alg, extra member)
    // is not one of its own.
    private static bool TryReadKid(byte[] header, [NotNullWhen(true)] out string? kid) =>
        JoseHeader.TryRead(header, out _, out kid) && header.AsSpan().SequenceEqual(Header(kid));

    private static byte[] Header(string kid) =>
        JoseHeader.Write([("cty", "JWT"), ("enc", Encryption), ("alg", Algorithm), ("kid", kid)]);
}
