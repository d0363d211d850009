using Lifeguard.Contract;

namespace Lifeguard.Domain.SignIns;

/// <summary>
/// What comes next in a sign-in. Every flow asks here after every step, so that no way in forgets one: new
/// password, then second factor or the device that stands in for it, then tokens (doc).
/// </summary>
public static class SignInPlan
{
    /// <summary>The next step of a user whom the gate lets through and who has passed the first factor. A
    /// password alone is enough of one where triggers have still to give their verdict.</summary>
    public static NextStep Of(UserPool pool, User user, UserFactors factors, SignInProgress progress)
    {
        if (!progress.HasFirstFactor && !progress.HasPassword)
            throw new InvalidOperationException("Nothing is planned before the first factor is passed.");
        if (user.Status == UserStatusType.ForceChangePassword) return new NextStep.ReplacePassword();
        var asksForDevice = factors.RemembersDevice && !progress.HasDevice;
        if (asksForDevice && pool.TrustsDevices) return new NextStep.ProveDevice();
        var next = Ask(user, StepUp.Missing(pool, user, factors, progress))
            ?? (NeedsSecondFactor(pool, progress)
                ? SecondFactor(pool, user, factors, progress)
                : new NextStep.IssueTokens());
        // Where the device stands in for nothing it comes last: clients expect tokens after it (observed).
        return asksForDevice && next is NextStep.IssueTokens ? new NextStep.ProveDevice() : next;
    }

    private static bool NeedsSecondFactor(UserPool pool, SignInProgress progress)
    {
        if (pool.IsMfaOff || progress.HasSecondFactor) return false;
        // Triggers that define a sign-in themselves are not overruled, but a password that is proved on the
        // way brings the second factor with it (doc).
        if (progress.Flow == AuthFlowType.CustomAuth && !progress.HasPassword) return false;
        return !(progress.HasDevice && pool.TrustsDevices);
    }

    private static NextStep SecondFactor(
        UserPool pool, User user, UserFactors factors, SignInProgress progress)
    {
        var active = factors.Active(pool, user, progress.AsksFactor);
        if (Ask(user, active) is { } step) return step;
        if (pool.RequiresMfa) return new NextStep.SetUpFactor(pool.SecondFactors);
        // Whoever has switched on a second factor does not lose it silently together with a phone number, and
        // a risk that called for one is not gone with it.
        return progress.AsksFactor || UserFactors.HasLostFactor(pool, user)
            ? new NextStep.NoFactorLeft()
            : new NextStep.IssueTokens();
    }

    private static NextStep? Ask(User user, IReadOnlyList<string> factors) => factors switch
    {
        [] => null,
        [var only] => new NextStep.AnswerFactor(only),
        _ when user.Mfa.Preferred is { } preferred && factors.Contains(preferred) =>
            new NextStep.AnswerFactor(preferred),
        _ => new NextStep.ChooseFactor(factors),
    };
}
