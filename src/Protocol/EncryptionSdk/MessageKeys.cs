using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.EncryptionSdk;

/// <summary>What a message's own keys are, made from its data key and its id (AWS Encryption SDK, suite
/// 0x0478: HKDF with SHA-512).</summary>
/// <param name="Encryption">Encrypts.</param>
/// <param name="Commitment">Stands in the message, so that it opens under one data key only.</param>
internal sealed record MessageKeys(byte[] Encryption, byte[] Commitment)
{
    /// <summary>AES-256-GCM, HKDF with SHA-512, key commitment, no signature.</summary>
    public const ushort Suite = 0x0478;

    public const int Length = 32;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static MessageKeys Derive(ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> messageId)
    {
        var label = new byte[2 + "DERIVEKEY".Length];
        BinaryPrimitives.WriteUInt16BigEndian(label, Suite);
        Encoding.ASCII.GetBytes("DERIVEKEY", label.AsSpan(2));
        return new(Of(dataKey, messageId, label), Of(dataKey, messageId, "COMMITKEY"u8));
    }

    /// <summary>The ciphertext with its tag behind it. Each message has its own key, so counting nonces are
    /// right: 0 is the header's, 1 the first frame's.</summary>
    public byte[] Seal(uint nonce, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plaintext)
    {
        var both = new byte[plaintext.Length + TagLength];
        using var aes = new AesGcm(Encryption, TagLength);
        aes.Encrypt(
            Nonce(nonce), plaintext, both.AsSpan(0, plaintext.Length), both.AsSpan(plaintext.Length),
            associated);
        return both;
    }

    /// <summary>The plaintext; null where anything was changed.</summary>
    public byte[]? Open(uint nonce, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> both)
    {
        if (both.Length < TagLength) return null;
        var plaintext = new byte[both.Length - TagLength];
        using var aes = new AesGcm(Encryption, TagLength);
        try
        {
            aes.Decrypt(
                Nonce(nonce), both[..plaintext.Length], both[plaintext.Length..], plaintext, associated);
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public static byte[] Nonce(uint count)
    {
        var nonce = new byte[NonceLength];
        BinaryPrimitives.WriteUInt32BigEndian(nonce.AsSpan(NonceLength - 4), count);
        return nonce;
    }

    /// <summary>Never prints the keys.</summary>
    public override string ToString() => nameof(MessageKeys);

    private static byte[] Of(
        ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> messageId, ReadOnlySpan<byte> label)
    {
        var key = new byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA512, dataKey, key, messageId, label);
        return key;
    }
}
