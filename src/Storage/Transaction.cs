using Lifeguard.Storage.Engines;

namespace Lifeguard.Storage;

/// <summary>What a unit of work writes through; the stores take it. Valid only while the unit runs.</summary>
public sealed class Transaction : IDisposable
{
    private readonly Connection connection;
    private readonly List<string> changes = [];

    internal Transaction(Connection connection) => this.connection = connection;

    internal bool IsOpen { get; private set; } = true;

    internal IReadOnlyList<string> Changes => changes;

    /// <summary>Ends the validity; the database commits or rolls back.</summary>
    public void Dispose() => IsOpen = false;

    internal Statement Sql(string text) => new(text, this);

    /// <summary>Published to the caches of all nodes once the transaction is committed.</summary>
    internal void Announce(string change) => changes.Add(change);

    internal Task<T> Run<T>(Func<Connection, Task<T>> work)
    {
        ObjectDisposedException.ThrowIf(!IsOpen, this);
        return work(connection);
    }
}
