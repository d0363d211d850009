namespace Lifeguard.Domain.Pools;

/// <summary>Tags of a pool (doc).</summary>
public static class TagRules
{
    public const int MaxTags = 50;

    private const string Allowed = "letters, digits, spaces or any of _ . : / = + - @";

    /// <summary>The tags of a new or updated pool if they may be; null for none.</summary>
    /// <exception cref="ApiException">UserPoolTaggingException.</exception>
    public static IReadOnlyDictionary<string, string>? Checked(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is not { Count: > 0 }) return null;
        return Fault(tags) is { } reason ? throw PoolRefusals.Tags(reason) : tags;
    }

    /// <summary>The tags of a pool once <paramref name="given"/> are added; of a key it has already, the new
    /// value counts.</summary>
    /// <exception cref="ApiException">InvalidParameterException: TagResource does not declare the error of
    /// its own that tags have elsewhere.</exception>
    public static IReadOnlyDictionary<string, string>? Added(
        IReadOnlyDictionary<string, string>? stored, IReadOnlyDictionary<string, string> given)
    {
        var tags = new Dictionary<string, string>(stored ?? new Dictionary<string, string>());
        foreach (var (key, value) in given) tags[key] = value;
        if (Fault(tags) is { } reason) throw Reject.InvalidParameter(reason);
        return OrNone(tags);
    }

    /// <summary>The tags of a pool without those of the given keys, whether it had them or not.</summary>
    public static IReadOnlyDictionary<string, string>? Removed(
        IReadOnlyDictionary<string, string>? stored, IEnumerable<string> keys)
    {
        var tags = new Dictionary<string, string>(stored ?? new Dictionary<string, string>());
        foreach (var key in keys) tags.Remove(key);
        return OrNone(tags);
    }

    /// <summary>Are they the same keys with the same values?</summary>
    public static bool AreSame(
        IReadOnlyDictionary<string, string>? one, IReadOnlyDictionary<string, string>? other) =>
        (one?.Count ?? 0) == (other?.Count ?? 0)
        && (one is null || one.All(tag => other!.TryGetValue(tag.Key, out var value) && value == tag.Value));

    private static string? Fault(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > MaxTags) return $"A user pool can have at most {MaxTags} tags.";
        foreach (var (key, value) in tags)
        {
            if (key.Length is < 1 or > 128 || !key.All(IsAllowed))
                return $"A tag key must be 1 to 128 {Allowed}.";
            if (value.Length > 256 || !value.All(IsAllowed))
                return $"A tag value must be 0 to 256 {Allowed}.";
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                return "Tag keys that begin with aws: are reserved.";
        }

        return null;
    }

    // No tags are the same as never any, in every answer.
    private static Dictionary<string, string>? OrNone(Dictionary<string, string> tags) =>
        tags.Count > 0 ? tags : null;

    private static bool IsAllowed(char character) =>
        char.IsLetterOrDigit(character) || char.IsSurrogate(character) || " _.:/=+-@".Contains(character);
}
