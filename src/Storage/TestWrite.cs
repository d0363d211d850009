namespace Lifeguard.Storage;

/// <summary>
/// Remembers that the disk refused a write, and tries, when asked, whether it takes one again. No other write
/// takes the refusal back: many find nothing to change and never come to the disk.
/// </summary>
internal sealed class TestWrite(Database database)
{
    private const string Put = "INSERT INTO spent (pool_id, id, expires_ms) VALUES ('', @id, 0)";
    private const string Undo = "DELETE FROM spent WHERE pool_id = '' AND id = @id";

    /// <summary>Of a pool that there cannot be. So long that SQLite needs a page for it, as real writes
    /// do.</summary>
    private static readonly string Id = new('t', 2000);

    private int refusals;
    private volatile int forgiven;

    /// <summary>The disk has refused a write.</summary>
    public void IsNeeded() => Interlocked.Increment(ref refusals);

    /// <summary>Writes something and takes it back, where the disk has refused a write.</summary>
    /// <exception cref="System.Data.Common.DbException">It still does.</exception>
    public async Task Run(CancellationToken cancellation)
    {
        var seen = Volatile.Read(ref refusals);
        if (seen == forgiven) return;
        await database.Write(
            async transaction =>
            {
                await transaction.Sql(Put).With("id", Id).Execute(cancellation);
                await transaction.Sql(Undo).With("id", Id).Execute(cancellation);
            },
            cancellation);
        // Those that came meanwhile are not.
        forgiven = seen;
    }
}
