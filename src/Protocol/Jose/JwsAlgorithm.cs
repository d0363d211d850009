using System.Security.Cryptography;

namespace Lifeguard.Protocol.Jose;

/// <summary>A way in which others sign (RFC 7518 §3.1). <c>none</c> is not among them.</summary>
public sealed class JwsAlgorithm
{
    private static readonly JwsAlgorithm[] All =
    [
        new("RS256", HashAlgorithmName.SHA256) { Padding = RSASignaturePadding.Pkcs1 },
        new("RS384", HashAlgorithmName.SHA384) { Padding = RSASignaturePadding.Pkcs1 },
        new("RS512", HashAlgorithmName.SHA512) { Padding = RSASignaturePadding.Pkcs1 },
        new("PS256", HashAlgorithmName.SHA256) { Padding = RSASignaturePadding.Pss },
        new("PS384", HashAlgorithmName.SHA384) { Padding = RSASignaturePadding.Pss },
        new("PS512", HashAlgorithmName.SHA512) { Padding = RSASignaturePadding.Pss },
        new("ES256", HashAlgorithmName.SHA256) { Curve = "P-256" },
        new("ES384", HashAlgorithmName.SHA384) { Curve = "P-384" },
        new("ES512", HashAlgorithmName.SHA512) { Curve = "P-521" },
        new("HS256", HashAlgorithmName.SHA256) { UsesSecret = true },
        new("HS384", HashAlgorithmName.SHA384) { UsesSecret = true },
        new("HS512", HashAlgorithmName.SHA512) { UsesSecret = true },
    ];

    private JwsAlgorithm(string name, HashAlgorithmName hash) => (Name, Hash) = (name, hash);

    public string Name { get; }

    /// <summary>Both ends have the same key.</summary>
    public bool UsesSecret { get; private init; }

    internal HashAlgorithmName Hash { get; }

    /// <summary>Null for other keys than RSA.</summary>
    internal RSASignaturePadding? Padding { get; private init; }

    /// <summary>Null for other keys than those of elliptic curves.</summary>
    internal string? Curve { get; private init; }

    /// <summary>The algorithm of that name; null for none, and for <c>none</c>.</summary>
    public static JwsAlgorithm? Find(string name) =>
        Array.Find(All, algorithm => algorithm.Name == name);

    /// <summary>The digest that goes with its signatures, as of <c>at_hash</c> (OpenID Connect Core
    /// §3.1.3.6).</summary>
    public byte[] Digest(ReadOnlySpan<byte> text) => CryptographicOperations.HashData(Hash, text);
}
