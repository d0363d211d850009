using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;

namespace Lifeguard.Storage.Transfer;

/// <summary>
/// Makes a second pool like the first one in the same database, for staging and trials: same configuration,
/// and same users where they are wanted; new ids of pool and clients, new client secrets, new signing keys.
/// Nothing that the one issues is good for the other.
/// </summary>
public sealed class PoolClone(Database database, Sealer sealer, PoolArrival arrival, RandomSource random)
{
    private const int ClientIdLength = 26;

    /// <summary>The new pool with how many rows each table has.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException: there is no such pool.</exception>
    public async Task<ImportedPool> Run(PoolCloneOrder order, CancellationToken cancellation)
    {
        // Made before the transaction, since they take long.
        var keys = SigningKeys(order);
        return await database.Snapshot(
            async snapshot =>
            {
                var source = new PoolRowReader(sealer, snapshot, order.PoolId);
                var pool = await source.Pool(cancellation) ?? throw Reject.PoolNotFound(order.PoolId);
                var clone = await arrival.Begin(
                    order.NewPoolId, $"clone of {order.PoolId}", Now, cancellation);
                var copy = new Copy(clone, new(order, random, Now));
                await arrival.Add(clone, copy.Parts++, keys, Now, cancellation);
                foreach (var table in PoolCatalogue.Tables.Where(order.Takes))
                    await Add(order, source, table, copy, cancellation);
                await arrival.Complete(clone, copy.Parts, copy.Changes.ToPool(pool), Now, cancellation);
                return new ImportedPool(order.NewPoolId, false, new(null, copy.Counts));
            },
            cancellation);
    }

    private DateTimeOffset Now => database.Clock.GetUtcNow();

    private async Task Add(
        PoolCloneOrder order,
        PoolRowReader source,
        PoolTable table,
        Copy copy,
        CancellationToken cancellation)
    {
        var done = 0L;
        await foreach (var page in source.Pages(table, cancellation))
        {
            PoolRow[] rows = [.. page.Select(copy.Changes.To)];
            await arrival.Add(copy.Pool, copy.Parts++, rows, Now, cancellation);
            done += page.Count;
            order.Report?.Invoke(table.Name, done);
        }

        copy.Counts.Add(new(table.Name, done));
    }

    private PoolRow[] SigningKeys(PoolCloneOrder order)
    {
        var table = PoolCatalogue.Find("signing_key")!;
        return
        [
            .. new[] { TokenUse.Id, TokenUse.Access }
                .Select(use => SigningKey.New(order.NewPoolId, use, random, Now))
                .Select(key => SigningKeyRows.ToRow(table, key)),
        ];
    }

    /// <summary>How far a clone has come.</summary>
    private sealed class Copy(UnfinishedPool pool, CloneChanges changes)
    {
        public UnfinishedPool Pool => pool;

        public CloneChanges Changes => changes;

        public long Parts { get; set; }

        public List<RowCount> Counts { get; } = [];
    }

    /// <summary>In what a clone's rows differ from those they come from.</summary>
    private sealed class CloneChanges(PoolCloneOrder order, RandomSource random, DateTimeOffset now)
    {
        private readonly Dictionary<string, string> clientIds = [];

        public PoolRow To(PoolRow row)
        {
            var changed = row.Table.Name switch
            {
                "app_client" => ToClient(row),
                "users" when row["sealed"] is byte[] password =>
                    // SRP hashes the pool id, so the verifier fits the old pool only.
                    row.With("sealed", UserRows.WithoutVerifier(password)),
                _ => row,
            };
            foreach (var column in row.Table.Columns.Where(column => column.IsClientId))
            {
                if (row[column.Name] is string old && clientIds.TryGetValue(old, out var id))
                    changed = changed.With(column.Name, id);
            }

            return changed;
        }

        public PoolRow ToPool(PoolRow pool)
        {
            var settings = Documents.FromText<UserPoolType>((string)pool["settings"]!) with
            {
                Name = order.Name,
                // A domain leads to one pool.
                Domain = null,
                CustomDomain = null,
            };
            return pool.With("name", order.Name)
                .With("settings", Documents.ToText(settings))
                .With("created_ms", now.ToUnixTimeMilliseconds())
                .With("modified_ms", now.ToUnixTimeMilliseconds());
        }

        private PoolRow ToClient(PoolRow client)
        {
            var id = random.LowerAlphanumeric(ClientIdLength);
            clientIds.Add((string)client["client_id"]!, id);
            if (client["sealed"] is null) return client;
            var secrets = ClientSecrets.ForNew(id, generate: true, own: null, random, now);
            return client.With("sealed", ClientStore.ToDocument(secrets));
        }
    }
}

/// <summary>What is to be cloned.</summary>
/// <param name="NewPoolId">Not in use.</param>
/// <param name="Name">Of the new pool.</param>
public sealed record PoolCloneOrder(string PoolId, string NewPoolId, string Name, bool WithUsers)
{
    /// <summary>Hears the table and how many of its rows are copied.</summary>
    public Action<string, long>? Report { get; init; }

    internal bool Takes(PoolTable table) => table.Part is PoolPart.Configuration
        || (table.Part is PoolPart.Users && WithUsers);
}
