using Lifeguard.Contract;
using Lifeguard.Domain.Logs;

namespace Lifeguard.Storage;

/// <summary>Where pools' logs go. Cached like pools, since every sign-in that is logged asks.</summary>
public sealed class LogDeliveryStore
{
    private const string Topic = "log-delivery";

    private const string OfPool = "SELECT configurations FROM log_delivery WHERE pool_id = @pool_id";

    private const string Put =
        """
        INSERT INTO log_delivery (pool_id, configurations, modified_ms)
        VALUES (@pool_id, @configurations, @modified_ms)
        ON CONFLICT (pool_id) DO UPDATE
        SET configurations = excluded.configurations, modified_ms = excluded.modified_ms
        """;

    private readonly Database database;
    private readonly Cache<LogDelivery> deliveries;

    public LogDeliveryStore(Database database)
    {
        this.database = database;
        deliveries = new(database.Clock);
        database.Changes.Subscribe(Topic, Forget);
        database.Changes.Subscribe("pool", Forget);
    }

    /// <summary>The pool's; <see cref="LogDelivery.None"/> where nothing is set.</summary>
    public async Task<LogDelivery> Of(string poolId, CancellationToken cancellation) =>
        (await deliveries.Get(poolId, async () => await Load(poolId, cancellation)))!;

    /// <summary>Stores it in place of what was there.</summary>
    public async Task Set(
        Transaction transaction, LogDelivery delivery, DateTimeOffset now, CancellationToken cancellation)
    {
        await transaction.Sql(Put)
            .With("pool_id", delivery.PoolId)
            .With("configurations", Documents.ToText(delivery.Settings))
            .With("modified_ms", now)
            .Execute(cancellation);
        transaction.Announce($"{Topic}:{delivery.PoolId}");
    }

    private async Task<LogDelivery?> Load(string poolId, CancellationToken cancellation)
    {
        var stored = await database.Sql(OfPool)
            .With("pool_id", poolId)
            .First(row => row.Text(0), cancellation);
        return stored is null
            ? LogDelivery.None(poolId)
            // The copy of a pool has the document of the pool that it was copied from.
            : new(Documents.FromText<LogDeliveryConfigurationType>(stored) with { UserPoolId = poolId });
    }

    private void Forget(string? poolId)
    {
        if (poolId is null) deliveries.Clear();
        else deliveries.Remove(poolId);
    }
}
