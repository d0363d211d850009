namespace Lifeguard.Domain;

/// <summary>
/// The name a new user is known by, and the attribute that comes with it: in pools that sign in with e-mail
/// or phone, the given name becomes that attribute, and the user name is generated (doc).
/// </summary>
/// <param name="Attribute">The attribute the given name was; null in pools with chosen names.</param>
public sealed record NewUserName(string Username, string? Attribute)
{
    /// <exception cref="ApiException">InvalidParameterException:
    /// not of the form the pool asks for.</exception>
    public static NewUserName From(UserPool pool, string given, string sub)
    {
        if (pool.SignsInWithAttributes) return new(sub, AttributeOf(pool, given));
        if (pool.HasAlias(AttributeNames.Email) && AttributeValue.LooksLikeEmail(given))
        {
            throw Reject.InvalidParameter(
                "Username cannot be of email format, since user pool is configured for email alias.");
        }

        if (pool.HasAlias(AttributeNames.PhoneNumber) && AttributeValue.IsPhoneNumber(given))
        {
            throw Reject.InvalidParameter(
                "Username cannot be of phone number format, "
                + "since user pool is configured for phone number alias.");
        }

        return new(pool.Fold(given), null);
    }

    /// <summary>The submitted attributes with the one the name was.</summary>
    /// <exception cref="ApiException">InvalidParameterException:
    /// another value was submitted as well.</exception>
    public UserAttributes Complete(UserPool pool, UserAttributes given, string name)
    {
        if (Attribute is null) return given;
        // As the pool compares: a spelling that is another value there could not be signed in with.
        if (given[Attribute] is { } other
            && pool.FoldAlias(Attribute, other) != pool.FoldAlias(Attribute, name))
        {
            throw Reject.InvalidParameter(
                $"User name and the attribute {Attribute} must have the same value.");
        }

        return given.Has(Attribute) ? given : given.With(Attribute, name);
    }

    private static string AttributeOf(UserPool pool, string given)
    {
        var byEmail = pool.UsesAsUsername(AttributeNames.Email);
        var byPhone = pool.UsesAsUsername(AttributeNames.PhoneNumber);
        if (byEmail && AttributeValue.LooksLikeEmail(given)) return AttributeNames.Email;
        if (byPhone && AttributeValue.IsPhoneNumber(given)) return AttributeNames.PhoneNumber;
        throw Reject.InvalidParameter((byEmail, byPhone) switch
        {
            (true, true) => "Username should be either an email or a phone number.",
            (true, false) => "Username should be an email.",
            _ => "Username should be a phone number.",
        });
    }
}
