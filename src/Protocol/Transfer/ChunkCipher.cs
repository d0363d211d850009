using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Lifeguard.Protocol.Transfer;

/// <summary>
/// A long text in numbered chunks under AES-256-GCM, after the STREAM construction (Hoang, Reyhanitabar,
/// Rogaway and Vizár, 2015): the nonce is the number and whether the chunk is the last one. So chunks that
/// are altered, exchanged, left out or put in do not open, and neither does a file without its end.
/// </summary>
public sealed class ChunkCipher : IDisposable
{
    /// <summary>By so many bytes a sealed chunk is longer.</summary>
    public const int Overhead = 16;

    private const int NonceLength = 12;

    private readonly AesGcm cipher;
    private readonly byte[] bound;

    /// <param name="key">32 bytes that are used for one file only.</param>
    /// <param name="bound">What chunks belong to: the digest of the file's head.</param>
    internal ChunkCipher(byte[] key, byte[] bound)
    {
        cipher = new AesGcm(key, Overhead);
        this.bound = bound;
    }

    public byte[] Seal(long number, bool isLast, ReadOnlySpan<byte> plaintext)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Number(nonce, number, isLast);
        var chunk = new byte[plaintext.Length + Overhead];
        cipher.Encrypt(
            nonce, plaintext, chunk.AsSpan(0, plaintext.Length), chunk.AsSpan(plaintext.Length), bound);
        return chunk;
    }

    /// <summary>False for everything but the chunk of that number, in that place, unaltered.</summary>
    public bool TryOpen(
        long number, bool isLast, ReadOnlySpan<byte> chunk, [NotNullWhen(true)] out byte[]? plaintext)
    {
        plaintext = null;
        if (chunk.Length < Overhead) return false;
        Span<byte> nonce = stackalloc byte[NonceLength];
        Number(nonce, number, isLast);
        var opened = new byte[chunk.Length - Overhead];
        try
        {
            cipher.Decrypt(nonce, chunk[..opened.Length], chunk[opened.Length..], opened, bound);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        plaintext = opened;
        return true;
    }

    public void Dispose() => cipher.Dispose();

    private static void Number(Span<byte> nonce, long number, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[3..], number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }
}
