using System.Data.Common;
using Lifeguard.Storage.Engines;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lifeguard.Storage;

/// <summary>
/// The only owner of connections. Reads go through the stores; writes are units of work that are durable when
/// their task ends well and leave nothing behind when they throw.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private const string Memory = "memory";
    private const string SqlitePrefix = "sqlite:";

    private readonly AsyncLocal<Transaction?> current = new();
    private readonly Engine engine;
    private readonly Retries retries;
    private readonly TestWrite testWrite;

    private Database(Func<Changes, Engine> open, TimeProvider clock, TimeProvider pauses)
    {
        Clock = clock;
        engine = open(Changes);
        retries = new Retries(engine.Dialect, pauses);
        testWrite = new TestWrite(this);
    }

    internal TimeProvider Clock { get; }

    internal Changes Changes { get; } = new();

    internal Dialect Dialect => engine.Dialect;

    /// <summary>Opens a database; its tables are brought up to date by <see cref="Migrate"/>.</summary>
    /// <param name="setting"><c>memory</c>, <c>sqlite:FILE</c>, or an Npgsql connection string, which may
    /// name several hosts.</param>
    /// <param name="clock">For the expiry of caches.</param>
    /// <param name="pauses">For the pauses between retries, where the other clock does not go by itself: what
    /// others are doing in the database takes its time all the same.</param>
    public static Database Open(
        string setting, TimeProvider clock, ILogger? logger = null, TimeProvider? pauses = null)
    {
        pauses ??= clock;
        if (setting == Memory) return new(_ => new MemoryEngine(), clock, pauses);
        if (setting.StartsWith(SqlitePrefix, StringComparison.Ordinal))
            return new(_ => new SqliteFileEngine(setting[SqlitePrefix.Length..]), clock, pauses);
        var log = logger ?? NullLogger.Instance;
        return new(changes => new PostgresEngine(setting, changes.Publish, clock, log), clock, pauses);
    }

    /// <summary>Is it an Npgsql connection string, sound or not?</summary>
    internal static bool IsPostgres(string setting) =>
        setting != Memory && !setting.StartsWith(SqlitePrefix, StringComparison.Ordinal);

    /// <summary>
    /// Runs a unit of work: SQL through the stores and pure code, no other I/O. It may run several times,
    /// after a fail-over or a race, so it must only act through its transaction.
    /// </summary>
    /// <exception cref="ConflictException">A row was changed since it was read; not retried here, because
    /// what was decided on the old row has to be decided again.</exception>
    public async Task<T> Write<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation)
    {
        MustNotNest();
        IReadOnlyList<string> changes = [];
        IReadOnlyList<Action> afterwards = [];
        T result;
        try
        {
            result = await retries.Run(
                () => engine.Write(
                    async connection =>
                    {
                        using var transaction = new Transaction(connection);
                        current.Value = transaction;
                        var made = await work(transaction);
                        (changes, afterwards) = (transaction.Changes, transaction.Afterwards);
                        return made;
                    },
                    cancellation),
                cancellation);
        }
        catch (DbException error) when (Dialect.IsOfDisk(error))
        {
            testWrite.IsNeeded();
            throw;
        }

        foreach (var act in afterwards) act();
        foreach (var change in changes)
        {
            Changes.Publish(change);
            await engine.Announce(change);
        }

        return result;
    }

    /// <inheritdoc cref="Write{T}" />
    public Task Write(Func<Transaction, Task> work, CancellationToken cancellation) => Write(
        async transaction =>
        {
            await work(transaction);
            return true;
        },
        cancellation);

    /// <summary>
    /// Reads everything as it is now, however long it takes, while others go on writing. Not repeated after a
    /// passing error: <paramref name="work"/> may have handed on what it read.
    /// </summary>
    internal Task<T> Snapshot<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation)
    {
        MustNotNest();
        return engine.Snapshot(
            async connection =>
            {
                using var snapshot = new Transaction(connection);
                return await work(snapshot);
            },
            cancellation);
    }

    /// <summary>Creates or updates the tables. Several nodes may do so at once.</summary>
    /// <exception cref="NewerSchemaException">The database was written by a newer version.</exception>
    public Task Migrate(CancellationToken cancellation) => new Migrations(this).Run(cancellation);

    /// <summary>How far the tables are from what <see cref="Migrate"/> makes of them. Changes
    /// nothing.</summary>
    /// <exception cref="NewerSchemaException">The database was written by a newer version.</exception>
    public Task<SchemaState> Look(CancellationToken cancellation) => new Migrations(this).Look(cancellation);

    /// <summary>Answers when a statement reaches the database; throws otherwise. For health checks.</summary>
    public Task Ping(CancellationToken cancellation) => Sql("SELECT CAST(1 AS bigint)").Number(cancellation);

    /// <summary>Ends well where the disk took the last write, or takes one now; throws otherwise. For health
    /// checks.</summary>
    public Task MustTakeWrites(CancellationToken cancellation) => testWrite.Run(cancellation);

    /// <summary>
    /// Empties the database but for data keys, which what is in memory is still sealed with. For development.
    /// </summary>
    public async Task Reset(CancellationToken cancellation)
    {
        await Write(
            async transaction =>
            {
                foreach (var table in Tables.Emptied)
                    await transaction.Sql($"DELETE FROM {table}").Execute(cancellation);
            },
            cancellation);
        Changes.Publish(null);
    }

    /// <summary>Closes all connections, after the writes under way.</summary>
    public ValueTask DisposeAsync() => engine.DisposeAsync();

    /// <summary>A statement that reads, outside any transaction.</summary>
    internal Statement Sql(string text) => new(text, this);

    internal Task<T> Read<T>(Func<Connection, Task<T>> work, CancellationToken cancellation)
    {
        MustNotNest();
        return retries.Run(() => engine.Read(work, cancellation), cancellation);
    }

    // In memory it would wait for itself for ever, and elsewhere it would not see what the unit has written.
    private void MustNotNest()
    {
        if (current.Value is { IsOpen: true })
            throw new InvalidOperationException(
                "Inside a unit of work everything goes through its transaction.");
    }
}
