namespace Lifeguard.Domain;

/// <summary>Attribute names that rules hang on.</summary>
public static class AttributeNames
{
    public const string Sub = "sub";
    public const string Email = "email";
    public const string EmailVerified = "email_verified";
    public const string PhoneNumber = "phone_number";
    public const string PhoneNumberVerified = "phone_number_verified";
    public const string PreferredUsername = "preferred_username";
    public const string Identities = "identities";
    public const string Birthdate = "birthdate";

    /// <summary>Attributes that only administrators see and write (doc).</summary>
    public static bool IsDeveloperOnly(string name) => name.StartsWith("dev:", StringComparison.Ordinal);

    /// <summary>The flag that says whether <paramref name="contact"/>
    /// (e-mail or phone) is verified.</summary>
    public static string VerifiedFlag(string contact) => contact + "_verified";
}
