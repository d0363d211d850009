namespace Lifeguard.Domain.Pools;

/// <summary>Tags of a pool (doc).</summary>
public static class TagRules
{
    public const int MaxTags = 50;

    private const string Allowed = "letters, digits, spaces or any of _ . : / = + - @";

    /// <summary>The tags if they may be; null for none.</summary>
    /// <exception cref="ApiException">UserPoolTaggingException.</exception>
    public static IReadOnlyDictionary<string, string>? Checked(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is not { Count: > 0 }) return null;
        if (tags.Count > MaxTags) throw PoolRefusals.Tags($"A user pool can have at most {MaxTags} tags.");
        foreach (var (key, value) in tags)
        {
            if (key.Length is < 1 or > 128 || !key.All(IsAllowed))
                throw PoolRefusals.Tags($"A tag key must be 1 to 128 {Allowed}.");
            if (value.Length > 256 || !value.All(IsAllowed))
                throw PoolRefusals.Tags($"A tag value must be 0 to 256 {Allowed}.");
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw PoolRefusals.Tags("Tag keys that begin with aws: are reserved.");
        }

        return tags;
    }

    private static bool IsAllowed(char character) =>
        char.IsLetterOrDigit(character) || char.IsSurrogate(character) || " _.:/=+-@".Contains(character);
}
