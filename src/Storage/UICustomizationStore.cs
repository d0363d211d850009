using System.Data.Common;
using Lifeguard.Domain.Branding;

namespace Lifeguard.Storage;

/// <summary>How classic pages look.</summary>
public sealed class UICustomizationStore(Database database)
{
    // An empty client id, for all clients, comes before every other.
    private const string Applicable =
        """
        FROM ui_customization
        WHERE pool_id = @pool_id AND client_id IN ('', @client_id) ORDER BY client_id DESC LIMIT 1
        """;

    private const string Put =
        """
        INSERT INTO ui_customization (
          pool_id, client_id, css, logo, logo_type, logo_tag, created_ms, modified_ms)
        VALUES (@pool_id, @client_id, @css, @logo, @logo_type, @logo_tag, @created_ms, @modified_ms)
        ON CONFLICT (pool_id, client_id) DO UPDATE SET
          css = excluded.css, logo = excluded.logo, logo_type = excluded.logo_type,
          logo_tag = excluded.logo_tag, modified_ms = excluded.modified_ms
        """;

    private const string Remove =
        "DELETE FROM ui_customization WHERE pool_id = @pool_id AND client_id = @client_id";

    /// <summary>What is in force for an app client: its own, else what is set for all; null for
    /// nothing.</summary>
    /// <param name="clientId">Null for what is set for all.</param>
    public Task<UICustomization?> Find(
        string poolId, string? clientId, CancellationToken cancellation) => database
        .Sql($"SELECT pool_id, client_id, css, logo_type, logo, created_ms, modified_ms {Applicable}")
        .With("pool_id", poolId)
        .With("client_id", clientId ?? "")
        .First(Read, cancellation);

    /// <summary>How the pages of an app client look; null where nobody customised them.</summary>
    public Task<ClassicLook?> Look(
        string poolId, string clientId, CancellationToken cancellation) => database
        .Sql($"SELECT css, logo_tag {Applicable}")
        .With("pool_id", poolId)
        .With("client_id", clientId)
        .First(row => new ClassicLook(row.TextOrNull(0), row.TextOrNull(1)), cancellation);

    /// <summary>The logo with this tag, whoever of the pool has it; null for none.</summary>
    public Task<PageImage?> Logo(string poolId, string tag, CancellationToken cancellation) => database
        .Sql("""
            SELECT logo_type, logo FROM ui_customization
            WHERE pool_id = @pool_id AND logo_tag = @tag LIMIT 1
            """)
        .With("pool_id", poolId)
        .With("tag", tag)
        .First(row => new PageImage(row.Text(0), row.Bytes(1)), cancellation);

    /// <summary>Stores it in place of what there was; nothing takes that away.</summary>
    public Task Set(
        Transaction transaction, UICustomization customization, CancellationToken cancellation)
    {
        var statement = transaction.Sql(customization.IsNothing ? Remove : Put)
            .With("pool_id", customization.PoolId)
            .With("client_id", customization.ClientId ?? "");
        if (!customization.IsNothing)
        {
            statement.With("css", customization.Css)
                .With("logo", customization.Logo?.Bytes)
                .With("logo_type", customization.Logo?.ContentType)
                .With("logo_tag", customization.Logo?.Tag)
                .With("created_ms", customization.CreatedAt)
                .With("modified_ms", customization.ModifiedAt);
        }

        return statement.Execute(cancellation);
    }

    private static UICustomization Read(DbDataReader row) => new()
    {
        PoolId = row.Text(0),
        ClientId = row.Text(1) is { Length: > 0 } id ? id : null,
        Css = row.TextOrNull(2),
        Logo = row.BytesOrNull(4) is { } logo ? new(row.Text(3), logo) : null,
        CreatedAt = row.Instant(5),
        ModifiedAt = row.Instant(6),
    };
}
