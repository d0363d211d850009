namespace Lifeguard.Storage;

/// <summary>Request rates that an administrator has provisioned. Cached as a whole; a change is seen at once
/// on this node and within five seconds, mostly at once, on others.</summary>
public sealed class ProvisionedLimitStore
{
    private const string Topic = "limit";
    private const string Whole = "all";

    private const string Put =
        """
        INSERT INTO provisioned_limit (category, per_second, modified_ms)
        VALUES (@category, @per_second, @modified_ms)
        ON CONFLICT (category) DO UPDATE
        SET per_second = excluded.per_second, modified_ms = excluded.modified_ms
        """;

    private readonly Database database;
    private readonly Cache<IReadOnlyDictionary<string, int>> limits;

    public ProvisionedLimitStore(Database database)
    {
        this.database = database;
        limits = new(database.Clock);
        database.Changes.Subscribe(Topic, _ => limits.Clear());
    }

    /// <summary>Requests a second by category; only those that were ever provisioned.</summary>
    public async Task<IReadOnlyDictionary<string, int>> All(CancellationToken cancellation) =>
        (await limits.Get(Whole, async () => await Load(cancellation)))!;

    /// <summary>Stores a rate in place of the one before it.</summary>
    public async Task Set(
        Transaction transaction,
        string category,
        int perSecond,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        await transaction.Sql(Put)
            .With("category", category)
            .With("per_second", perSecond)
            .With("modified_ms", now)
            .Execute(cancellation);
        transaction.Announce($"{Topic}:{category}");
    }

    private async Task<IReadOnlyDictionary<string, int>?> Load(CancellationToken cancellation)
    {
        var rows = await database.Sql("SELECT category, per_second FROM provisioned_limit")
            .All(row => (Category: row.Text(0), PerSecond: (int)row.Number(1)), cancellation);
        return rows.ToDictionary(row => row.Category, row => row.PerSecond, StringComparer.Ordinal);
    }
}
