namespace Lifeguard.Domain;

/// <summary>
/// The data keys of a deployment, unwrapped in memory. The newest seals; all of them open, so that a rotation
/// needs no pause.
/// </summary>
public sealed class KeyRing
{
    /// <summary>How long a new key waits; nodes load the keys anew several times in this span.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    private volatile IReadOnlyDictionary<string, DataKey> byId = new Dictionary<string, DataKey>();
    private volatile DataKey? active;
    private volatile DataKey? oldest;

    /// <summary>The key that seals.</summary>
    public DataKey Active => active ?? throw new InvalidOperationException("No data key is loaded.");

    /// <summary>The first key of the deployment: for values that must stay the same for ever, such as the
    /// simulated answers for unknown users.</summary>
    public DataKey Oldest => oldest ?? throw new InvalidOperationException("No data key is loaded.");

    /// <summary>Every key that opens.</summary>
    public IEnumerable<DataKey> All => byId.Values;

    public DataKey? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>
    /// Takes over <paramref name="keys"/>. The newest becomes active once it has been there long enough for
    /// every node to have loaded it: nobody may seal with a key that others cannot open yet.
    /// </summary>
    public void Load(IEnumerable<DataKey> keys, DateTimeOffset now)
    {
        var all = keys.ToDictionary(key => key.Id);
        byId = all;
        oldest = all.Values.MinBy(key => (key.CreatedAt, key.Id));
        active = all.Values
            .Where(key => key.CreatedAt <= now - Settling)
            .MaxBy(key => key.CreatedAt) ?? oldest;
    }
}

/// <summary>32 bytes that seal, under an id that travels in front of what was sealed.</summary>
public sealed record DataKey(string Id, byte[] Key, DateTimeOffset CreatedAt)
{
    /// <summary>Never prints the key.</summary>
    public override string ToString() => $"DataKey {Id}";
}
