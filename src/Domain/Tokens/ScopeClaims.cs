namespace Lifeguard.Domain.Tokens;

/// <summary>Which attributes of a user the scopes of a token show (doc).</summary>
public static class ScopeClaims
{
    /// <summary>The token tells who its user is.</summary>
    public const string OpenId = "openid";

    private const string Email = "email";
    private const string Phone = "phone";
    private const string Profile = "profile";

    private static readonly HashSet<string> OfProfile = new(StringComparer.Ordinal)
    {
        "name", "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile",
        "picture", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at",
    };

    /// <summary>Do these scopes, <c>openid</c> among them, show the attribute? Alone it shows all; scopes
    /// that name some of them narrow that down, but for who the user is here and at other providers
    /// (observed).</summary>
    public static bool Shows(IReadOnlyList<string> scopes, string attribute)
    {
        if (attribute is AttributeNames.Sub or AttributeNames.Identities) return true;
        if (!scopes.Any(scope => scope is Email or Phone or Profile)) return true;
        return attribute switch
        {
            AttributeNames.Email or AttributeNames.EmailVerified => scopes.Contains(Email),
            AttributeNames.PhoneNumber or AttributeNames.PhoneNumberVerified => scopes.Contains(Phone),
            _ => scopes.Contains(Profile) && IsOfProfile(attribute),
        };
    }

    private static bool IsOfProfile(string attribute) =>
        OfProfile.Contains(attribute) || attribute.StartsWith("custom:", StringComparison.Ordinal);
}
