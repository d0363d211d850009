using Lifeguard.Contract;

namespace Lifeguard.Domain.Pools;

/// <summary>Feature plans: what a pool of each tier may use (doc).</summary>
public static class TierRules
{
    public const string Lite = "LITE";
    public const string Essentials = "ESSENTIALS";
    public const string Plus = "PLUS";

    /// <summary>The tier of a new pool that names none: the smallest from ESSENTIALS up that has what the pool
    /// asks for.</summary>
    public static string Default(UserPoolType pool) => ThreatProtection(pool) ? Plus : Essentials;

    /// <summary>Refuses a pool that uses more than its tier has.</summary>
    /// <exception cref="ApiException">FeatureUnavailableInTierException.</exception>
    public static void CheckNew(UserPoolType pool)
    {
        var missing = Missing(pool.UserPoolTier!, Features(pool));
        if (missing.Count > 0) throw PoolRefusals.FeaturesNotInTier(pool.UserPoolTier!, missing);
    }

    /// <summary>As <see cref="CheckNew"/>, and refuses a smaller tier while the larger one is in use.</summary>
    /// <param name="clients">The pool's app clients; read only where <see cref="IsDowngrade"/> says so.</param>
    /// <exception cref="ApiException">FeatureUnavailableInTierException, TierChangeNotAllowedException.</exception>
    public static void CheckChange(
        UserPoolType stored, UserPoolType next, IReadOnlyList<UserPoolClientType> clients)
    {
        if (!IsDowngrade(stored, next))
        {
            CheckNew(next);
            return;
        }

        var tier = next.UserPoolTier!;
        var inUse = clients.SelectMany(Features).ToList();
        var missing = Missing(tier, [.. Features(next), .. inUse]);
        if (missing.Count == 0) return;
        // What the same call asks for anew is not in the plan; what is there already keeps the plan from changing.
        var kept = Missing(tier, [.. Features(stored), .. inUse]);
        throw missing.Any(kept.Contains)
            ? PoolRefusals.TierChange(tier, missing)
            : PoolRefusals.FeaturesNotInTier(tier, missing);
    }

    /// <summary>Does <paramref name="next"/> have a smaller plan than <paramref name="stored"/>?</summary>
    public static bool IsDowngrade(UserPoolType stored, UserPoolType next) =>
        Rank(next.UserPoolTier) < Rank(stored.UserPoolTier);

    /// <summary>Refuses an app client that uses more than the pool's tier has.</summary>
    /// <exception cref="ApiException">FeatureUnavailableInTierException.</exception>
    public static void CheckClient(UserPoolType pool, UserPoolClientType client)
    {
        var tier = pool.UserPoolTier ?? Essentials;
        var missing = Missing(tier, Features(client));
        if (missing.Count > 0) throw PoolRefusals.FeaturesNotInTier(tier, missing);
    }

    private static List<string> Missing(string tier, IEnumerable<Feature> used) =>
        [.. used.Where(feature => Rank(feature.Tier) > Rank(tier)).Select(feature => feature.Name).Distinct()];

    private static IEnumerable<Feature> Features(UserPoolType pool)
    {
        if (ThreatProtection(pool)) yield return new("Threat Protection", Plus);
        if (pool.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.Any(factor => factor != "PASSWORD") == true)
            yield return new("Passwordless Sign-In", Essentials);
        if (pool.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion is { } version and not "V1_0")
            yield return new($"Token Customization with Pre-Token Generation Lambda {version}", Essentials);
        // The names of the three below are in own words.
        if (pool.Policies?.PasswordPolicy?.PasswordHistorySize > 0)
            yield return new("Password History", Essentials);
        if (pool.DcrConfiguration?.EnableStatus == "Enabled")
            yield return new("Dynamic Client Registration", Essentials);
        if (AcrRules.IsCustomized(pool.AcrConfiguration))
            yield return new("Custom ACR Levels", Essentials);
    }

    private static IEnumerable<Feature> Features(UserPoolClientType client)
    {
        if (client.ExplicitAuthFlows?.Contains("ALLOW_USER_AUTH") == true)
            yield return new("Passwordless Sign-In", Essentials);
        if (client.RefreshTokenRotation?.Feature == "ENABLED")
            yield return new("Refresh Token Rotation", Essentials);
    }

    private static bool ThreatProtection(UserPoolType pool) =>
        pool.UserPoolAddOns is { } addOns
        && (addOns.AdvancedSecurityMode is "AUDIT" or "ENFORCED"
            || addOns.AdvancedSecurityAdditionalFlows?.CustomAuthMode is not null);

    private static int Rank(string? tier) => tier switch
    {
        Lite => 0,
        Plus => 2,
        _ => 1,
    };

    private sealed record Feature(string Name, string Tier);
}
