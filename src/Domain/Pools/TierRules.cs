using Lifeguard.Contract;
using Lifeguard.Domain.Logs;
using Lifeguard.Domain.Mfa;

namespace Lifeguard.Domain.Pools;

/// <summary>Feature plans: what a pool of each tier may use (doc).</summary>
public static class TierRules
{
    // In own words.
    private const string Replication = "Multi-Region Replication";

    // In own words.
    private const string SessionTracking = "User Session Tracking";

    // In own words.
    private const string StepUp = "Step-Up Authentication";

    private const string ManagedLogin = "Managed Login Version 2";

    /// <summary>The tier of a new pool that names none: the smallest from ESSENTIALS up that has what the
    /// pool asks for.</summary>
    public static string Default(UserPoolType pool) =>
        ThreatProtection(pool) ? UserPoolTierType.Plus : UserPoolTierType.Essentials;

    /// <summary>Refuses a pool that uses more than its tier has.</summary>
    /// <exception cref="ApiException">FeatureUnavailableInTierException.</exception>
    public static void CheckNew(UserPoolType pool) => Check(pool, PoolFactors.None);

    /// <summary>Refuses factors that the pool's tier does not have.</summary>
    /// <exception cref="ApiException">FeatureUnavailableInTierException.</exception>
    public static void CheckFactors(UserPool pool) => Check(pool.Settings, pool.Factors);

    /// <summary>As <see cref="CheckNew"/>, and refuses a smaller tier while the larger one is in
    /// use.</summary>
    /// <param name="use">What hangs on the pool; looked at only where <see cref="IsDowngrade"/> says
    /// so.</param>
    /// <exception cref="ApiException">FeatureUnavailableInTierException,
    /// TierChangeNotAllowedException.</exception>
    public static void CheckChange(UserPoolType stored, UserPoolType next, PoolFactors factors, PoolUse use)
    {
        if (!IsDowngrade(stored, next))
        {
            Check(next, factors);
            return;
        }

        var tier = next.UserPoolTier!;
        List<Feature> inUse = [.. Features(factors), .. Features(use)];
        var missing = Missing(tier, [.. Features(next), .. inUse]);
        if (missing.Count == 0) return;
        // What the same call asks for anew is not in the plan; what is there already keeps the plan from
        // changing.
        var kept = Missing(tier, [.. Features(stored), .. inUse]);
        throw missing.Any(kept.Contains)
            ? PoolRefusals.TierChange(tier, missing)
            : PoolRefusals.FeaturesNotInTier(tier, missing);
    }

    /// <summary>Does <paramref name="next"/> have a smaller plan than <paramref name="stored"/>?</summary>
    public static bool IsDowngrade(UserPoolType stored, UserPoolType next) =>
        Rank(next.UserPoolTier) < Rank(stored.UserPoolTier);

    /// <summary>Refuses to replicate a pool whose tier does not have replicas.</summary>
    /// <exception cref="ApiException">FeatureUnavailableInTierException.</exception>
    public static void CheckReplication(UserPoolType pool)
    {
        if (Rank(pool.UserPoolTier) < Rank(UserPoolTierType.Essentials))
            throw PoolRefusals.FeatureNotInTier(pool.UserPoolTier!, Replication);
    }

    /// <summary>Refuses to set anything about sessions in a pool whose tier does not track them.</summary>
    /// <exception cref="ApiException">FeatureUnavailableInTierException.</exception>
    public static void CheckSessionTracking(UserPoolType pool)
    {
        if (Rank(pool.UserPoolTier) < Rank(UserPoolTierType.Essentials))
            throw PoolRefusals.FeatureNotInTier(pool.UserPoolTier!, SessionTracking);
    }

    /// <summary>Refuses the pages of managed login in a pool whose tier does not have them.</summary>
    /// <exception cref="ApiException">FeatureUnavailableInTierException.</exception>
    public static void CheckManagedLogin(UserPoolType pool)
    {
        if (Rank(pool.UserPoolTier) < Rank(UserPoolTierType.Essentials))
            throw PoolRefusals.FeatureNotInTier(pool.UserPoolTier!, ManagedLogin);
    }

    /// <summary>May sign-ins go for a level of authentication?</summary>
    public static bool HasStepUp(UserPoolType pool) =>
        Rank(pool.UserPoolTier) >= Rank(UserPoolTierType.Essentials);

