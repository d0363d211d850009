using System.Security.Cryptography;

namespace Lifeguard.Domain;

/// <summary>
/// An RSA key with which a pool signs tokens of one use. Two are active at a time, one for ID tokens and one
/// for access tokens (doc); retired ones stay in the JWKS until no token they signed can still be valid.
/// </summary>
public sealed record SigningKey
{
    public required string PoolId { get; init; }

    /// <summary>44 characters: 32 random bytes in base64 with padding.</summary>
    public required string KeyId { get; init; }

    public required TokenUse Use { get; init; }

    /// <summary>PKCS #8, as it is sealed in the database.</summary>
    public required byte[] PrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while active.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

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
