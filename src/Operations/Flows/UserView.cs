using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Mfa;

namespace Lifeguard.Operations.Flows;

/// <summary>Users as answers show them.</summary>
public static class UserView
{
    /// <summary>As administrators see a user; all attributes,
    /// or those that <paramref name="shows"/> picks.</summary>
    public static UserType Of(User user, Func<string, bool>? shows = null) => new()
    {
        Username = user.Username,
        Attributes = Attributes(user, shows),
        UserCreateDate = user.CreatedAt,
        UserLastModifiedDate = user.ModifiedAt,
        Enabled = user.Enabled,
        UserStatus = user.Status,
        MFAOptions = LegacyMfaOptions.Of(user),
    };

    /// <summary><c>sub</c> first, then the rest (observed).</summary>
    public static IReadOnlyList<AttributeType> Attributes(User user, Func<string, bool>? shows = null)
    {
        var all = new List<AttributeType>(user.Attributes.Count + 1);
        if (shows?.Invoke(AttributeNames.Sub) != false)
            all.Add(new() { Name = AttributeNames.Sub, Value = user.Sub });
        foreach (var (name, value) in user.Attributes)
        {
            if (shows?.Invoke(name) != false) all.Add(new() { Name = name, Value = value });
        }

        return all;
    }

    /// <summary>Absent where the user has switched nothing on (observed).</summary>
    public static IReadOnlyList<string>? MfaSettings(User user) =>
        user.Mfa.Enabled is { Count: > 0 } on ? on : null;

    /// <summary>The attributes of a request; a name without a value counts as empty, of a name given twice
    /// the last value counts.</summary>
    public static UserAttributes Read(IReadOnlyList<AttributeType>? attributes) => UserAttributes.From(
        (attributes ?? []).Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Value ?? "")));

    /// <summary>The names as an update that deletes them all.</summary>
    public static UserAttributes Deletions(IReadOnlyList<string> names) =>
        UserAttributes.From(names.Select(name => KeyValuePair.Create(name, "")));

    /// <summary>What permission is asked for in an update: nobody may change <c>sub</c>, and that is for the
    /// schema to say.</summary>
    public static IEnumerable<string> Changeable(UserAttributes changes) =>
        changes.Select(change => change.Key).Where(name => name != AttributeNames.Sub);

    /// <summary>Name and value pairs as triggers receive them; null for none.</summary>
    public static IReadOnlyDictionary<string, string>? ReadMap(IReadOnlyList<AttributeType>? pairs) =>
        pairs is null ? null : Read(pairs).ToDictionary(pair => pair.Key, pair => pair.Value);
}
