using System.Security.Cryptography;

namespace Lifeguard.Domain;

/// <summary>
/// An RSA key with which a pool signs tokens of one use. Two are active at a time, one for ID tokens and one
/// for access tokens (doc); retired ones stay in the JWKS until no token they signed can still be valid.
/// </summary>
public sealed record SigningKey
{
    /// <summary>So long a key stands in the JWKS before it signs: whoever verifies tokens has read it by
    /// then, however long the document is cached on the way.</summary>
    public static readonly TimeSpan PublishedAhead = TimeSpan.FromMinutes(10);

    /// <summary>So long a key stays in the JWKS after it has signed for the last time: a day, which is the
    /// longest life of a token (doc), and an hour for clocks that disagree.</summary>
    public static readonly TimeSpan KeptAfter = TimeSpan.FromHours(25);

    public required string PoolId { get; init; }

    /// <summary>44 characters: 32 random bytes in base64 with padding.</summary>
    public required string KeyId { get; init; }

    public required TokenUse Use { get; init; }

    /// <summary>PKCS #8, as it is sealed in the database.</summary>
    public required byte[] PrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it signs nothing, which may lie ahead; null where no other key is to take its
    /// place.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>Is a token that this key has signed possibly still good?</summary>
    public bool IsPublished(DateTimeOffset now) => RetiredAt is not { } end || now < end + KeptAfter;

    /// <summary>
    /// The key that signs now: the newest of those that have been in the JWKS long enough. The first keys of
    /// a pool sign at once, and so do those that replace a key that must not sign any more.
    /// </summary>
    /// <returns>Null where there is none.</returns>
    public static SigningKey? InForce(IEnumerable<SigningKey> keys, TokenUse use, DateTimeOffset now)
    {
        var candidates = keys.Where(key => key.Use == use && !(key.RetiredAt <= now))
            .OrderBy(key => key.CreatedAt)
            .ToList();
        return candidates.LastOrDefault(key => key.CreatedAt + PublishedAhead <= now)
            ?? candidates.FirstOrDefault();
    }

    /// <summary>A fresh key of <paramref name="use"/>.</summary>
    public static SigningKey New(string poolId, TokenUse use, RandomSource random, DateTimeOffset now)
    {
        using RSA rsa = random.RsaKey();
        return new()
        {
            PoolId = poolId,
            KeyId = Convert.ToBase64String(random.Bytes(32)),
            Use = use,
            PrivateKey = rsa.ExportPkcs8PrivateKey(),
            CreatedAt = now,
        };
    }

    /// <summary>Never prints the key.</summary>
    public override string ToString() => $"SigningKey {KeyId}";
}

/// <summary>The kinds of token that are signed.</summary>
public enum TokenUse
{
    Id,
    Access,
}
