using System.Security.Cryptography;
using System.Text;
using Lifeguard.Protocol;

namespace Lifeguard.Domain;

/// <summary>
/// Seals what must not be readable in the database or by clients. Purpose and owner are bound as associated
/// data, so a value sealed for one place does not open in another.
/// </summary>
public sealed class Sealer(KeyRing ring, RandomSource random)
{
    /// <summary>Seals with the active key.</summary>
    /// <param name="purpose">What it is, such as <c>password</c>; constant in the code.</param>
    /// <param name="owner">Whose it is: pool id, or pool id and sub.</param>
    public byte[] Seal(string purpose, string owner, ReadOnlySpan<byte> plaintext)
    {
        var key = ring.Active;
        Span<byte> nonce = stackalloc byte[SealedBox.NonceLength];
        random.Fill(nonce);
        return SealedBox.Seal(key.Key, key.Id, nonce, Bound(purpose, owner), plaintext);
    }

    /// <summary>The plaintext; null where the value was not sealed
    /// by this deployment for this purpose and owner.</summary>
    public byte[]? Open(string purpose, string owner, ReadOnlySpan<byte> box) =>
        SealedBox.TryReadKeyId(box, out var keyId) && ring.Find(keyId) is { } key
        && SealedBox.TryOpen(key.Key, Bound(purpose, owner), box, out var plaintext)
            ? plaintext
            : null;

    /// <summary>The plaintext of a stored value.</summary>
    /// <exception cref="CryptographicException">It does not open: the database and the master key do not
    /// belong together, or somebody has changed the row.</exception>
    public byte[] MustOpen(string purpose, string owner, ReadOnlySpan<byte> box) =>
        Open(purpose, owner, box)
        ?? throw new CryptographicException($"A sealed {purpose} does not open with the keys at hand.");

    /// <summary>Keyed hash of a value too short to be hashed plainly, such as a six-digit code: the key id, a
    /// zero byte, HMAC-SHA256.</summary>
    public byte[] KeyedHash(string purpose, string owner, string value) =>
        KeyedHash(ring.Active, purpose, owner, value);

    /// <summary>Does <paramref name="hash"/> belong to <paramref name="value"/>? In constant time.</summary>
    public bool MatchesKeyedHash(string purpose, string owner, string value, ReadOnlySpan<byte> hash)
    {
        var end = hash.IndexOf((byte)0);
        return end > 0
            && ring.Find(Encoding.ASCII.GetString(hash[..end])) is { } key
            && CryptographicOperations.FixedTimeEquals(KeyedHash(key, purpose, owner, value), hash);
    }

    /// <summary>32 bytes that are the same for the same input as long as the pool lives, wherever it is
    /// moved, and unpredictable without its keys.</summary>
    public byte[] Pseudonym(string purpose, UserPool pool, string value) => HMACSHA256.HashData(
        pool.StandInKey ?? PoolKey.StandIn(ring.Oldest, pool.Id).Key,
        Encoding.UTF8.GetBytes($"{purpose}\0{value}"));

    /// <summary>32 bytes that are the same for the same input as long as the deployment lives, for what it
    /// signs and checks itself; a moved pool does not take them along.</summary>
    public byte[] SigningKey(string purpose, string owner, string value) =>
        HMACSHA256.HashData(ring.Oldest.Key, Encoding.UTF8.GetBytes($"{purpose}\0{owner}\0{value}"));

    private static byte[] KeyedHash(DataKey key, string purpose, string owner, string value)
    {
        var mac = HMACSHA256.HashData(key.Key, Encoding.UTF8.GetBytes($"{purpose}\0{owner}\0{value}"));
        return [.. Encoding.ASCII.GetBytes(key.Id), 0, .. mac];
    }

    private static byte[] Bound(string purpose, string owner) =>
        Encoding.UTF8.GetBytes($"{purpose}\0{owner}");
}
