using Lifeguard.Storage.Engines;

namespace Lifeguard.Storage;

/// <summary>What a unit of work writes through; the stores take it. Valid only while the unit runs.</summary>
public sealed class Transaction : IDisposable
{
    private readonly Connection connection;
    private readonly List<string> changes = [];
    private readonly List<Action> afterwards = [];

    internal Transaction(Connection connection) => this.connection = connection;

    internal bool IsOpen { get; private set; } = true;

    internal IReadOnlyList<string> Changes => changes;

    internal IReadOnlyList<Action> Afterwards => afterwards;

    /// <summary>Has <paramref name="act"/> done once the transaction is committed, and never where it is
    /// not: what a unit of work may do besides writing. It must not throw.</summary>
    public void OnceCommitted(Action act) => afterwards.Add(act);

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
