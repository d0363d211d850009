namespace Lifeguard.Domain;

/// <summary>
/// A one-time code that was sent to a user. One lives per user and kind; a new one replaces it.
/// </summary>
/// <param name="Hash">Keyed hash of the digits; the digits themselves are never stored.</param>
/// <param name="Attribute"><c>email</c> or <c>phone_number</c>: where the code went.</param>
/// <param name="Value">The address or number it went to. The code dies when the user's value changes.</param>
public sealed record ConfirmationCode(
    string PoolId,
    string Sub,
    CodeKind Kind,
    byte[] Hash,
    string Attribute,
    string Value,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt)
{
    /// <summary>Wrong answers, after which even the right one is refused.</summary>
    public const int MaxTries = 5;

    /// <summary>The kind that verifies <paramref name="contact"/>, e-mail or phone.</summary>
    public static CodeKind KindFor(string contact) =>
        contact == AttributeNames.Email ? CodeKind.VerifyEmail : CodeKind.VerifyPhoneNumber;

    /// <summary>Never prints its members.</summary>
    public override string ToString() => nameof(ConfirmationCode);
}

/// <summary>What a code is good for.</summary>
public enum CodeKind
{
    /// <summary>Confirms a sign-up; 24 hours (doc).</summary>
    SignUp,

    /// <summary>Sets a new password; one hour (doc).</summary>
    Reset,

    /// <summary>Verifies the e-mail address; 24 hours (doc).</summary>
    VerifyEmail,

    /// <summary>Verifies the phone number; 24 hours (doc).</summary>
    VerifyPhoneNumber,
}
