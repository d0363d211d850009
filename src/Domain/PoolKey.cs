using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Domain;

/// <summary>
/// A key that serves one pool alone: refresh tokens are sealed with it. Derived from a data key, so that
/// there is nothing to store, and so that a pool can be handed to another deployment together with its keys
/// and without those of its neighbours.
/// </summary>
/// <param name="Id">The id of the data key, a point, and a fingerprint: unique over all deployments, so that
/// the keys of two meet in one pool without confusion.</param>
/// <param name="Key">32 bytes.</param>
public sealed record PoolKey(string PoolId, string Id, byte[] Key)
{
    /// <summary>The id under which the key of <see cref="StandIn"/> is kept where it was brought from
    /// elsewhere.</summary>
    public const string StandInId = "stand-in";

    private const int KeyLength = 32;
    private const int FingerprintLength = 9;

    /// <summary>The key of the pool that belongs to a data key; always the same.</summary>
    public static PoolKey Derive(DataKey from, string poolId)
    {
        var derived = Expand(from, $"pool-key\0{poolId}", KeyLength + FingerprintLength);
        var fingerprint = Base64Url.EncodeToString(derived.AsSpan(KeyLength));
        return new(poolId, $"{from.Id}.{fingerprint}", derived[..KeyLength]);
    }

    /// <summary>The key of what is made up for names that nobody has in the pool, see
    /// <see cref="Sealer.Pseudonym"/>.</summary>
    public static PoolKey StandIn(DataKey oldest, string poolId) =>
        new(poolId, StandInId, Expand(oldest, $"stand-in-key\0{poolId}", KeyLength));

    /// <summary>The id of the data key that it was derived from; it stands in front of what was
    /// sealed.</summary>
    public string DataKeyId => Id.Split('.')[0];

    /// <summary>Never prints the key.</summary>
    public override string ToString() => $"PoolKey {Id} of {PoolId}";

    private static byte[] Expand(DataKey from, string info, int length) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, from.Key, length, salt: null, Encoding.UTF8.GetBytes(info));
}
