using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.Transfer;

/// <summary>
/// The public half of a key pair for files (X25519, RFC 7748). Whoever has it can write a file that only the
/// holder of the <see cref="TransferIdentity"/> can read.
/// </summary>
public sealed class TransferPublicKey
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    private const string Prefix = "lgt-public-";

    private TransferPublicKey(byte[] bytes) => Bytes = bytes;

    /// <summary>The u-coordinate, little-endian.</summary>
    public byte[] Bytes { get; }

    /// <summary>As people pass it on: prefix, then key and checksum in base64url.</summary>
    public string Text => CheckedText.Write(Prefix, Bytes);

    public static TransferPublicKey From(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        return new(bytes.ToArray());
    }

    /// <summary>Reads what <see cref="Text"/> shows; false for anything else, a typing error
    /// included.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TransferPublicKey? key)
    {
        key = CheckedText.TryRead(Prefix, text, Length, out var bytes) ? new(bytes) : null;
        return key is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>Keys as text with a checksum: every 32 bytes are a key, so a typing error would otherwise make a
/// file that nobody can read.</summary>
internal static class CheckedText
{
    private const int CheckLength = 4;

    public static string Write(string prefix, ReadOnlySpan<byte> key) =>
        prefix + Base64Url.EncodeToString([.. key, .. Check(prefix, key)]);

    public static bool TryRead(string prefix, string? text, int length, [NotNullWhen(true)] out byte[]? key)
    {
        key = null;
        if (text is null || !text.StartsWith(prefix, StringComparison.Ordinal)) return false;
        var encoded = text.AsSpan(prefix.Length);
        if (!Base64Url.IsValid(encoded, out var decoded) || decoded != length + CheckLength) return false;
        var bytes = Base64Url.DecodeFromChars(encoded);
        if (!bytes.AsSpan(length).SequenceEqual(Check(prefix, bytes.AsSpan(0, length)))) return false;
        key = bytes[..length];
        return true;
    }

    private static byte[] Check(string prefix, ReadOnlySpan<byte> key) =>
        SHA256.HashData([.. Encoding.ASCII.GetBytes(prefix), .. key])[..CheckLength];
}
