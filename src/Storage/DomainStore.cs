using System.Collections.Frozen;
using System.Data.Common;
using Lifeguard.Contract;
using Lifeguard.Domain.Domains;

namespace Lifeguard.Storage;

/// <summary>
/// The domains of pools. There are two of a pool at most, and pools are few: all are cached together, so that
/// the host of a request that is nobody's domain costs no look into the database.
/// </summary>
public sealed class DomainStore
{
    private const string All =
        """
        SELECT d.pool_id, d.domain, d.settings, d.created_ms, d.modified_ms, d.version
        FROM user_pool_domain d JOIN user_pool p ON p.pool_id = d.pool_id
        WHERE p.deleted_ms IS NULL
        """;

    private const string Add =
        """
        INSERT INTO user_pool_domain (pool_id, kind, domain, settings, created_ms, modified_ms, version)
        VALUES (@pool_id, @kind, @domain, @settings, @created_ms, @modified_ms, @version)
        ON CONFLICT DO NOTHING
        """;

    private const string Change =
        """
        UPDATE user_pool_domain
        SET settings = @settings, modified_ms = @modified_ms, version = version + 1
        WHERE pool_id = @pool_id AND kind = @kind AND domain = @domain AND version = @version
        """;

    private const string Everything = "";

    private readonly Database database;
    private readonly Cache<FrozenDictionary<string, UserPoolDomain>> domains;

    public DomainStore(Database database)
    {
        this.database = database;
        domains = new(database.Clock);
        // A pool is seen with its domains: a change of one is a change of the other.
        database.Changes.Subscribe(PoolStore.Topic, _ => domains.Clear());
    }

    /// <summary>The domain of that name, whatever its pool; null where there is none.</summary>
    public async Task<UserPoolDomain?> Find(string name, CancellationToken cancellation) =>
        (await Load(cancellation)).GetValueOrDefault(name);

    /// <summary>The domains of a pool.</summary>
    public async Task<IReadOnlyList<UserPoolDomain>> Of(string poolId, CancellationToken cancellation) =>
        [.. (await Load(cancellation)).Values.Where(domain => domain.PoolId == poolId)];

    /// <summary>Adds a domain; false where the pool has one of its kind, or somebody has one of its
    /// name.</summary>
    public async Task<bool> Insert(
        Transaction transaction, UserPoolDomain domain, CancellationToken cancellation)
    {
        transaction.Announce($"{PoolStore.Topic}:{domain.PoolId}");
        return await Bind(transaction.Sql(Add), domain)
            .With("created_ms", domain.CreatedAt)
            .Execute(cancellation) == 1;
    }

    /// <summary>How many domains the pool has, as the transaction leaves it.</summary>
    public async Task<long> Count(
        Transaction transaction, string poolId, CancellationToken cancellation) => await transaction
        .Sql("SELECT COUNT(*) FROM user_pool_domain WHERE pool_id = @pool_id")
        .With("pool_id", poolId)
        .Number(cancellation) ?? 0;

    /// <summary>Has the pool a domain of this one's kind, as the transaction leaves it?</summary>
    public async Task<bool> HasKind(
        Transaction transaction, UserPoolDomain domain, CancellationToken cancellation) => await transaction
        .Sql("SELECT COUNT(*) FROM user_pool_domain WHERE pool_id = @pool_id AND kind = @kind")
        .With("pool_id", domain.PoolId)
        .With("kind", KindOf(domain))
        .Number(cancellation) > 0;

    /// <summary>Stores a changed domain.</summary>
    /// <exception cref="ConflictException">It was changed or deleted since it was read.</exception>
    public async Task Update(Transaction transaction, UserPoolDomain domain, CancellationToken cancellation)
    {
        transaction.Announce($"{PoolStore.Topic}:{domain.PoolId}");
        if (await Bind(transaction.Sql(Change), domain).Execute(cancellation) == 1) return;
        // What is cached may be out of date, and whoever tries again has to see what is stored.
        domains.Clear();
        throw new ConflictException();
    }

    /// <summary>Removes the domain; false where the pool has none of that name.</summary>
    public async Task<bool> Delete(
        Transaction transaction, string poolId, string name, CancellationToken cancellation)
    {
        transaction.Announce($"{PoolStore.Topic}:{poolId}");
        return await transaction
            .Sql("DELETE FROM user_pool_domain WHERE pool_id = @pool_id AND domain = @domain")
            .With("pool_id", poolId)
            .With("domain", name)
            .Execute(cancellation) == 1;
    }

    private async Task<FrozenDictionary<string, UserPoolDomain>> Load(CancellationToken cancellation) =>
        (await domains.Get(
            Everything,
            async () => (await database.Sql(All).All(Read, cancellation))
                .ToFrozenDictionary(domain => domain.Name, StringComparer.Ordinal)))!;

    private static Statement Bind(Statement statement, UserPoolDomain domain) => statement
        .With("pool_id", domain.PoolId)
        .With("kind", KindOf(domain))
        .With("domain", domain.Name)
        .With("settings", Documents.ToText(new DomainDescriptionType
        {
            CustomDomainConfig = domain.Custom,
            ManagedLoginVersion = domain.ManagedLoginVersion,
            Routing = domain.Routing,
        }))
        .With("modified_ms", domain.ModifiedAt)
        .With("version", domain.Version);

    private static string KindOf(UserPoolDomain domain) => domain.IsCustom ? "custom" : "prefix";

    private static UserPoolDomain Read(DbDataReader row)
    {
        var settings = Documents.FromText<DomainDescriptionType>(row.Text(2));
        return new()
        {
            PoolId = row.Text(0),
            Name = row.Text(1),
            ManagedLoginVersion = settings.ManagedLoginVersion!.Value,
            Custom = settings.CustomDomainConfig,
            Routing = settings.Routing,
            CreatedAt = row.Instant(3),
            ModifiedAt = row.Instant(4),
            Version = row.Number(5),
        };
    }
}
