using System.Data.Common;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;

namespace Lifeguard.Storage;

/// <summary>The certificates of pools for SAML; the private keys are sealed.</summary>
public sealed class SamlCertificateStore(Database database, Sealer sealer)
{
    internal const string Purpose = "saml-key";

    private const string NewestOf =
        """
        SELECT pool_id, purpose, issue, certificate, sealed, created_ms FROM saml_certificate
        WHERE pool_id = @pool_id AND purpose = @purpose ORDER BY issue DESC LIMIT 1
        """;

    private const string AllOf =
        """
        SELECT pool_id, purpose, issue, certificate, sealed, created_ms FROM saml_certificate
        WHERE pool_id = @pool_id AND purpose = @purpose ORDER BY issue DESC LIMIT @limit
        """;

    private const string Add =
        """
        INSERT INTO saml_certificate (pool_id, purpose, issue, certificate, sealed, created_ms)
        VALUES (@pool_id, @purpose, @issue, @certificate, @sealed, @created_ms)
        ON CONFLICT (pool_id, purpose, issue) DO NOTHING
        """;

    /// <summary>The one in force; null before the first.</summary>
    public Task<SamlCertificate?> Newest(
        string poolId, CertificatePurpose purpose, CancellationToken cancellation) => database
        .Sql(NewestOf)
        .With("pool_id", poolId)
        .With("purpose", Word(purpose))
        .First(Read, cancellation);

    /// <summary>The newest first: as many as are good at once.</summary>
    public async Task<IReadOnlyList<SamlCertificate>> All(
        string poolId, CertificatePurpose purpose, CancellationToken cancellation) => await database
        .Sql(AllOf)
        .With("pool_id", poolId)
        .With("purpose", Word(purpose))
        .With("limit", SamlCertificate.MaxInUse)
        .All(Read, cancellation);

    /// <summary>Adds a certificate; false where the pool has that issue already.</summary>
    public async Task<bool> Insert(
        Transaction transaction, SamlCertificate certificate, CancellationToken cancellation) =>
        await transaction.Sql(Add)
            .With("pool_id", certificate.PoolId)
            .With("purpose", Word(certificate.Purpose))
            .With("issue", certificate.Issue)
            .With("certificate", certificate.Certificate)
            .With("sealed", sealer.Seal(
                Purpose, Owner(certificate.PoolId, Word(certificate.Purpose)), certificate.PrivateKey))
            .With("created_ms", certificate.CreatedAt)
            .Execute(cancellation) == 1;

    private static string Word(CertificatePurpose purpose) =>
        purpose == CertificatePurpose.Signing ? "signing" : "encryption";

    private static string Owner(string poolId, string purpose) => $"{poolId}/{purpose}";

    private SamlCertificate Read(DbDataReader row) => new()
    {
        PoolId = row.Text(0),
        Purpose = row.Text(1) == "signing" ? CertificatePurpose.Signing : CertificatePurpose.Encryption,
        Issue = (int)row.Number(2),
        Certificate = row.Text(3),
        PrivateKey = sealer.MustOpen(Purpose, Owner(row.Text(0), row.Text(1)), row.Bytes(4)),
        CreatedAt = row.Instant(5),
    };
}
