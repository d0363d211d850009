using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lifeguard.Domain.Federation;

/// <summary>A certificate of a pool as SAML service provider, with its key. It is good for ten years, and
/// another one takes its place after one (doc).</summary>
public sealed record SamlCertificate
{
    /// <summary>Certificates of a pool and a purpose that have not ended: one a year for ten years.</summary>
    public const int MaxInUse = 10;

    private static readonly TimeSpan InForceFor = TimeSpan.FromDays(365);

    public required string PoolId { get; init; }

    public required CertificatePurpose Purpose { get; init; }

    /// <summary>Counts the pool's certificates of the purpose, from 1.</summary>
    public required int Issue { get; init; }

    /// <summary>X.509 in base64, without the lines around a PEM text.</summary>
    public required string Certificate { get; init; }

    /// <summary>PKCS #8, as it is sealed in the database.</summary>
    public required byte[] PrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Is it time for another one?</summary>
    public bool IsDue(DateTimeOffset now) => now >= CreatedAt + InForceFor;

    /// <summary>A fresh one, signed with its own key.</summary>
    public static SamlCertificate New(
        string poolId, CertificatePurpose purpose, int issue, RandomSource random, DateTimeOffset now)
    {
        using var rsa = random.RsaKey();
        var request = new CertificateRequest(
            new X500DistinguishedName($"CN={poolId}"),
            rsa,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            purpose == CertificatePurpose.Signing
                ? X509KeyUsageFlags.DigitalSignature
                : X509KeyUsageFlags.KeyEncipherment,
            critical: true));
        var serial = random.Bytes(16);
        // Serial numbers are positive and have no leading zeros (RFC 5280 §4.1.2.2).
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40);
        using var certificate = request.Create(
            request.SubjectName,
            X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1),
            now,
            now.AddYears(10),
            serial);
        return new()
        {
            PoolId = poolId,
            Purpose = purpose,
            Issue = issue,
            Certificate = Convert.ToBase64String(certificate.RawData),
            PrivateKey = rsa.ExportPkcs8PrivateKey(),
            CreatedAt = now,
        };
    }

    /// <summary>Never prints the key.</summary>
    public override string ToString() => $"SamlCertificate {Issue} of {PoolId}";
}

/// <summary>What a certificate of a pool is for.</summary>
public enum CertificatePurpose
{
    /// <summary>The pool signs its requests.</summary>
    Signing,

    /// <summary>Providers encrypt their assertions.</summary>
    Encryption,
}
