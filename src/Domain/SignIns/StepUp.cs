using Lifeguard.Contract;
using Lifeguard.Domain.Pools;

namespace Lifeguard.Domain.SignIns;

/// <summary>
/// Which of the levels of authentication that were asked for a sign-in goes for, and by what (doc): the first
/// that the user can reach. Where none is in reach the sign-in is an ordinary one: its tokens tell the level
/// that it came to, and that a level is out of reach is nothing to tell strangers.
/// </summary>
public static class StepUp
{
    /// <summary>The second factors that take a sign-in from what is proved to the first level in reach; none
    /// where it is reached, or where none is in reach.</summary>
    public static IReadOnlyList<string> Missing(
        UserPool pool, User user, UserFactors factors, SignInProgress progress)
    {
        foreach (var level in progress.AskedLevels)
        {
            if (AcrRules.LevelOf(progress.Methods) >= level) return [];
            var missing = Askable(pool, user, factors)
                .Where(factor => LevelWith(progress.Methods, factor) >= level).ToList();
            var chosen = missing.Where(user.Mfa.Has).ToList();
            if (missing.Count > 0) return chosen.Count > 0 ? chosen : missing;
        }

        return [];
    }

    /// <summary>Of the challenges that a sign-in may begin with, those that lead to the first level in
    /// reach; all of them where none leads to any.</summary>
    /// <param name="seconds">The second factors that could be asked for after a password.</param>
    public static IReadOnlyList<string> Leading(
        IReadOnlyList<string> challenges, IReadOnlyList<string> seconds, SignInProgress progress)
    {
        var reached = challenges.ToDictionary(each => each, each => Reach(progress.Methods, each, seconds));
        foreach (var level in progress.AskedLevels)
        {
            List<string> leading = [.. challenges.Where(each => reached[each] >= level)];
            if (leading.Count > 0) return leading;
        }

        return challenges;
    }

    /// <summary>The second factors that the user could be asked for, switched on or not.</summary>
    public static IReadOnlyList<string> Askable(UserPool pool, User user, UserFactors factors) =>
        pool.IsMfaOff ? [] : [.. UserFactors.InOrder.Where(factor => factors.CanAsk(pool, user, factor))];

    private static int Reach(
        IReadOnlyList<string> proved, string challenge, IReadOnlyList<string> seconds)
    {
        var method = AuthMethods.Of(challenge);
        var alone = LevelWith(proved, challenge);
        return method == AuthMethods.Password
            ? seconds.Select(second => LevelWith([.. proved, method], second)).Append(alone).Max()
            : alone;
    }

    private static int LevelWith(IReadOnlyList<string> proved, string challenge) =>
        AcrRules.LevelOf([.. proved, AuthMethods.Of(challenge)]);
}
