using Lifeguard.Contract;

namespace Lifeguard.Domain.Federation;

/// <summary>
/// What the claims of a provider become in a pool: its mapping is carried out at every sign-in (doc). A claim
/// that is not there, or empty, leaves what is stored alone.
/// </summary>
public sealed class MappedAttributes
{
    private static readonly string[] Contacts = [AttributeNames.Email, AttributeNames.PhoneNumber];

    private readonly UserPool pool;
    private readonly IdentityProvider provider;
    private readonly Dictionary<string, SchemaAttributeType> schema;
    private readonly List<KeyValuePair<string, string>> given;

    /// <param name="claims">By the provider's names.</param>
    /// <exception cref="FederationException">The client may not write one of the attributes, or a value
    /// cannot be theirs.</exception>
    public MappedAttributes(
        UserPool pool, AppClient client, IdentityProvider provider,
        IReadOnlyDictionary<string, string> claims)
    {
        (this.pool, this.provider) = (pool, provider);
        schema = (pool.Settings.SchemaAttributes ?? [])
            .ToDictionary(one => one.Name!, StringComparer.Ordinal);
        var all = Mapping(provider)
            .Where(pair => claims.GetValueOrDefault(pair.Value) is { Length: > 0 })
            .Select(pair => KeyValuePair.Create(pair.Key, claims[pair.Value])).ToList();
        // A flag alone would verify an address that the provider has not seen.
        given = [.. all.Where(pair => ContactOf(pair.Key) is not { } contact || all.Exists(IsOf(contact)))];
        Refuse(given.Where(pair => !MayWrite(client, pair.Key)));
        foreach (var (name, value) in given) MustFit(name, value);
    }

    /// <summary>The provider's mapping in the order of the pool's attributes, without the claim that names
    /// people.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Mapping(IdentityProvider provider) =>
        (provider.Settings.AttributeMapping ?? new Dictionary<string, string>())
            .Where(pair => pair.Key != ProviderRules.Username)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The attributes of a user who comes into being. What cannot change may still begin.</summary>
    /// <exception cref="FederationException">A required attribute is missing.</exception>
    public UserAttributes OfNew() => Complete(UserAttributes.Empty);

    /// <summary>The user with the attributes. One that cannot change is refused even where it would not
    /// (doc): mapped attributes have to be mutable.</summary>
    /// <exception cref="FederationException">That; or a required attribute is missing.</exception>
    public User Onto(User user, DateTimeOffset now)
    {
        Refuse(given.Where(pair => schema[pair.Key].Mutable == false));
        var attributes = Complete(user.Attributes);
        var pending = Contacts.Where(contact => given.Exists(IsOf(contact)))
            .Aggregate(user.Pending, (waiting, contact) => waiting.Without(contact));
        var isSame = attributes.SequenceEqual(user.Attributes) && pending.Count == user.Pending.Count;
        return isSame ? user : user with { Attributes = attributes, Pending = pending, ModifiedAt = now };
    }

    private UserAttributes Complete(UserAttributes current)
    {
        var attributes = given.Aggregate(
            current, (all, pair) => all.With(pair.Key, AttributeValue.Stored(schema[pair.Key], pair.Value)));
        foreach (var contact in Contacts) attributes = Verified(attributes, contact);
        var missing = AttributeSchema.Of(pool).Missing(attributes);
        return missing.Count == 0 ? attributes : throw ProviderErrors.Required(provider, missing);
    }

    /// <summary>An address that came from the provider is verified only where the provider says so
    /// (doc).</summary>
    private UserAttributes Verified(UserAttributes attributes, string contact)
    {
        var flag = AttributeNames.VerifiedFlag(contact);
        return given.Exists(IsOf(contact)) && !given.Exists(IsOf(flag))
            ? attributes.With(flag, false)
            : attributes;
    }

    private static Predicate<KeyValuePair<string, string>> IsOf(string name) => pair => pair.Key == name;

    /// <summary>The address that a flag is about; null for other attributes.</summary>
    private static string? ContactOf(string name) =>
        Array.Find(Contacts, contact => AttributeNames.VerifiedFlag(contact) == name);

    /// <summary>The flags of verification no client may write, and every provider may fill (doc).</summary>
    private static bool MayWrite(AppClient client, string name) =>
        ContactOf(name) is not null || client.MayWrite(name);

    private static void Refuse(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var names = pairs.Select(pair => pair.Key).ToList();
        if (names.Count > 0) throw ProviderErrors.NotUpdatable(names);
    }

    private void MustFit(string name, string value)
    {
        // The schema only grows, yet what is mapped was checked against it long ago.
        if (!schema.TryGetValue(name, out var attribute)) throw ProviderErrors.NotUpdatable([name]);
        if (provider.IsSaml && value.Any(char.IsSurrogate)) throw ProviderErrors.FourBytes(name);
        var limit = AttributeValue.LongestOf(attribute);
        if (value.EnumerateRunes().Count() > limit) throw ProviderErrors.TooLong(name, limit);
        if (AttributeValue.FormatViolation(name, value) is { } format)
            throw ProviderErrors.Misfit(name, format);
        if (AttributeValue.Violation(attribute, value) is { } broken)
            throw ProviderErrors.Misfit(name, broken);
    }
}
