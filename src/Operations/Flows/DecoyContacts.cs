using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>Addresses and numbers for those who have none, for pretending that something is sent there: the
/// name itself where it is one, and else a made-up one that always stays the same.</summary>
public sealed class DecoyContacts(Sealer sealer)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    /// <param name="name">As it was typed.</param>
    /// <param name="challenge">EMAIL_OTP, or SMS_OTP.</param>
    public CodeDestination Of(UserPool pool, SignInUser found, string name, string challenge)
    {
        var bytes = sealer.Pseudonym("decoy-contact", pool, $"{challenge}/{found.Sub}");
        if (challenge == ChallengeNameType.EmailOtp)
        {
            return new(
                AttributeNames.Email,
                AttributeValue.IsEmail(name) ? name : $"{Letters[bytes[0] % 26]}@{Letters[bytes[1] % 26]}");
        }

        return new(
            AttributeNames.PhoneNumber,
            AttributeValue.IsPhoneNumber(name)
                ? name
                : $"+1000000{bytes[0] % 10}{bytes[1] % 10}{bytes[2] % 10}{bytes[3] % 10}");
    }
}
