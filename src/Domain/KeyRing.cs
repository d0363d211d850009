namespace Lifeguard.Domain;

/// <summary>
/// The data keys of a deployment, unwrapped in memory. The newest seals; all of them open, so that a rotation
/// needs no pause.
/// </summary>
public sealed class KeyRing
{
    private volatile IReadOnlyDictionary<string, DataKey> byId = new Dictionary<string, DataKey>();
    private volatile DataKey? active;
    private volatile DataKey? oldest;

    /// <summary>The key that seals.</summary>
    public DataKey Active => active ?? throw new InvalidOperationException("No data key is loaded.");

    /// <summary>The first key of the deployment: for values that must stay the same for ever, such as the
    /// simulated answers for unknown users.</summary>
    public DataKey Oldest => oldest ?? throw new InvalidOperationException("No data key is loaded.");

    public DataKey? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Takes over <paramref name="keys"/>; the one created last becomes active.</summary>
    public void Load(IEnumerable<DataKey> keys)
    {
        var all = keys.ToDictionary(key => key.Id);
        byId = all;
        oldest = all.Values.MinBy(key => (key.CreatedAt, key.Id));
        active = all.Values.MaxBy(key => (key.CreatedAt, key.Id));
    }
}

/// <summary>32 bytes that seal, under an id that travels in front of what was sealed.</summary>
public sealed record DataKey(string Id, byte[] Key, DateTimeOffset CreatedAt)
{
    /// <summary>Never prints the key.</summary>
    public override string ToString() => $"DataKey {Id}";
}
