using System.Security.Cryptography;
using System.Text;
using Lifeguard.Protocol.Passwords;

namespace Lifeguard.Protocol.Transfer;

/// <summary>
/// The two keys of one file, one for its head and one for its chunks, derived by HKDF-SHA256 (RFC 5869) from
/// what the lock stands for. The file's id is the salt, so no two files share a key, not even with the same
/// passphrase.
/// </summary>
public sealed class FileKeys
{
    /// <summary>Length in bytes of a file's id.</summary>
    public const int FileIdLength = 16;

    /// <summary>Length in bytes of what <see cref="Authenticate"/> gives.</summary>
    public const int MacLength = 32;

    private const int KeyLength = 32;
    private const string Info = "lifeguard transfer file 1";

    private readonly byte[] chunkKey;
    private readonly byte[] headKey;

    private FileKeys(ReadOnlySpan<byte> derived) =>
        (chunkKey, headKey) = (derived[..KeyLength].ToArray(), derived[KeyLength..].ToArray());

    /// <summary>The keys that a passphrase gives; costs what the lock says.</summary>
    public static FileKeys From(string passphrase, FileLock.Passphrase locked, ReadOnlySpan<byte> fileId)
    {
        var stretched = Argon2idHash.Derive(passphrase, locked.Salt, locked.Cost, KeyLength);
        var derived = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, stretched, 2 * KeyLength, fileId.ToArray(),
            Encoding.ASCII.GetBytes(Info + " passphrase"));
        CryptographicOperations.ZeroMemory(stretched);
        return new(derived);
    }

    /// <summary>The keys for whoever holds the recipient's secret; null where <paramref name="identity"/> is
    /// not the recipient's.</summary>
    public static FileKeys? From(
        TransferIdentity identity, FileLock.Recipient locked, ReadOnlySpan<byte> fileId) =>
        identity.PublicKey.Bytes.AsSpan().SequenceEqual(locked.To.Bytes)
            ? Agreed(identity, locked.Ephemeral, locked, fileId)
            : null;

    /// <summary>The keys for the writer, who has the secret of the file's own pair; null where no secret can
    /// be agreed upon with that recipient.</summary>
    public static FileKeys? ForWriter(
        TransferIdentity ephemeral, FileLock.Recipient locked, ReadOnlySpan<byte> fileId) =>
        Agreed(ephemeral, locked.To, locked, fileId);

    /// <summary>What shows that the head belongs to these keys, and that nobody has altered it.</summary>
    public byte[] Authenticate(ReadOnlySpan<byte> head) => HMACSHA256.HashData(headKey, head);

    /// <summary>Do head and keys belong together? In constant time.</summary>
    public bool IsAuthentic(ReadOnlySpan<byte> head, ReadOnlySpan<byte> mac) =>
        CryptographicOperations.FixedTimeEquals(Authenticate(head), mac);

    /// <summary>Seals and opens the chunks of the file with this head.</summary>
    public ChunkCipher Cipher(ReadOnlySpan<byte> head) => new(chunkKey, SHA256.HashData(head));

    /// <summary>Never prints the keys.</summary>
    public override string ToString() => nameof(FileKeys);

    private static FileKeys? Agreed(
        TransferIdentity own, TransferPublicKey other, FileLock.Recipient locked, ReadOnlySpan<byte> fileId)
    {
        byte[] info =
        [
            .. Encoding.ASCII.GetBytes(Info + " recipient"), .. locked.Ephemeral.Bytes, .. locked.To.Bytes,
        ];
        return own.Agree(other, fileId, info, 2 * KeyLength) is { } derived ? new(derived) : null;
    }
}
