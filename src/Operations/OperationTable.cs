using System.Collections.Concurrent;
using Lifeguard.Contract;

namespace Lifeguard.Operations;

/// <summary>All operations of the contract by name. Entries are made when first asked for, so that a start
/// costs nothing for the operations nobody calls.</summary>
public static partial class OperationTable
{
    private static readonly ConcurrentDictionary<string, OperationEntry> Entries =
        new(StringComparer.Ordinal);

    /// <summary>The entry of an operation; null for a name the contract does not know.</summary>
    public static OperationEntry? Find(string name) =>
        OperationFactsTable.All.ContainsKey(name) ? Entries.GetOrAdd(name, Entry) : null;
}
