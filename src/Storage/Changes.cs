namespace Lifeguard.Storage;

/// <summary>
/// Tells caches what was committed, here or on another node. A change is a topic and a key with a colon
/// between, such as <c>pool:us-east-1_Ab1Cd2Ef3</c>.
/// </summary>
internal sealed class Changes
{
    private readonly Lock gate = new();
    private volatile IReadOnlyList<Action<string?>> listeners = [];

    /// <summary><paramref name="listener"/> gets the key of each change of <paramref name="topic"/>, or null
    /// where anything may have changed.</summary>
    public void Subscribe(string topic, Action<string?> listener)
    {
        var start = topic + ":";
        Action<string?> filtered = change =>
        {
            if (change is null) listener(null);
            else if (change.StartsWith(start, StringComparison.Ordinal)) listener(change[start.Length..]);
        };
        lock (gate) listeners = [.. listeners, filtered];
    }

    /// <param name="change">Null where anything may have changed.</param>
    public void Publish(string? change)
    {
        foreach (var listener in listeners) listener(change);
    }
}
