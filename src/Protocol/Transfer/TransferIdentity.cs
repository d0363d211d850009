using System.Diagnostics.CodeAnalysis;
using NSec.Cryptography;

namespace Lifeguard.Protocol.Transfer;

/// <summary>The secret half of a key pair for files (X25519, RFC 7748).</summary>
public sealed class TransferIdentity
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    private const string Prefix = "lgt-secret-";

    private static readonly KeyAgreementAlgorithm X25519 = KeyAgreementAlgorithm.X25519;

    private readonly byte[] secret;

    private TransferIdentity(byte[] secret)
    {
        this.secret = secret;
        using var key = Import();
        PublicKey = TransferPublicKey.From(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>What may be passed on.</summary>
    public TransferPublicKey PublicKey { get; }

    /// <summary>The secret as it stands in a file of its owner.</summary>
    public string SecretText => CheckedText.Write(Prefix, secret);

    /// <summary>A pair from 32 unpredictable bytes.</summary>
    public static TransferIdentity From(ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, Length);
        return new(secret.ToArray());
    }

    /// <summary>Reads what <see cref="SecretText"/> gives; false for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TransferIdentity? identity)
    {
        identity = CheckedText.TryRead(Prefix, text, Length, out var bytes) ? new(bytes) : null;
        return identity is not null;
    }

    /// <summary>Bytes that only the holders of either secret can compute; null for a public key with which
    /// everybody could (RFC 7748 §6.1).</summary>
    internal byte[]? Agree(
        TransferPublicKey other, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, int count)
    {
        if (!NSec.Cryptography.PublicKey.TryImport(
            X25519, other.Bytes, KeyBlobFormat.RawPublicKey, out var publicKey))
        {
            return null;
        }

        using var own = Import();
        using var shared = X25519.Agree(own, publicKey!);
        return shared is null
            ? null
            : KeyDerivationAlgorithm.HkdfSha256.DeriveBytes(shared, salt, info, count);
    }

    /// <summary>Never prints the secret.</summary>
    public override string ToString() => $"TransferIdentity {PublicKey}";

    private Key Import() => Key.Import(X25519, secret, KeyBlobFormat.RawPrivateKey);
}
