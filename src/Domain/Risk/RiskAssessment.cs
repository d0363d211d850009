using Lifeguard.Contract;

namespace Lifeguard.Domain.Risk;

/// <summary>How risky a sign-in is. The same sign-in with the same history always comes to the
/// same.</summary>
/// <param name="Signs">What speaks against it.</param>
public sealed record RiskAssessment(IReadOnlyList<RiskSign> Signs)
{
    /// <summary>The sum of all signs: a new device or a new network alone is a low risk, both together a
    /// medium one, more than that a high one.</summary>
    public int Weight => Signs.Sum(WeightOf);

    /// <summary>One of <see cref="RiskLevelType"/>; null for no risk.</summary>
    public string? Level => Weight switch
    {
        0 => null,
        1 => RiskLevelType.Low,
        2 => RiskLevelType.Medium,
        _ => RiskLevelType.High,
    };

    /// <summary>Weighs a sign-in.</summary>
    public static RiskAssessment Of(SignInSight sight, SignInHistory history, Locations locations) => new(
    [
        .. Novelty(sight, history),
        .. Failures(
            history.FailuresOfUser,
            (RiskThresholds.ManyFailuresOfUser, RiskSign.ManyFailuresOfUser),
            (RiskThresholds.FailuresOfUser, RiskSign.FailuresOfUser)),
        .. Failures(
            history.FailuresFromNetwork,
            (RiskThresholds.ManyFailuresFromNetwork, RiskSign.ManyFailuresFromNetwork),
            (RiskThresholds.FailuresFromNetwork, RiskSign.FailuresFromNetwork)),
        .. IsTooFar(sight, history, locations) ? [RiskSign.ImpossibleTravel] : (RiskSign[])[],
        .. IsDisowned(sight, history) ? [RiskSign.Disowned] : (RiskSign[])[],
    ]);

    /// <summary>How heavy a sign is.</summary>
    public static int WeightOf(RiskSign sign) => sign switch
    {
        RiskSign.Disowned => 3,
        RiskSign.ManyFailuresOfUser or RiskSign.ManyFailuresFromNetwork or RiskSign.ImpossibleTravel => 2,
        _ => 1,
    };

    /// <summary>Of a user of whom nothing is known, nothing is new.</summary>
    private static IEnumerable<RiskSign> Novelty(SignInSight sight, SignInHistory history)
    {
        var trusted = history.Trusted.ToList();
        if (trusted.Count == 0) yield break;
        if (!trusted.Any(sight.IsSameDevice)) yield return RiskSign.NewDevice;
        if (!trusted.Any(sight.IsNear)) yield return RiskSign.NewNetwork;
    }

    private static IEnumerable<RiskSign> Failures(
        long count, params ReadOnlySpan<(int From, RiskSign Sign)> steps)
    {
        foreach (var (from, sign) in steps)
            if (count >= from) return [sign];
        return [];
    }

    /// <summary>The very device or network of an event that the user has disowned, unless it is also one that
    /// is trusted: many people share a kind of browser.</summary>
    private static bool IsDisowned(SignInSight sight, SignInHistory history) => history.Disowned.Any(bad =>
        (sight.IsNear(bad) && !history.Trusted.Any(sight.IsNear))
        || (sight.IsSameDevice(bad) && !history.Trusted.Any(sight.IsSameDevice)));

    private static bool IsTooFar(SignInSight sight, SignInHistory history, Locations locations)
    {
        var last = history.Trusted.MaxBy(earlier => earlier.At);
        if (last is null
            || locations.Find(sight.IpAddress)?.Position is not { } here
            || locations.Find(last.IpAddress)?.Position is not { } there)
        {
            return false;
        }

        var distance = here.KilometresTo(there);
        var hours = Math.Max((sight.At - last.At).TotalHours, 0);
        return distance > RiskThresholds.VagueKilometres
            && distance > hours * RiskThresholds.KilometresPerHour;
    }
}

/// <summary>What speaks against a sign-in.</summary>
public enum RiskSign
{
    /// <summary>Nothing that the user has signed in with.</summary>
    NewDevice,

    /// <summary>Nowhere near from where the user has signed in.</summary>
    NewNetwork,

    /// <summary>Somebody has mistaken the user's password again and again.</summary>
    FailuresOfUser,

    /// <summary>Somebody guesses the user's password.</summary>
    ManyFailuresOfUser,

    /// <summary>Many sign-ins failed in this network.</summary>
    FailuresFromNetwork,

    /// <summary>Accounts are tried from this network.</summary>
    ManyFailuresFromNetwork,

    /// <summary>Nobody gets so far so fast.</summary>
    ImpossibleTravel,

    /// <summary>Like an event of which the user said "that was not me".</summary>
    Disowned,
}