    /// <summary>Refuses to go for a level of authentication in a pool whose tier does not have it.</summary>
    /// <exception cref="ApiException">FeatureUnavailableInTierException.</exception>
    public static void CheckStepUp(UserPoolType pool)
    {
        if (!HasStepUp(pool)) throw PoolRefusals.FeatureNotInTier(pool.UserPoolTier!, StepUp);
    }

    /// <summary>Refuses an app client that uses more than the pool's tier has.</summary>
    /// <exception cref="ApiException">FeatureUnavailableInTierException.</exception>
    public static void CheckClient(UserPoolType pool, UserPoolClientType client)
    {
        var tier = pool.UserPoolTier ?? UserPoolTierType.Essentials;
        var missing = Missing(tier, Features(client));
        if (missing.Count > 0) throw PoolRefusals.FeaturesNotInTier(tier, missing);
    }

    private static void Check(UserPoolType pool, PoolFactors factors)
    {
        var tier = pool.UserPoolTier ?? UserPoolTierType.Essentials;
        var missing = Missing(tier, [.. Features(pool), .. Features(factors)]);
        if (missing.Count > 0) throw PoolRefusals.FeaturesNotInTier(tier, missing);
    }

    private static List<string> Missing(string tier, IEnumerable<Feature> used) =>
    [
        .. used.Where(feature => Rank(feature.Tier) > Rank(tier)).Select(feature => feature.Name).Distinct(),
    ];

    private static IEnumerable<Feature> Features(UserPoolType pool)
    {
        if (ThreatProtection(pool)) yield return new("Threat Protection", UserPoolTierType.Plus);
        var factors = pool.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
        if (factors.Any(factor => factor != AuthFactorType.Password))
            yield return new("Passwordless Sign-In", UserPoolTierType.Essentials);
        if (pool.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion is { } version
            and not PreTokenGenerationLambdaVersionType.V1_0)
        {
            yield return new(
                $"Token Customization with Pre-Token Generation Lambda {version}",
                UserPoolTierType.Essentials);
        }

        // The names of the three below are in own words.
        if (pool.Policies?.PasswordPolicy?.PasswordHistorySize > 0)
            yield return new("Password History", UserPoolTierType.Essentials);
        if (pool.DcrConfiguration?.EnableStatus == StatusType.Enabled)
            yield return new("Dynamic Client Registration", UserPoolTierType.Essentials);
        if (AcrRules.IsCustomized(pool.AcrConfiguration))
            yield return new("Custom ACR Levels", UserPoolTierType.Essentials);
    }

    /// <summary>The names are in own words.</summary>
    private static IEnumerable<Feature> Features(PoolFactors factors)
    {
        if (factors.Email is not null) yield return new("Email MFA", UserPoolTierType.Essentials);
        if (factors.PasskeysCountAsMfa) yield return new("Passkey MFA", UserPoolTierType.Essentials);
    }

    private static IEnumerable<Feature> Features(UserPoolClientType client)
    {
        if (client.ExplicitAuthFlows?.Contains(ExplicitAuthFlowsType.AllowUserAuth) == true)
            yield return new("Passwordless Sign-In", UserPoolTierType.Essentials);
        if (client.RefreshTokenRotation?.Feature == FeatureType.Enabled)
            yield return new("Refresh Token Rotation", UserPoolTierType.Essentials);
    }

    private static IEnumerable<Feature> Features(PoolUse use)
    {
        foreach (var feature in use.Clients.SelectMany(Features)) yield return feature;
        if (use.TracksSessions) yield return new(SessionTracking, UserPoolTierType.Essentials);
        if (use.HasManagedLogin) yield return new(ManagedLogin, UserPoolTierType.Essentials);
        if (use.HasReplica) yield return new(Replication, UserPoolTierType.Essentials);
        if (use.StreamsLogs) yield return new(LogRules.Feature, UserPoolTierType.Plus);
    }

    private static bool ThreatProtection(UserPoolType pool) =>
        pool.UserPoolAddOns is { } addOns
        && (addOns.AdvancedSecurityMode is AdvancedSecurityModeType.Audit or AdvancedSecurityModeType.Enforced
            || addOns.AdvancedSecurityAdditionalFlows?.CustomAuthMode is not null);

    private static int Rank(string? tier) => tier switch
    {
        UserPoolTierType.Lite => 0,
        UserPoolTierType.Plus => 2,
        _ => 1,
    };

    private sealed record Feature(string Name, string Tier);
}
