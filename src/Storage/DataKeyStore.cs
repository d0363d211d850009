namespace Lifeguard.Storage;

/// <summary>Data keys, wrapped with the master key elsewhere: bytes in, bytes out.</summary>
public sealed class DataKeyStore(Database database)
{
    private const string Put =
        """
        INSERT INTO data_key (id, wrapped, created_ms) VALUES (@id, @wrapped, @created_ms)
        ON CONFLICT (id) DO NOTHING
        """;

    /// <summary>All keys, oldest first.</summary>
    public async Task<IReadOnlyList<WrappedKey>> List(CancellationToken cancellation) => await database
        .Sql("SELECT id, wrapped, created_ms FROM data_key ORDER BY created_ms, id")
        .All(row => new WrappedKey(row.Text(0), row.Bytes(1), row.Instant(2)), cancellation);

    /// <summary>Adds a key; false where another node has already added one of that id.</summary>
    public Task<bool> Insert(WrappedKey key, CancellationToken cancellation) => database.Write(
        async transaction => await transaction.Sql(Put)
            .With("id", key.Id)
            .With("wrapped", key.Wrapped)
            .With("created_ms", key.CreatedAt)
            .Execute(cancellation) == 1,
        cancellation);

    /// <summary>Stores the same keys wrapped anew, all or none.</summary>
    /// <exception cref="ConflictException">One of them is no longer there.</exception>
    public Task Rewrap(IEnumerable<WrappedKey> keys, CancellationToken cancellation) => database.Write(
        async transaction =>
        {
            foreach (var key in keys)
            {
                var changed = await transaction.Sql("UPDATE data_key SET wrapped = @wrapped WHERE id = @id")
                    .With("id", key.Id)
                    .With("wrapped", key.Wrapped)
                    .Execute(cancellation);
                if (changed == 0) throw new ConflictException();
            }
        },
        cancellation);
}

/// <summary>A data key as it is stored.</summary>
public sealed record WrappedKey(string Id, byte[] Wrapped, DateTimeOffset CreatedAt);
