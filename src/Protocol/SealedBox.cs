using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Lifeguard.Protocol;

/// <summary>
/// Authenticated encryption of small values, AES-256-GCM (NIST SP 800-38D). Layout: a version byte (1), the
/// key id's length in one byte, the key id in UTF-8, 12 bytes of nonce, the ciphertext, 16 bytes of tag.
/// Everything in front of the nonce is authenticated together with the caller's associated data.
/// </summary>
public static class SealedBox
{
    /// <summary>Length in bytes of a key.</summary>
    public const int KeyLength = 32;

    /// <summary>Length in bytes of a nonce, which may never repeat under one key.</summary>
    public const int NonceLength = 12;

    private const byte Version = 1;
    private const int TagLength = 16;

    /// <summary>
    /// Seals a value. The associated data (purpose, pool …) is not stored; opening needs the same bytes.
    /// The key id takes 1 to 255 bytes of UTF-8.
    /// </summary>
    public static byte[] Seal(
        ReadOnlySpan<byte> key,
        string keyId,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext)
    {
        var id = Encoding.UTF8.GetBytes(keyId);
        ArgumentOutOfRangeException.ThrowIfZero(id.Length, nameof(keyId));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(id.Length, byte.MaxValue, nameof(keyId));
        ArgumentOutOfRangeException.ThrowIfNotEqual(nonce.Length, NonceLength);

        var headLength = 2 + id.Length;
        var box = new byte[headLength + NonceLength + plaintext.Length + TagLength];
        box[0] = Version;
        box[1] = (byte)id.Length;
        id.CopyTo(box, 2);
        nonce.CopyTo(box.AsSpan(headLength));
        var sealedPart = box.AsSpan(headLength + NonceLength);
        using var cipher = new AesGcm(CheckedKey(key), TagLength);
        cipher.Encrypt(
            nonce,
            plaintext,
            sealedPart[..plaintext.Length],
            sealedPart[plaintext.Length..],
            [.. box.AsSpan(0, headLength), .. associatedData]);
        return box;
    }

    /// <summary>Reads which key a box was sealed with; false when the bytes are not a box.</summary>
    public static bool TryReadKeyId(ReadOnlySpan<byte> box, [NotNullWhen(true)] out string? keyId)
    {
        keyId = null;
        if (box.Length < 2 || box[0] != Version || box[1] == 0)
            return false;
        if (box.Length < HeadLength(box) + NonceLength + TagLength)
            return false;
        var id = box.Slice(2, box[1]);
        if (!Utf8.IsValid(id))
            return false;
        keyId = Encoding.UTF8.GetString(id);
        return true;
    }

    /// <summary>
    /// Opens a box; false when it is not one, was sealed with another key or other associated data, or has
    /// been altered anywhere.
    /// </summary>
    public static bool TryOpen(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> box,
        [NotNullWhen(true)] out byte[]? plaintext)
    {
        plaintext = null;
        if (!TryReadKeyId(box, out _))
            return false;
        var head = box[..HeadLength(box)];
        var nonce = box.Slice(head.Length, NonceLength);
        var ciphertext = box[(head.Length + NonceLength)..^TagLength];
        var opened = new byte[ciphertext.Length];
        using var cipher = new AesGcm(CheckedKey(key), TagLength);
        try
        {
            cipher.Decrypt(nonce, ciphertext, box[^TagLength..], opened, [.. head, .. associatedData]);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
        plaintext = opened;
        return true;
    }

    private static int HeadLength(ReadOnlySpan<byte> box) => 2 + box[1];

    // AesGcm takes shorter keys for weaker ciphers; a box promises 256 bits.
    private static ReadOnlySpan<byte> CheckedKey(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyLength);
        return key;
    }
}
