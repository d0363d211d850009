using System.Data.Common;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.ResourceServers;

namespace Lifeguard.Storage;

/// <summary>Resource servers. All of a pool are few, and are cached together like pools: each token of a
/// client asks which scopes there are.</summary>
public sealed class ResourceServerStore
{
    private const string Topic = "resource-server";

    private const string OfPool =
        """
        SELECT pool_id, identifier, name, scopes FROM resource_server WHERE pool_id = @pool_id
        ORDER BY identifier
        """;

    private const string Add =
        """
        INSERT INTO resource_server (pool_id, identifier, name, scopes)
        VALUES (@pool_id, @identifier, @name, @scopes)
        ON CONFLICT (pool_id, identifier) DO NOTHING
        """;

    private const string Change =
        """
        UPDATE resource_server SET name = @name, scopes = @scopes
        WHERE pool_id = @pool_id AND identifier = @identifier
        """;

    private readonly Database database;
    private readonly Cache<IReadOnlyList<ResourceServer>> ofPools;

    public ResourceServerStore(Database database)
    {
        this.database = database;
        ofPools = new(database.Clock);
        database.Changes.Subscribe(Topic, Forget);
        database.Changes.Subscribe("pool", Forget);
    }

    /// <summary>All of the pool, in the order of their identifiers.</summary>
    public async Task<IReadOnlyList<ResourceServer>> Of(string poolId, CancellationToken cancellation) =>
        (await ofPools.Get(poolId, async () => await Load(poolId, cancellation)))!;

    /// <summary>The resource server.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException.</exception>
    public async Task<ResourceServer> Get(
        string poolId, string identifier, CancellationToken cancellation) =>
        (await Of(poolId, cancellation)).FirstOrDefault(server => server.Identifier == identifier)
        ?? throw ResourceServer.NotFound(identifier);

    /// <summary>Adds a resource server; false where there is one of that identifier.</summary>
    public async Task<bool> Insert(
        Transaction transaction, ResourceServer server, CancellationToken cancellation)
    {
        transaction.Announce($"{Topic}:{server.PoolId}");
        return await Bind(transaction.Sql(Add), server).Execute(cancellation) == 1;
    }

    /// <summary>How many the pool has, as the transaction leaves it.</summary>
    public async Task<long> Count(
        Transaction transaction, string poolId, CancellationToken cancellation) => await transaction
        .Sql("SELECT COUNT(*) FROM resource_server WHERE pool_id = @pool_id")
        .With("pool_id", poolId)
        .Number(cancellation) ?? 0;

    /// <summary>Stores name and scopes in place of what was there; false where nothing was.</summary>
    public async Task<bool> Update(
        Transaction transaction, ResourceServer server, CancellationToken cancellation)
    {
        transaction.Announce($"{Topic}:{server.PoolId}");
        return await Bind(transaction.Sql(Change), server).Execute(cancellation) == 1;
    }

    /// <summary>Removes the resource server; false where there was none.</summary>
    public async Task<bool> Delete(
        Transaction transaction, string poolId, string identifier, CancellationToken cancellation)
    {
        transaction.Announce($"{Topic}:{poolId}");
        return await transaction
            .Sql("DELETE FROM resource_server WHERE pool_id = @pool_id AND identifier = @identifier")
            .With("pool_id", poolId)
            .With("identifier", identifier)
            .Execute(cancellation) == 1;
    }

    private async Task<IReadOnlyList<ResourceServer>?> Load(string poolId, CancellationToken cancellation) =>
        await database.Sql(OfPool).With("pool_id", poolId).All(Read, cancellation);

    private void Forget(string? poolId)
    {
        if (poolId is null) ofPools.Clear();
        else ofPools.Remove(poolId);
    }

    private static Statement Bind(Statement statement, ResourceServer server) => statement
        .With("pool_id", server.PoolId)
        .With("identifier", server.Identifier)
        .With("name", server.Name)
        .With("scopes", Documents.ToText(new ResourceServerType { Scopes = server.Scopes }));

    private static ResourceServer Read(DbDataReader row) => new()
    {
        PoolId = row.Text(0),
        Identifier = row.Text(1),
        Name = row.Text(2),
        Scopes = Documents.FromText<ResourceServerType>(row.Text(3)).Scopes ?? [],
    };
}
