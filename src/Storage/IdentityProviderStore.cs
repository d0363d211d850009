using System.Data.Common;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;

namespace Lifeguard.Storage;

/// <summary>Identity providers; their details are sealed as a whole, since secrets are among them. Not
/// cached: a document of metadata is too long for that, and a sign-in reads one row.</summary>
public sealed class IdentityProviderStore(Database database, Sealer sealer)
{
    internal const string Purpose = "identity-provider";

    private const string Columns =
        """
        p.pool_id, p.provider_id, p.name, p.type, p.issuer, p.document, p.certificates, p.sealed,
        p.created_ms, p.modified_ms, p.version
        """;

    private const string ByName =
        $"""
        SELECT {Columns} FROM identity_provider p
        WHERE p.pool_id = @pool_id AND p.name = @name AND p.deleted_ms IS NULL
        """;

    private const string ByIdentifier =
        $"""
        SELECT {Columns}
        FROM idp_identifier i
        JOIN identity_provider p ON p.pool_id = i.pool_id AND p.provider_id = i.provider_id
        WHERE i.pool_id = @pool_id AND i.identifier = @identifier AND p.deleted_ms IS NULL
        """;

    private const string ByType =
        $"""
        SELECT {Columns} FROM identity_provider p
        WHERE p.pool_id = @pool_id AND p.type = @type AND p.deleted_ms IS NULL ORDER BY p.name
        """;

    private const string Page =
        """
        SELECT name, type, created_ms, modified_ms FROM identity_provider
        WHERE pool_id = @pool_id AND name > @after AND deleted_ms IS NULL ORDER BY name LIMIT @limit
        """;

    private const string NamesOfPool =
        "SELECT name FROM identity_provider WHERE pool_id = @pool_id AND deleted_ms IS NULL";

    private const string NamesWithIdentifiers =
        """
        SELECT DISTINCT p.name FROM idp_identifier i
        JOIN identity_provider p ON p.pool_id = i.pool_id AND p.provider_id = i.provider_id
        WHERE i.pool_id = @pool_id AND p.deleted_ms IS NULL
        """;

    private const string Add =
        """
        INSERT INTO identity_provider (
          pool_id, provider_id, name, type, issuer, document, certificates, sealed, created_ms, modified_ms,
          version)
        VALUES (
          @pool_id, @provider_id, @name, @type, @issuer, @document, @certificates, @sealed, @created_ms,
          @modified_ms, @version)
        ON CONFLICT DO NOTHING
        """;

    private const string Change =
        """
        UPDATE identity_provider
        SET issuer = @issuer, document = @document, certificates = @certificates, sealed = @sealed,
          modified_ms = @modified_ms, version = version + 1
        WHERE pool_id = @pool_id AND provider_id = @provider_id AND version = @version
          AND deleted_ms IS NULL
        """;

    // Changes nothing, and makes whoever deletes the provider wait for the commit.
    private const string Touch =
        """
        UPDATE identity_provider SET version = version
        WHERE pool_id = @pool_id AND provider_id = @provider_id AND deleted_ms IS NULL
        """;

    private const string Former =
        """
        SELECT provider_id FROM identity_provider
        WHERE pool_id = @pool_id AND name = @name AND type = @type AND issuer = @issuer
          AND deleted_ms IS NOT NULL
        ORDER BY deleted_ms DESC LIMIT 1
        """;

    private const string MarkDeleted =
        """
        UPDATE identity_provider
        SET deleted_ms = @now, sealed = NULL, document = '{}', certificates = '', version = version + 1
        WHERE pool_id = @pool_id AND provider_id = @provider_id AND deleted_ms IS NULL
        """;

    private const string RemoveUnlinked =
        """
        DELETE FROM identity_provider
        WHERE pool_id = @pool_id AND provider_id = @provider_id AND NOT EXISTS (
          SELECT 1 FROM user_identity
          WHERE pool_id = @pool_id AND provider_id = @provider_id)
        """;

    private const string Identify =
        """
        INSERT INTO idp_identifier (pool_id, identifier, provider_id)
        VALUES (@pool_id, @identifier, @provider_id)
        ON CONFLICT (pool_id, identifier) DO NOTHING
        """;

