using Lifeguard.Contract;

namespace Lifeguard.Domain;

/// <summary>
/// The attributes a pool's users may have, and the checks of what is written into them. What is refused is
/// refused whole; admitted values come back in their stored form.
/// </summary>
public sealed class AttributeSchema
{
    /// <summary>Unknown names that a refusal tells; a request may hold tens of thousands.</summary>
    private const int MostTold = 50;

    private readonly Dictionary<string, SchemaAttributeType> byName;
    private readonly IReadOnlyList<SchemaAttributeType> attributes;
    private readonly IReadOnlyList<string> namesOfUsers;

    private AttributeSchema(
        IReadOnlyList<SchemaAttributeType> attributes, IReadOnlyList<string> namesOfUsers)
    {
        this.attributes = attributes;
        this.namesOfUsers = namesOfUsers;
        byName = attributes.ToDictionary(attribute => attribute.Name!, StringComparer.Ordinal);
    }

    public static AttributeSchema Of(UserPool pool) =>
        new(pool.Settings.SchemaAttributes ?? [], pool.Settings.UsernameAttributes ?? []);

    public bool Has(string name) => byName.ContainsKey(name);

    /// <summary>Required attributes that are not there, in
    /// schema order; <c>sub</c> is the server's own.</summary>
    public IReadOnlyList<string> Missing(UserAttributes given) =>
        [.. attributes
            .Where(attribute => attribute.Required == true && attribute.Name != AttributeNames.Sub)
            .Select(attribute => attribute.Name!)
            .Where(name => !given.Has(name))];

    /// <summary>The refusal of an attribute that the client may not write (observed).</summary>
    public static ApiException NotWritable() =>
        Reject.NotAuthorized("A client attempted to write unauthorized attribute");

    /// <summary>Refuses what the client may not write. Names that nobody has are the schema's to
    /// refuse.</summary>
    /// <exception cref="ApiException">NotAuthorizedException.</exception>
    public void MustBeWritable(AppClient client, IEnumerable<string> names)
    {
        if (names.Any(name => Has(name) && !client.MayWrite(name))) throw NotWritable();
    }

    /// <summary>Attributes of a new user, or of one who completes
    /// the profile. Empty values are left out.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public UserAttributes Admit(UserAttributes given)
    {
        var admitted = UserAttributes.Empty;
        foreach (var (name, value) in given)
        {
            if (!byName.TryGetValue(name, out var attribute))
                throw NotConforming($"Type for attribute {{{name}}} could not be determined");
            MustNotBeServersOwn(name);
            if (value.Length == 0 && name is not (AttributeNames.Email or AttributeNames.PhoneNumber))
                continue;
            if (AttributeValue.Violation(attribute, value) is { } broken)
                throw NotConforming($"{name}: {broken}");
            admitted = admitted.With(name, AttributeValue.Stored(attribute, value));
        }

        MustHaveWhatIsJudged(admitted, admitted.IsTrue);
        return admitted;
    }

    /// <summary>Refuses a profile that lacks required attributes, naming each on a line (observed).</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public void MustBeComplete(UserAttributes given)
    {
        var missing = Missing(given);
        if (missing.Count == 0) return;
        throw NotConforming(string.Concat(missing.Select(name => $"{name}: The attribute is required\n")));
    }

    /// <summary>
    /// The attributes of an existing user after an update: an empty value deletes, immutable ones stay. All
    /// violations are told at once, a line each (observed).
    /// </summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public UserAttributes Update(UserAttributes current, UserAttributes changes)
    {
        if (changes.FirstOrDefault(change => !Has(change.Key)) is { Key: not null })
        {
            var unknown = changes.Where(change => !Has(change.Key)).Take(MostTold).Select(change =>
                $"user.{change.Key}: Attribute does not exist in the schema.\n");
            throw Reject.InvalidParameter("Invalid user attributes: " + string.Concat(unknown));
        }

        var broken = string.Concat(
            changes.Select(change => UpdateViolation(current, change.Key, change.Value)));
        if (broken.Length > 0) throw Reject.InvalidParameter(broken);
        var updated = changes.Aggregate(current, (all, change) => Apply(all, change.Key, change.Value));
        MustHaveWhatIsJudged(updated, flag => changes[flag] is { Length: > 0 });
        MustKeepAName(current, updated);
        return updated;
    }

    private string? UpdateViolation(UserAttributes current, string name, string value)
    {
        var attribute = byName[name];
        var isOwn = name is AttributeNames.Sub or AttributeNames.Identities;
        // Nothing is as good as empty: who deletes what is not there changes nothing.
        var isChange = (current[name] ?? "") != AttributeValue.Stored(attribute, value);
        if (isOwn || (attribute.Mutable == false && isChange))
            return $"user.{name}: Attribute cannot be updated.\n";
        if (value.Length == 0)
        {
            return attribute.Required == true ? CannotBeDeleted(name) : null;
        }

        if (AttributeValue.FormatViolation(name, value) is { } format) throw Reject.InvalidParameter(format);
        return AttributeValue.Violation(attribute, value) is { } broken ? $"user.{name}: {broken}\n" : null;
    }

    private UserAttributes Apply(UserAttributes all, string name, string value)
    {
        if (value.Length > 0) return all.With(name, AttributeValue.Stored(byName[name], value));
        // A flag without its address would verify whatever address comes next.
        return name is AttributeNames.Email or AttributeNames.PhoneNumber
            ? all.Without(name).Without(AttributeNames.VerifiedFlag(name))
            : all.Without(name);
    }

    /// <summary>A verification flag needs something to verify: a new user's where it is true, in an update
    /// either way (observed).</summary>
    private static void MustHaveWhatIsJudged(UserAttributes given, Func<string, bool> isJudged)
    {
        if (isJudged(AttributeNames.EmailVerified) && !given.Has(AttributeNames.Email))
            throw Reject.InvalidParameter("Email is required to verify/un-verify an email");
        if (isJudged(AttributeNames.PhoneNumberVerified) && !given.Has(AttributeNames.PhoneNumber))
            throw Reject.InvalidParameter("Phone Number is required to verify/un-verify a phone number");
    }

    /// <summary>Where people sign in with an address or number, a user without any could not be named any
    /// more: there these attributes are required without being marked (doc).</summary>
    private void MustKeepAName(UserAttributes current, UserAttributes updated)
    {
        if (namesOfUsers.FirstOrDefault(current.Has) is { } name && !namesOfUsers.Any(updated.Has))
            throw Reject.InvalidParameter(CannotBeDeleted(name));
    }

    private static string CannotBeDeleted(string name) =>
        $"user.{name}: Required attribute cannot be deleted.\n";

    private static void MustNotBeServersOwn(string name)
    {
        if (name is AttributeNames.Sub or AttributeNames.Identities)
            throw Reject.InvalidParameter($"user.{name}: Attribute cannot be updated.\n");
    }

    private static ApiException NotConforming(string reason) =>
        Reject.InvalidParameter("Attributes did not conform to the schema: " + reason);
}
