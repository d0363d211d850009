using Lifeguard.Contract;

namespace Lifeguard.Domain.SignIns;

/// <summary>The challenges by which a user may begin a choice-based sign-in.</summary>
public static class FirstFactors
{
    /// <summary>In the order in which answers list them (observed, as far as it is known).</summary>
    public static readonly IReadOnlyList<string> InOrder =
    [
        ChallengeNameType.PasswordSrp, ChallengeNameType.Password, ChallengeNameType.EmailOtp,
        ChallengeNameType.SmsOtp, ChallengeNameType.WebAuthn,
    ];

    /// <summary>
    /// What the user may choose from. Where a second factor will be asked for, only the password begins a
    /// sign-in, and passkeys that count as both factors (doc): a code to the same phone proves nothing more.
    /// </summary>
    /// <param name="hasPasskey">The user has one for the pool's relying party.</param>
    /// <param name="progress">Of the sign-in, which may go for a level of authentication.</param>
    public static IReadOnlyList<string> Of(
        UserPool pool, User user, UserFactors factors, bool hasPasskey, SignInProgress progress)
    {
        var needsMore = NeedsSecondFactor(pool, user, factors);
        var first = AuthFactors.First(pool, user, hasPasskey)
            .Where(factor => !needsMore || factor == AuthFactorType.Password
                || (factor == AuthFactorType.WebAuthn && PasskeyIsBothFactors(pool, user)));
        var hasVerifier = user.SignInPassword is { SrpVerifier.Length: > 0 };
        return StepUp.Leading(
            [.. Challenges(first).Where(each => hasVerifier || each != ChallengeNameType.PasswordSrp)],
            StepUp.Askable(pool, user, factors),
            progress);
    }

    /// <summary>What a name that nobody has seems to choose from: everything that a new user of the pool
    /// would have who is called so.</summary>
    public static IReadOnlyList<string> OfNobody(UserPool pool, string name, SignInProgress progress)
    {
        var allowed = pool.Settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors
            ?? [AuthFactorType.Password];
        var likely = allowed.Where(factor => factor == AuthFactorType.Password
            || (factor != AuthFactorType.WebAuthn && !pool.RequiresMfa && IsReached(pool, name, factor)));
        // New users have no authenticator.
        var seconds = pool.SecondFactors.Where(factor => factor != ChallengeNameType.SoftwareTokenMfa);
        return StepUp.Leading(Challenges(likely), pool.IsMfaOff ? [] : [.. seconds], progress);
    }

    /// <summary>A passkey with which the user was verified is as good as two factors, where the pool says so
    /// and the user has switched it on; it then has to verify (doc).</summary>
    public static bool PasskeyIsBothFactors(UserPool pool, User user) =>
        pool.Factors.PasskeysCountAsMfa && user.Mfa.Has(ChallengeNameType.WebAuthn);

    private static bool NeedsSecondFactor(UserPool pool, User user, UserFactors factors) =>
        !pool.IsMfaOff
        && (pool.RequiresMfa || factors.Active(pool, user).Count > 0
            || UserFactors.HasLostFactor(pool, user));

    /// <summary>Who is called by an address has that one, and a number besides only where everybody has to;
    /// and the other way round.</summary>
    private static bool IsReached(UserPool pool, string name, string factor)
    {
        var (calledByOther, contact) = factor == AuthFactorType.SmsOtp
            ? (AttributeValue.IsEmail(name), AttributeNames.PhoneNumber)
            : (AttributeValue.IsPhoneNumber(name), AttributeNames.Email);
        return !calledByOther || AttributeSchema.Of(pool).Missing(UserAttributes.Empty).Contains(contact);
    }

    private static IReadOnlyList<string> Challenges(IEnumerable<string> factors)
    {
        var all = factors.SelectMany(factor => factor switch
        {
            AuthFactorType.Password =>
                (string[])[ChallengeNameType.PasswordSrp, ChallengeNameType.Password],
            AuthFactorType.EmailOtp => [ChallengeNameType.EmailOtp],
            AuthFactorType.SmsOtp => [ChallengeNameType.SmsOtp],
            _ => [ChallengeNameType.WebAuthn],
        }).ToHashSet();
        return [.. InOrder.Where(all.Contains)];
    }
}
