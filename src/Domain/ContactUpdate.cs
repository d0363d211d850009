namespace Lifeguard.Domain;

/// <summary>
/// What an update of attributes does to a user's e-mail address and phone number: take effect at once
/// unverified, or wait for a code, as the pool asks (doc).
/// </summary>
/// <param name="User">The user afterwards.</param>
/// <param name="ToVerify">New contacts that get a code.</param>
public sealed record ContactUpdate(User User, IReadOnlyList<CodeDestination> ToVerify)
{
    private static readonly string[] Contacts = [AttributeNames.Email, AttributeNames.PhoneNumber];

    /// <param name="changes">Names and new values; an empty value deletes. Verification flags among them are
    /// an administrator's word; callers refuse them from anybody else before.</param>
    /// <exception cref="ApiException">InvalidParameterException: the schema refuses a change.</exception>
    public static ContactUpdate Of(UserPool pool, User user, UserAttributes changes, DateTimeOffset now)
    {
        var updated = AttributeSchema.Of(pool).Update(user.Attributes, changes);
        var pending = user.Pending;
        var toVerify = new List<CodeDestination>();
        foreach (var contact in Contacts)
        {
            var flag = AttributeNames.VerifiedFlag(contact);
            if (changes[contact] is not { Length: > 0 } value)
            {
                if (changes.Has(contact)) pending = pending.Without(contact);
                continue;
            }

            pending = pending.Without(contact);
            if (value == user.Attributes[contact]) continue;
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

        return new(user with { Attributes = updated, Pending = pending, ModifiedAt = now }, toVerify);
    }

    private static UserAttributes Restored(UserAttributes updated, UserAttributes before, string contact)
    {
        var flag = AttributeNames.VerifiedFlag(contact);
        updated = before[contact] is { } value ? updated.With(contact, value) : updated.Without(contact);
        return before[flag] is { } verified ? updated.With(flag, verified) : updated.Without(flag);
    }
}
