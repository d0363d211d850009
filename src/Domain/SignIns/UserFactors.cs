using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;

namespace Lifeguard.Domain.SignIns;

/// <summary>What a user has configured outside the user's own record.</summary>
/// <param name="SoftwareToken">Null where the user never began to set one up.</param>
/// <param name="RemembersDevice">The client runs on a device that the pool remembers for the user.</param>
public sealed record UserFactors(SoftwareToken? SoftwareToken, bool RemembersDevice = false)
{
    public static readonly UserFactors None = new((SoftwareToken?)null);

    /// <summary>Second factors in the order in which challenges list them (observed: SMS before
    /// TOTP).</summary>
    public static readonly IReadOnlyList<string> InOrder =
        [ChallengeNameType.SmsMfa, ChallengeNameType.SoftwareTokenMfa, ChallengeNameType.EmailOtp];

    /// <summary>
    /// The factors that a sign-in may ask for: those the user has switched on. Where the pool demands one and
    /// none is switched on, everything that could be asked for (doc: a phone number makes SMS the default).
    /// </summary>
    /// <param name="isDemanded">The sign-in demands one, as the pool may (doc: adaptive
    /// authentication).</param>
    public IReadOnlyList<string> Active(UserPool pool, User user, bool isDemanded = false)
    {
        if (pool.IsMfaOff) return [];
        IReadOnlyList<string> chosen =
            [.. InOrder.Where(factor => user.Mfa.Has(factor) && CanAsk(pool, user, factor))];
        return chosen.Count > 0 || !(pool.RequiresMfa || isDemanded)
            ? chosen
            : [.. InOrder.Where(factor => CanAsk(pool, user, factor))];
    }

    /// <summary>Those of <see cref="Active"/> that send a code. An authenticator that is switched on is set
    /// up, and spares the user what nobody has switched on.</summary>
    public static IReadOnlyList<string> ActivelySent(UserPool pool, User user)
    {
        var sent = None.Active(pool, user);
        return user.Mfa.Has(ChallengeNameType.SoftwareTokenMfa) && !sent.Any(user.Mfa.Has) ? [] : sent;
    }

    /// <summary>May a sign-in under way still ask for <paramref name="factor"/>? Triggers may ask for any
    /// that could be answered, switched on or not, where the pool asks for any at all.</summary>
    public bool IsAsked(UserPool pool, User user, string factor, SignInProgress progress) =>
        progress.IsDefinedByTriggers
            ? !pool.IsMfaOff && CanAsk(pool, user, factor)
            : Asked(pool, user, progress).Contains(factor);

    /// <summary>The factors among which a sign-in under way asks for one: those that its level of
    /// authentication still lacks, and else the active ones.</summary>
    public IReadOnlyList<string> Asked(UserPool pool, User user, SignInProgress progress) =>
        StepUp.Missing(pool, user, this, progress) is { Count: > 0 } missing
            ? missing
            : Active(pool, user, progress.AsksFactor);

    /// <summary>Has the user switched on a factor of the pool that lost what it needs, such as a phone
    /// number?</summary>
    public static bool HasLostFactor(UserPool pool, User user) =>
        user.Mfa.Enabled.Any(pool.SecondFactors.Contains);

    /// <summary>Do pool and user have what the factor needs? Contacts need not be verified (doc). A token
    /// that is set up goes on working when the pool takes no new ones (doc).</summary>
    public bool CanAsk(UserPool pool, User user, string factor) => factor switch
    {
        ChallengeNameType.SmsMfa =>
            pool.SecondFactors.Contains(factor) && user.Attributes.Has(AttributeNames.PhoneNumber),
        ChallengeNameType.EmailOtp =>
            pool.SecondFactors.Contains(factor) && user.Attributes.Has(AttributeNames.Email),
        _ => SoftwareToken?.Verified is not null,
    };
}