    /// <summary>The provider; null where there is none of that name.</summary>
    public Task<IdentityProvider?> Find(string poolId, string name, CancellationToken cancellation) =>
        database.Sql(ByName).With("pool_id", poolId).With("name", name).First(Read, cancellation);

    /// <summary>The provider.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException.</exception>
    public async Task<IdentityProvider> Get(string poolId, string name, CancellationToken cancellation) =>
        await Find(poolId, name, cancellation) ?? throw FederationRefusals.NotFound(name);

    /// <summary>The provider with this identifier; null for none.</summary>
    public Task<IdentityProvider?> FindByIdentifier(
        string poolId, string identifier, CancellationToken cancellation) => database
        .Sql(ByIdentifier)
        .With("pool_id", poolId)
        .With("identifier", identifier)
        .First(Read, cancellation);

    /// <summary>The pool's providers of a type, with all their details, in the order of their
    /// names.</summary>
    public async Task<IReadOnlyList<IdentityProvider>> OfType(
        string poolId, string type, CancellationToken cancellation) => await database.Sql(ByType)
        .With("pool_id", poolId)
        .With("type", type)
        .All(Read, cancellation);

    /// <summary>Up to <paramref name="limit"/> providers in the order of their names.</summary>
    /// <param name="after">The last name of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<ProviderDescription>> List(
        string poolId, string? after, int limit, CancellationToken cancellation) => await database.Sql(Page)
        .With("pool_id", poolId)
        .With("after", after ?? "")
        .With("limit", limit)
        .All(
            row => new ProviderDescription
            {
                ProviderName = row.Text(0),
                ProviderType = row.Text(1),
                CreationDate = row.Instant(2),
                LastModifiedDate = row.Instant(3),
            },
            cancellation);

    /// <summary>The names of the pool's providers that have identifiers.</summary>
    public async Task<IReadOnlyList<string>> Identifiable(string poolId, CancellationToken cancellation) =>
        await database.Sql(NamesWithIdentifiers)
            .With("pool_id", poolId)
            .All(row => row.Text(0), cancellation);

    /// <summary>The names of the pool's providers, which app clients may list.</summary>
    public async Task<IReadOnlyList<string>> Names(string poolId, CancellationToken cancellation) =>
        await database.Sql(NamesOfPool).With("pool_id", poolId).All(row => row.Text(0), cancellation);

    /// <summary>How many the pool has, as the transaction leaves it.</summary>
    public async Task<long> Count(
        Transaction transaction, string poolId, CancellationToken cancellation) => await transaction
        .Sql("SELECT COUNT(*) FROM identity_provider WHERE pool_id = @pool_id AND deleted_ms IS NULL")
        .With("pool_id", poolId)
        .Number(cancellation) ?? 0;

    /// <summary>Adds a provider. One that was deleted and spoke for the same party under the same name comes
    /// back, with the identities that were linked through it.</summary>
    /// <returns>False where there is one of that name.</returns>
    public async Task<bool> Insert(
        Transaction transaction, IdentityProvider provider, CancellationToken cancellation)
    {
        var former = await transaction.Sql(Former)
            .With("pool_id", provider.PoolId)
            .With("name", provider.Name)
            .With("type", provider.Type)
            .With("issuer", provider.Issuer)
            .First(row => row.Text(0), cancellation);
        if (former is not null)
        {
            await Named(
                transaction.Sql("""
                    DELETE FROM identity_provider
                    WHERE pool_id = @pool_id AND provider_id = @provider_id AND deleted_ms IS NOT NULL
                    """),
                provider.PoolId,
                former).Execute(cancellation);
            provider = provider with { Id = former };
        }

        var added = await Bind(transaction.Sql(Add), provider)
            .With("name", provider.Name)
            .With("type", provider.Type)
            .With("created_ms", provider.CreatedAt)
            .Execute(cancellation);
        return added == 1;
    }

    /// <summary>Stores a changed provider.</summary>
    /// <exception cref="ConflictException">It was changed or deleted since it was read.</exception>
    public async Task Update(
        Transaction transaction, IdentityProvider provider, CancellationToken cancellation)
    {
        if (await Bind(transaction.Sql(Change), provider).Execute(cancellation) == 0)
            throw new ConflictException();
    }

    /// <summary>Gives the provider its identifiers in place of those it had.</summary>
    /// <returns>The first that another provider has; null for none.</returns>
    public async Task<string?> Identified(
        Transaction transaction, IdentityProvider provider, CancellationToken cancellation)
    {
        var stored = await Find(transaction, provider, cancellation) ?? throw new ConflictException();
        await RemoveIdentifiers(transaction, provider.PoolId, stored, cancellation);
        foreach (var identifier in provider.Settings.IdpIdentifiers ?? [])
        {
            var added = await Named(transaction.Sql(Identify), provider.PoolId, stored)
                .With("identifier", identifier)
                .Execute(cancellation);
            if (added == 0) return identifier;
        }

        return null;
    }

    /// <summary>Keeps the provider from being deleted until the transaction ends; false where it is.
    /// </summary>
    public async Task<bool> Hold(
        Transaction transaction, IdentityProvider provider, CancellationToken cancellation) =>
        await Named(transaction.Sql(Touch), provider.PoolId, provider.Id).Execute(cancellation) == 1;

    /// <summary>Deletes the provider with its identifiers and secrets; false where it is gone already. What
    /// was linked through it opens nothing from now on, however many users that are.</summary>
    public async Task<bool> Delete(
        Transaction transaction,
        IdentityProvider provider,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var marked = await Named(transaction.Sql(MarkDeleted), provider.PoolId, provider.Id)
            .With("now", now)
            .Execute(cancellation);
        if (marked == 0) return false;
        await RemoveIdentifiers(transaction, provider.PoolId, provider.Id, cancellation);
        await Named(transaction.Sql(RemoveUnlinked), provider.PoolId, provider.Id).Execute(cancellation);
        return true;
    }

    /// <summary>The id under which the provider is stored: another one than it was made with, where it has
    /// come back.</summary>
    private static Task<string?> Find(
        Transaction transaction, IdentityProvider provider, CancellationToken cancellation) => transaction
        .Sql("""
            SELECT provider_id FROM identity_provider
            WHERE pool_id = @pool_id AND name = @name AND deleted_ms IS NULL
            """)
        .With("pool_id", provider.PoolId)
        .With("name", provider.Name)
        .First(row => row.Text(0), cancellation);

    private static Task<int> RemoveIdentifiers(
        Transaction transaction, string poolId, string id, CancellationToken cancellation) => Named(
        transaction.Sql(
            "DELETE FROM idp_identifier WHERE pool_id = @pool_id AND provider_id = @provider_id"),
        poolId,
        id).Execute(cancellation);

    private static Statement Named(Statement statement, string poolId, string id) =>
        statement.With("pool_id", poolId).With("provider_id", id);

    private Statement Bind(Statement statement, IdentityProvider provider) => Named(
            statement, provider.PoolId, provider.Id)
        .With("issuer", provider.Issuer)
        .With("document", Documents.ToText(provider.Settings with { ProviderDetails = null }))
        .With("certificates", string.Join('\n', provider.Certificates))
        .With("sealed", sealer.Seal(
            Purpose,
            $"{provider.PoolId}/{provider.Id}",
            WireBody.ToBytes(new IdentityProviderType { ProviderDetails = provider.Details })))
        .With("modified_ms", provider.ModifiedAt)
        .With("version", provider.Version);

    private IdentityProvider Read(DbDataReader row)
    {
        var box = sealer.MustOpen(Purpose, $"{row.Text(0)}/{row.Text(1)}", row.Bytes(7));
        return new()
        {
            PoolId = row.Text(0),
            Id = row.Text(1),
            Name = row.Text(2),
            Type = row.Text(3),
            Issuer = row.Text(4),
            Settings = Documents.FromText<IdentityProviderType>(row.Text(5)) with
            {
                ProviderDetails = WireBody.Read<IdentityProviderType>(box).ProviderDetails,
            },
            Certificates = row.Text(6).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            CreatedAt = row.Instant(8),
            ModifiedAt = row.Instant(9),
            Version = row.Number(10),
        };
    }
}
