using Lifeguard.Contract;
using Lifeguard.Domain.Pools;

namespace Lifeguard.Domain.Sessions;

/// <summary>What may be set about sessions. The bounds are documented; the contract does not have
/// them.</summary>
public static class SessionRules
{
    /// <summary>Sessions of one user in a page, and so many there are at most but for a race (doc).</summary>
    public const int PageSize = 125;

    /// <summary>No data on places is at hand, which the service calls unknown too (doc).</summary>
    public static readonly SessionLocationType UnknownPlace = new() { Country = "unknown" };

    /// <summary>Of app clients where nothing was set (doc).</summary>
    public static readonly TimeSpan DefaultSilentSignIn = TimeSpan.FromMinutes(60);

    private static readonly RangeRule PerUser = new(1, 100);
    private static readonly RangeRule Minutes = new(0, 129_600);

    /// <summary>The pool with another tracking of sessions.</summary>
    /// <exception cref="ApiException">InvalidParameterException: out of bounds;
    /// FeatureUnavailableInTierException: the pool's plan has none.</exception>
    public static UserPool WithSessions(
        this UserPool pool, string tracking, UserPoolTokenSessionConfigType given, DateTimeOffset now)
    {
        Check(given.MaxPerUser, "tokenSession", "maxPerUser", PerUser);
        TierRules.CheckSessionTracking(pool.Settings);
        return pool with
        {
            Sessions = new(tracking == UserSessionTrackingType.Enabled, given.MaxPerUser!.Value),
            ModifiedAt = now,
        };
    }

    /// <summary>The app client with another time of silent sign-ins.</summary>
    /// <exception cref="ApiException">InvalidParameterException: out of bounds;
    /// FeatureUnavailableInTierException: the pool's plan has none; OperationNotEnabledException: the pool
    /// does not track sessions (doc).</exception>
    public static AppClient WithSessions(
        this AppClient client, UserPool pool, ClientSSOSessionConfigType given, DateTimeOffset now)
    {
        Check(given.MaxValidityMinutes, "sSOSession", "maxValidityMinutes", Minutes);
        TierRules.CheckSessionTracking(pool.Settings);
        pool.MustTrackSessions();
        return client with
        {
            SilentSignIn = TimeSpan.FromMinutes(given.MaxValidityMinutes!.Value),
            ModifiedAt = now,
        };
    }

    /// <exception cref="ApiException">OperationNotEnabledException: nothing is known of its
    /// sessions.</exception>
    public static void MustTrackSessions(this UserPool pool)
    {
        if (!pool.Sessions.IsOn) throw SessionRefusals.NotTracked();
    }

    /// <summary>Does a revocation reach the sessions that are linked to the one it names? Not unless it says
    /// so (doc).</summary>
    /// <exception cref="ApiException">InvalidParameterException: it says something else.</exception>
    public static bool ReachesLinked(string? given)
    {
        var violations = new Violations();
        violations.Check(
            given, MemberPath.Root, "revokeAssociatedSessions", Rules.RevokeAssociatedSessionsType);
        MustBeNone(violations);
        return given == RevokeAssociatedSessionsType.Linked;
    }

    private static void Check(int? value, string structure, string member, RangeRule rule)
    {
        var violations = new Violations();
        violations.Check(value, MemberPath.Root.Member(structure), member, rule);
        MustBeNone(violations);
    }

    private static void MustBeNone(Violations violations)
    {
        if (!violations.IsEmpty) throw Reject.InvalidParameter(violations.Message);
    }
}
