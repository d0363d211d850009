using System.Text;
using Lifeguard.Contract;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Domain;

/// <summary>Where a code goes.</summary>
/// <param name="Attribute"><c>email</c> or <c>phone_number</c>.</param>
/// <param name="Value">The address or number.</param>
public sealed record CodeDestination(string Attribute, string Value)
{
    public DeliveryMedium Medium =>
        Attribute == AttributeNames.PhoneNumber ? DeliveryMedium.Sms : DeliveryMedium.Email;

    /// <summary>What the client is told: the destination masked as the service masks it (observed).</summary>
    public CodeDeliveryDetailsType Details => new()
    {
        Destination = Medium == DeliveryMedium.Sms ? MaskPhoneNumber(Value) : MaskEmail(Value),
        DeliveryMedium = Medium == DeliveryMedium.Sms ? "SMS" : "EMAIL",
        AttributeName = Attribute,
    };

    /// <summary>Where a second factor sends its code, verified or not (doc); null where the user has no such
    /// contact, and for factors that send nothing.</summary>
    public static CodeDestination? ForFactor(User user, string factor)
    {
        var attribute = factor switch
        {
            ChallengeNameType.SmsMfa or ChallengeNameType.SmsOtp => AttributeNames.PhoneNumber,
            ChallengeNameType.EmailOtp => AttributeNames.Email,
            _ => null,
        };
        return attribute is not null && user.Attributes[attribute] is { } value
            ? new(attribute, value)
            : null;
    }

    /// <summary>At sign-up and resend: a phone number before an e-mail address, as far as the pool verifies
    /// them and the user has them; null for none (doc).</summary>
    public static CodeDestination? ForVerification(UserPool pool, User user)
    {
        foreach (var attribute in (ReadOnlySpan<string>)[AttributeNames.PhoneNumber, AttributeNames.Email])
        {
            if (pool.AutoVerifies(attribute) && user.Attributes[attribute] is { } value)
                return new(attribute, value);
        }

        return null;
    }

    /// <summary>For verifying an attribute at the user's own wish: the new value where one waits for its
    /// code, else the present one, verified or not (observed).</summary>
    /// <exception cref="ApiException">InvalidParameterException: not an address or number, or the user has
    /// none.</exception>
    public static CodeDestination ForAttribute(User user, string attribute)
    {
        MustBeContact(attribute);
        return (user.Pending[attribute] ?? user.Attributes[attribute]) is { } value
            ? new(attribute, value)
            : throw Reject.InvalidParameter(attribute == AttributeNames.Email
                ? "User does not have a valid registered email address"
                : "User does not have a valid registered phone number");
    }

    /// <exception cref="ApiException">InvalidParameterException: not an address or number.</exception>
    public static void MustBeContact(string attribute)
    {
        if (attribute is AttributeNames.Email or AttributeNames.PhoneNumber) return;
        throw Reject.InvalidParameter(
            "Invalid attribute name. Only phone_number and email can be verified.");
    }

    /// <summary>
    /// For a password reset: the first verified contact in the order of the pool's AccountRecoverySetting. A
    /// channel that is a second factor of the user cannot also recover the password (doc).
    /// </summary>
    /// <exception cref="ApiException">NotAuthorizedException where only an administrator may recover,
    /// InvalidParameterException where the user has no usable verified contact.</exception>
    public static CodeDestination ForRecovery(UserPool pool, User user)
    {
        if (IsForAdministratorsOnly(pool)) throw Reject.RecoveryByAdministratorOnly();
        return RecoveryContact(pool, user) ?? throw Reject.NoRecoveryContact();
    }

    /// <summary>May the user recover the password alone? Clients that hide existence treat all others as
    /// nobody.</summary>
    public static bool MayRecover(UserPool pool, User user) =>
        user.Enabled
        && user.IsResettable
        && !IsForAdministratorsOnly(pool)
        && RecoveryContact(pool, user) is not null;

    /// <summary>Does the user wait for a code that can be sent again? Clients that hide existence treat all
    /// others as nobody.</summary>
    public static bool MayVerify(UserPool pool, User user) =>
        user.Enabled
        && user.Status == UserStatusType.Unconfirmed
        && ForVerification(pool, user) is not null;

    /// <summary>Does the pool leave the recovery of passwords to administrators?</summary>
    public static bool IsForAdministratorsOnly(UserPool pool) =>
        pool.Settings.AccountRecoverySetting?.RecoveryMechanisms?
            .Any(each => each.Name == "admin_only") == true;

    /// <summary>First characters of the local part and the domain: <c>t***@e***</c>. One that UTF-16 spells
    /// in two halves is shown whole.</summary>
    public static string MaskEmail(string address)
    {
        var at = address.LastIndexOf('@');
        return at <= 0 || at == address.Length - 1
            ? "***"
            : $"{First(address)}***@{First(address[(at + 1)..])}***";
    }

    /// <summary>A star for every digit but the last four: <c>+*******9934</c>.</summary>
    public static string MaskPhoneNumber(string number)
    {
        var digits = number.TrimStart('+');
        var shown = Math.Min(4, digits.Length);
        return "+" + new string('*', digits.Length - shown) + digits[^shown..];
    }

    private static Rune First(string text) => text.EnumerateRunes().First();

    private static CodeDestination? RecoveryContact(UserPool pool, User user)
    {
        var mechanisms = pool.Settings.AccountRecoverySetting?.RecoveryMechanisms;
        if (mechanisms is not { Count: > 0 })
            return Verified(user, AttributeNames.PhoneNumber) ?? Verified(user, AttributeNames.Email);

        foreach (var mechanism in mechanisms.OrderBy(mechanism => mechanism.Priority))
        {
            var attribute = mechanism.Name == "verified_email"
                ? AttributeNames.Email
                : AttributeNames.PhoneNumber;
            if (!IsSecondFactor(pool, user, attribute) && Verified(user, attribute) is { } destination)
                return destination;
        }

        return null;
    }

    /// <summary>Switched on by the user (doc: "activated"), or what a sign-in asks for because the pool
    /// demands a second factor and the user has switched none on (doc). Where it could be either channel, as
    /// the user then chooses, neither is excluded: nobody is to be left without any.</summary>
    private static bool IsSecondFactor(UserPool pool, User user, string attribute)
    {
        var factor = attribute == AttributeNames.Email
            ? ChallengeNameType.EmailOtp
            : ChallengeNameType.SmsMfa;
        var active = UserFactors.ActivelySent(pool, user);
        return active.Contains(factor) && (user.Mfa.Has(factor) || active.Count == 1);
    }

    private static CodeDestination? Verified(User user, string attribute) =>
        user.Attributes.IsTrue(AttributeNames.VerifiedFlag(attribute))
        && user.Attributes[attribute] is { } value
            ? new(attribute, value)
            : null;
}
