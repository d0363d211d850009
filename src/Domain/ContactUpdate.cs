namespace Lifeguard.Domain;

/// <summary>
/// What an update of attributes does to a user's e-mail address and phone number: take effect at once
/// unverified, or wait for a code, as the pool asks (doc).
/// </summary>
/// <param name="User">The user afterwards.</param>
/// <param name="New">Addresses and numbers that the user did not have, effective or waiting.</param>
/// <param name="ToVerify">Those of them that get a code.</param>
/// <param name="Changed">Contacts whose present or waiting value is another one now, or none: what was sent
/// to the old one proves nothing any more.</param>
public sealed record ContactUpdate(
    User User,
    IReadOnlyList<CodeDestination> New,
    IReadOnlyList<CodeDestination> ToVerify,
    IReadOnlyList<string> Changed)
{
    private static readonly string[] Contacts = [AttributeNames.Email, AttributeNames.PhoneNumber];

    /// <param name="changes">Names and new values; an empty value deletes. Verification flags among them are
    /// an administrator's word; callers refuse them from anybody else before.</param>
    /// <exception cref="ApiException">InvalidParameterException: the schema refuses a change.</exception>
    public static ContactUpdate Of(UserPool pool, User user, UserAttributes changes, DateTimeOffset now)
    {
        var updated = AttributeSchema.Of(pool).Update(user.Attributes, changes);
        var pending = user.Pending;
        var (added, toVerify) = (new List<CodeDestination>(), new List<CodeDestination>());
        foreach (var contact in Contacts)
        {
            var flag = AttributeNames.VerifiedFlag(contact);
            if (changes[contact] is not { Length: > 0 } value)
            {
                if (changes.Has(contact)) pending = pending.Without(contact);
                continue;
            }

            pending = pending.Without(contact);
            // Another spelling of an address that the pool does not tell apart leaves it proved.
            if (IsSame(pool, contact, user.Attributes[contact], value)) continue;
            added.Add(new(contact, value));
            var isDeclaredVerified =
                changes[flag]?.Equals("true", StringComparison.OrdinalIgnoreCase) == true;
            if (pool.RequiresVerificationBeforeUpdate(contact) && !isDeclaredVerified)
            {
                // The old value keeps working until the new one is proved.
                pending = pending.With(contact, value);
                updated = Restored(updated, user.Attributes, contact);
                toVerify.Add(new(contact, value));
                continue;
            }

            if (isDeclaredVerified) continue;
            updated = updated.With(flag, false);
            if (pool.AutoVerifies(contact)) toVerify.Add(new(contact, value));
        }

        string[] changed = [.. Contacts.Where(contact =>
            updated[contact] != user.Attributes[contact] || pending[contact] != user.Pending[contact])];
        var after = user with { Attributes = updated, Pending = pending, ModifiedAt = now };
        return new(after, added, toVerify, changed);
    }

    private static bool IsSame(UserPool pool, string contact, string? present, string value) =>
        present is not null && pool.FoldAlias(contact, present) == pool.FoldAlias(contact, value);

    private static UserAttributes Restored(UserAttributes updated, UserAttributes before, string contact)
    {
        var flag = AttributeNames.VerifiedFlag(contact);
        updated = before[contact] is { } value ? updated.With(contact, value) : updated.Without(contact);
        return before[flag] is { } verified ? updated.With(flag, verified) : updated.Without(flag);
    }
}
