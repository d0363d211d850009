namespace Lifeguard.Storage.Engines;

/// <summary>One way of keeping connections and committing. Knows nothing of stores, retries and
/// caches.</summary>
internal abstract class Engine : IAsyncDisposable
{
    public abstract Dialect Dialect { get; }

    /// <summary>Runs <paramref name="work"/> on a connection that shows everything acknowledged so
    /// far.</summary>
    public abstract Task<T> Read<T>(Func<Connection, Task<T>> work, CancellationToken cancellation);

    /// <summary>Runs <paramref name="work"/> in a transaction, once. When the task ends well the work is
    /// durable; when the work throws, nothing of it remains.</summary>
    public abstract Task<T> Write<T>(Func<Connection, Task<T>> work, CancellationToken cancellation);

    /// <summary>Runs <paramref name="work"/> on a connection that shows everything acknowledged so far and,
    /// however long it takes, nothing later. Others read and write meanwhile.</summary>
    public abstract Task<T> Snapshot<T>(Func<Connection, Task<T>> work, CancellationToken cancellation);

    /// <summary>Tells other nodes of a change that has been committed; best effort.</summary>
    public virtual Task Announce(string change) => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();
}
