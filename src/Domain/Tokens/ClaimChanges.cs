using System.Text.Json;

namespace Lifeguard.Domain.Tokens;

/// <summary>What a function changes in the claims of one token: only what it may change. The rest of what it
/// asked for is dropped silently, as the service does.</summary>
public sealed class ClaimChanges
{
    /// <summary>Nothing is changed.</summary>
    public static readonly ClaimChanges None = new([], []);

    private readonly Dictionary<string, JsonElement> added;
    private readonly HashSet<string> suppressed;

    private ClaimChanges(Dictionary<string, JsonElement> added, HashSet<string> suppressed) =>
        (this.added, this.suppressed) = (added, suppressed);

    public bool IsNone => added.Count == 0 && suppressed.Count == 0;

    /// <summary>The changes of an ID token. Whoever takes the groups out takes out what comes with them
    /// (doc).</summary>
    public static ClaimChanges OfId(
        IEnumerable<KeyValuePair<string, JsonElement>> added, IEnumerable<string> suppressed)
    {
        var gone = suppressed.Where(ClaimRules.MaySuppressInId).ToHashSet(StringComparer.Ordinal);
        if (gone.Contains(ClaimRules.Groups)) gone.UnionWith(ClaimRules.OfGroups);
        return Of(added.Where(claim => ClaimRules.MayAddToId(claim.Key, claim.Value)), gone);
    }

    /// <summary>The changes of an access token.</summary>
    /// <param name="clientId">The only value that its <c>aud</c> may get (doc).</param>
    public static ClaimChanges OfAccess(
        IEnumerable<KeyValuePair<string, JsonElement>> added, IEnumerable<string> suppressed,
        string clientId) => Of(
        added.Where(claim => ClaimRules.MayAddToAccess(claim.Key, claim.Value, clientId)),
        suppressed.Where(ClaimRules.MaySuppressInAccess).ToHashSet(StringComparer.Ordinal));

    /// <summary>Writes the members of a JSON object of claims as they are after the changes: each in its
    /// place, and what is new after them.</summary>
    public void Apply(ReadOnlyMemory<byte> claims, Utf8JsonWriter writer)
    {
        using var document = JsonDocument.Parse(claims);
        var written = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        foreach (var claim in document.RootElement.EnumerateObject())
        {
            written.Add(claim.Name);
            if (suppressed.Contains(claim.Name)) continue;
            writer.WritePropertyName(claim.Name);
            (added.TryGetValue(claim.Name, out var value) ? value : claim.Value).WriteTo(writer);
        }

        foreach (var (name, value) in added.Where(claim => !written.Contains(claim.Key)))
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    // Suppression wins (doc). A claim without a value is no claim.
    private static ClaimChanges Of(
        IEnumerable<KeyValuePair<string, JsonElement>> added, HashSet<string> suppressed) => new(
        added
            .Where(claim => claim.Value.ValueKind != JsonValueKind.Null && !suppressed.Contains(claim.Key))
            .ToDictionary(StringComparer.Ordinal),
        suppressed);
}
