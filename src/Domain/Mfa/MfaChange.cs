using Lifeguard.Contract;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Domain.Mfa;

/// <summary>What SetUserMFAPreference and its twin for administrators ask for. A block left out leaves its
/// factor alone, and so does a member left out of a block.</summary>
public sealed record MfaChange(
    SMSMfaSettingsType? Sms,
    SoftwareTokenMfaSettingsType? SoftwareToken,
    EmailMfaSettingsType? Email,
    WebAuthnMfaSettingsType? WebAuthn)
{
    /// <summary>The user with the factors switched on and off, and the preferred one set.</summary>
    /// <exception cref="ApiException">InvalidParameterException: the user or the pool lacks what a factor
    /// needs, or the request contradicts itself.</exception>
    public User ApplyTo(UserPool pool, User user, UserFactors factors, DateTimeOffset now)
    {
        Block[] blocks =
        [
            new(ChallengeNameType.SmsMfa, Sms?.Enabled, Sms?.PreferredMfa),
            new(ChallengeNameType.SoftwareTokenMfa, SoftwareToken?.Enabled, SoftwareToken?.PreferredMfa),
            new(ChallengeNameType.EmailOtp, Email?.Enabled, Email?.PreferredMfa),
        ];
        if (blocks.Count(block => block.Preferred == true) > 1) throw SeveralPreferred();
        foreach (var block in blocks.Where(block => block.Enabled == true))
        {
            if (!factors.CanAsk(pool, user, block.Factor)) throw NoDelivery(block.Factor);
        }

        if (pool.RequiresMfa && blocks.Any(block => block.Enabled == false && user.Mfa.Has(block.Factor)))
            throw Demanded();
        var mfa = blocks.Aggregate(user.Mfa, Changed);
        mfa = WithPasskeys(pool, mfa);
        return user with { Mfa = InOrder(mfa), ModifiedAt = now };
    }

    private static MfaPreference Changed(MfaPreference mfa, Block block)
    {
        var (factor, enabled, preferred) = block;
        if (enabled == true) mfa = mfa.With(factor);
        if (enabled == false) mfa = mfa.Without(factor);
        return preferred switch
        {
            true when !mfa.Has(factor) => throw PreferredWithoutEnabled(factor),
            true => mfa with { Preferred = factor },
            false when mfa.Preferred == factor => mfa with { Preferred = null },
            _ => mfa,
        };
    }

    /// <summary>Passkeys count as a second factor only beside another one, for the day on which there is none
    /// at hand (doc).</summary>
    private MfaPreference WithPasskeys(UserPool pool, MfaPreference mfa)
    {
        const string passkeys = ChallengeNameType.WebAuthn;
        var standsAlone = !mfa.Enabled.Any(UserFactors.InOrder.Contains);
        if (WebAuthn?.Enabled == false) return mfa.Without(passkeys);
        if (WebAuthn?.Enabled != true) return standsAlone ? mfa.Without(passkeys) : mfa;
        return !pool.Factors.PasskeysCountAsMfa || standsAlone
            ? throw NoDelivery(passkeys)
            : mfa.With(passkeys);
    }

    /// <summary>In the order in which challenges list factors, passkeys last.</summary>
    private static MfaPreference InOrder(MfaPreference mfa) => mfa with
    {
        Enabled =
        [
            .. UserFactors.InOrder.Where(mfa.Has),
            .. mfa.Has(ChallengeNameType.WebAuthn) ? (string[])[ChallengeNameType.WebAuthn] : [],
        ],
        IsLegacy = mfa.IsLegacy && mfa.Has(ChallengeNameType.SmsMfa),
    };

    /// <summary>The frame is the service's; that it serves every factor is inferred.</summary>
    private static ApiException NoDelivery(string factor) =>
        Reject.InvalidParameter($"User does not have delivery config set to turn on {factor}");

    /// <summary>Own words.</summary>
    private static ApiException SeveralPreferred() =>
        Reject.InvalidParameter("Only one MFA method can be set as preferred.");

    /// <summary>Where the pool demands a second factor, users choose which one is asked for first and switch
    /// none off (doc). Own words.</summary>
    private static ApiException Demanded() => Reject.InvalidParameter(
        "MFA methods cannot be turned off, since the user pool requires MFA.");

    /// <summary>Own words.</summary>
    private static ApiException PreferredWithoutEnabled(string factor) =>
        Reject.InvalidParameter($"{factor} must be enabled to be set as preferred.");

    private sealed record Block(string Factor, bool? Enabled, bool? Preferred);
}
