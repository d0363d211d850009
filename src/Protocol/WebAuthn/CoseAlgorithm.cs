namespace Lifeguard.Protocol.WebAuthn;

/// <summary>Signature algorithms by their numbers in the COSE registry (RFC 9053, RFC 8812).</summary>
public static class CoseAlgorithm
{
    /// <summary>ECDSA on P-256 with SHA-256, what nearly all authenticators do.</summary>
    public const int Es256 = -7;

    /// <summary>Ed25519.</summary>
    public const int EdDsa = -8;

    /// <summary>ECDSA on P-384 with SHA-384.</summary>
    public const int Es384 = -35;

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256, what TPMs do.</summary>
    public const int Rs256 = -257;

    /// <summary>All that can be verified here.</summary>
    public static readonly IReadOnlyList<int> Known = [Es256, EdDsa, Es384, Rs256];
}
