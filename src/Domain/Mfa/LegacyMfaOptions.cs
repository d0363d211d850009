using Lifeguard.Contract;

namespace Lifeguard.Domain.Mfa;

/// <summary>The retired MFA options, which know SMS alone (doc).</summary>
public static class LegacyMfaOptions
{
    /// <summary>The user with SMS switched on, or off where the list is empty.</summary>
    /// <exception cref="ApiException">InvalidParameterException: something else than SMS to the phone number,
    /// or no phone number.</exception>
    public static User Apply(IReadOnlyList<MFAOptionType> options, User user, DateTimeOffset now)
    {
        // The words are our own.
        if (!options.All(IsSms))
            throw Reject.InvalidParameter("MFAOptions may hold SMS for phone_number alone.");
        var mfa = user.Mfa.Without(ChallengeNameType.SmsMfa) with { IsLegacy = false };
        if (options.Count == 0) return user with { Mfa = mfa, ModifiedAt = now };
        if (!user.Attributes.Has(AttributeNames.PhoneNumber))
        {
            throw Reject.InvalidParameter(
                $"User does not have delivery config set to turn on {ChallengeNameType.SmsMfa}");
        }

        return user with
        {
            Mfa = user.Mfa.With(ChallengeNameType.SmsMfa) with { IsLegacy = true },
            ModifiedAt = now,
        };
    }

    /// <summary>What GetUser shows; null for users whose factors were set otherwise (doc).</summary>
    public static IReadOnlyList<MFAOptionType>? Of(User user) => user.Mfa.IsLegacy
        ? [new() { DeliveryMedium = DeliveryMediumType.Sms, AttributeName = AttributeNames.PhoneNumber }]
        : null;

    private static bool IsSms(MFAOptionType option) =>
        option.DeliveryMedium == DeliveryMediumType.Sms && option.AttributeName == AttributeNames.PhoneNumber;
}
