using System.Data.Common;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace Lifeguard.Storage.Engines;

/// <summary>
/// The only writer of a SQLite file. Where nobody else writes the caller commits by itself. While it does, or
/// while one group of units is being committed, the next gathers, so many callers share one flush to disk;
/// each is told only after the commit.
/// </summary>
internal sealed class GroupedWriter : IAsyncDisposable
{
    private const int MostInOneCommit = 64;
    private const int MostWaiting = 1024;

    /// <summary>In bytes; twice the pages that SQLite keeps in memory for a connection.</summary>
    private const int HeapSize = 4 * 1024 * 1024;

    private readonly Connection connection;

    // Whoever holds it may use the connection.
    private readonly Lock turn = new();

    // Who writes wakes the writer up itself: by way of the thread pool it would wait for a processor twice.
    private readonly Channel<UnitOfWork> waiting = Channel.CreateBounded<UnitOfWork>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly Task loop;
    private bool isClosed;

    public GroupedWriter(Connection connection)
    {
        this.connection = connection;
        loop = Task.Factory.StartNew(
            Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public async Task<T> Write<T>(Func<Connection, Task<T>> work, CancellationToken cancellation)
    {
        var unit = new UnitOfWork<T>(work, cancellation);
        if (!CommitAtOnce(unit)) await waiting.Writer.WriteAsync(unit, cancellation);
        return await unit.Outcome;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await loop;
        // Nobody uses the connection any more, nor will.
        lock (turn) isClosed = true;
        await connection.DisposeAsync();
    }

    private void Run()
    {
        var group = new List<UnitOfWork>(MostInOneCommit);
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            // The turn first: as long as units wait for it nobody takes it over their heads.
            lock (turn)
            {
                group.Clear();
                while (group.Count < MostInOneCommit && waiting.Reader.TryRead(out var unit)) group.Add(unit);
                Commit(group);
            }
        }
    }

    /// <summary>Commits on the caller's thread where nobody else writes or waits to: the caller would
    /// otherwise have to wait for a processor for the writer, and once more for itself. A thread that is not
    /// of the pool has other callers' work to do, who must not wait for the disk.</summary>
    private bool CommitAtOnce(UnitOfWork unit)
    {
        if (!Thread.CurrentThread.IsThreadPoolThread) return false;
        if (waiting.Reader.Count > 0 || !turn.TryEnter()) return false;
        try
        {
            if (isClosed) return false;
            Commit([unit]);
            return true;
        }
        finally
        {
            turn.Exit();
        }
    }

    private void Commit(List<UnitOfWork> group)
    {
        try
        {
            NativeHeap.GrowTo(HeapSize);
            Tell("BEGIN IMMEDIATE");
            foreach (var unit in group) Attempt(unit);
            Tell("COMMIT");
        }
        catch (Exception error)
        {
            Abandon();
            foreach (var unit in group) unit.Fail(error);
            return;
        }

        foreach (var unit in group) unit.Complete();
    }

    private void Attempt(UnitOfWork unit)
    {
        Tell("SAVEPOINT unit");
        if (!unit.Run(connection)) UndoOne(unit.Failure!);
        Tell("RELEASE unit");
    }

    private void UndoOne(Exception failure)
    {
        try
        {
            Tell("ROLLBACK TO unit");
        }
        catch (DbException)
        {
            // A full disk or the like has undone the whole transaction by itself, every savepoint with it.
            if (failure is DbException) ExceptionDispatchInfo.Throw(failure);
            throw;
        }
    }

    private void Abandon()
    {
        try
        {
            Tell("ROLLBACK");
        }
        catch (Exception)
        {
            // SQLite has rolled back by itself, or is beyond help; either way the writer must go on, because
            // everybody who waits for it would wait for ever.
        }
    }

    private void Tell(string sql) => connection.Tell(sql).GetAwaiter().GetResult();
}
