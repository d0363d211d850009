using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.EncryptionSdk;

/// <summary>
/// A key that both sides hold and that wraps data keys (AWS Encryption SDK, "raw AES keyring", suite
/// AES256_GCM_IV12_TAG16_NO_PADDING).
/// </summary>
/// <param name="space">The namespace that both sides call it by.</param>
/// <param name="name">Its name in that namespace.</param>
/// <param name="key">32 bytes.</param>
public sealed class RawAesKey(string space, string name, byte[] key)
{
    /// <summary>Length in bytes of an IV, which may never repeat.</summary>
    public const int IvLength = 12;

    private const int TagLength = 16;

    /// <summary>Wraps a data key, bound to <paramref name="context"/>.</summary>
    public WrappedDataKey Wrap(
        ReadOnlySpan<byte> dataKey, IReadOnlyDictionary<string, string> context, ReadOnlySpan<byte> iv)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(iv.Length, IvLength);
        var wrapped = new byte[dataKey.Length + TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(
            iv, dataKey, wrapped.AsSpan(0, dataKey.Length), wrapped.AsSpan(dataKey.Length),
            EncryptionContext.Serialize(context));
        return new(space, [.. InfoBeforeIv(), .. iv], wrapped);
    }

    /// <summary>The data key; null where another key has wrapped it, or it is bound to something
    /// else.</summary>
    public byte[]? Open(WrappedDataKey wrapped, IReadOnlyDictionary<string, string> context)
    {
        var before = InfoBeforeIv();
        var isOurs = wrapped.Provider == space
            && wrapped.KeyInfo.Length == before.Length + IvLength
            && wrapped.KeyInfo.AsSpan().StartsWith(before)
            && wrapped.Wrapped.Length > TagLength;
        if (!isOurs) return null;
        var dataKey = new byte[wrapped.Wrapped.Length - TagLength];
        using var aes = new AesGcm(key, TagLength);
        try
        {
            aes.Decrypt(
                wrapped.KeyInfo.AsSpan(before.Length),
                wrapped.Wrapped.AsSpan(0, dataKey.Length),
                wrapped.Wrapped.AsSpan(dataKey.Length),
                dataKey,
                EncryptionContext.Serialize(context));
            return dataKey;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Never prints the key.</summary>
    public override string ToString() => $"RawAesKey {space}/{name}";

    /// <summary>The name, the length of the tag in bits, that of the IV in bytes; the IV follows.</summary>
    private byte[] InfoBeforeIv()
    {
        Span<byte> lengths = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(lengths, TagLength * 8);
        BinaryPrimitives.WriteUInt32BigEndian(lengths[4..], IvLength);
        return [.. Encoding.UTF8.GetBytes(name), .. lengths];
    }
}
