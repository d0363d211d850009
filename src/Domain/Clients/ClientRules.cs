using Lifeguard.Contract;
using Lifeguard.Domain.Pools;

namespace Lifeguard.Domain.Clients;

/// <summary>
/// What an app client may be configured to: defaults, members that must agree with each other and with the
/// pool. Single members are bounded by the contract.
/// </summary>
public static class ClientRules
{
    /// <summary>App clients in one pool (doc).</summary>
    public const int MaxClients = 1000;

    /// <summary>The settings of a new client.</summary>
    /// <param name="given">The members of the request.</param>
    /// <param name="hasSecret">The client will have a secret.</param>
    /// <exception cref="ApiException">InvalidParameterException, InvalidOAuthFlowException,
    /// ScopeDoesNotExistException or FeatureUnavailableInTierException for the first rule broken.</exception>
    public static UserPoolClientType New(UserPoolClientType given, PoolOffer pool, bool hasSecret) =>
        Complete(given with { ClientType = ClientTypeType.Regular }, pool, hasSecret);

    /// <summary>The settings after an update: what the request leaves out goes back to its default, but for
    /// the name (observed).</summary>
    /// <exception cref="ApiException">As <see cref="New"/>.</exception>
    public static UserPoolClientType Changed(
        UserPoolClientType stored, UserPoolClientType given, PoolOffer pool, bool hasSecret) =>
        Complete(
            given with
            {
                ClientName = given.ClientName ?? stored.ClientName,
                ClientType = stored.ClientType ?? ClientTypeType.Regular,
            },
            pool,
            hasSecret);

    /// <summary>The settings of a client that an app has registered for itself.</summary>
    /// <exception cref="ApiException">As <see cref="New"/>.</exception>
    public static UserPoolClientType Registered(UserPoolClientType given, PoolOffer pool, bool hasSecret) =>
        Complete(given with { ClientType = ClientTypeType.Dcr }, pool, hasSecret);

    private static UserPoolClientType Complete(UserPoolClientType given, PoolOffer pool, bool hasSecret)
    {
        var client = ValidityRules.Completed(given) with
        {
            ReadAttributes = ReadAttributes(given.ReadAttributes, pool.Settings),
            WriteAttributes = WriteAttributes(given.WriteAttributes, pool.Settings),
            ExplicitAuthFlows = AuthFlows(given, hasSecret),
            RefreshTokenRotation = Rotation(given.RefreshTokenRotation),
            SupportedIdentityProviders = Providers(given.SupportedIdentityProviders, pool),
            AnalyticsConfiguration = Analytics(given.AnalyticsConfiguration),
            EnableTokenRevocation = given.EnableTokenRevocation ?? true,
            EnablePropagateAdditionalUserContextData =
                given.EnablePropagateAdditionalUserContextData ?? false,
            AuthSessionValidity = given.AuthSessionValidity ?? 3,
            CallbackURLs = Listed(given.CallbackURLs),
            LogoutURLs = Listed(given.LogoutURLs),
            AllowedOAuthFlows = Listed(given.AllowedOAuthFlows),
            AllowedOAuthScopes = Listed(given.AllowedOAuthScopes),
            AllowedOAuthFlowsUserPoolClient = given.AllowedOAuthFlowsUserPoolClient ?? false,
        };
        if (client.EnablePropagateAdditionalUserContextData == true && !hasSecret)
            throw ClientRefusals.UserContextWithoutSecret();
        TierRules.CheckClient(pool.Settings, client);
        OAuthRules.Check(client, pool, hasSecret);
        return client;
    }

    // No list means all flows of the default; the service leaves it out of its answers then (observed).
    private static IReadOnlyList<string>? AuthFlows(UserPoolClientType given, bool hasSecret)
    {
        if (Listed(given.ExplicitAuthFlows) is not { } flows) return null;
        var present = flows.Count(flow => flow.StartsWith("ALLOW_", StringComparison.Ordinal));
        if (present > 0 && present < flows.Count) throw ClientRefusals.MixedAuthFlows();
        if (flows.Contains(ExplicitAuthFlowsType.AllowClientTokenAuth))
        {
            // It excludes users, and there is no other proof than the secret (doc).
            if (flows.Count > 1) throw ClientRefusals.ClientTokenFlowNotAlone();
            if (!hasSecret) throw ClientRefusals.ClientTokenFlowWithoutSecret();
        }

        if (given.RefreshTokenRotation?.Feature == FeatureType.Enabled
            && flows.Contains(ExplicitAuthFlowsType.AllowRefreshTokenAuth))
        {
            throw ClientRefusals.RefreshFlowWithRotation();
        }

        return flows;
    }

    private static RefreshTokenRotationType? Rotation(RefreshTokenRotationType? given) =>
        given?.Feature == FeatureType.Enabled
            ? given with { RetryGracePeriodSeconds = given.RetryGracePeriodSeconds ?? 0 }
            : given;

    private static IReadOnlyList<string>? ReadAttributes(IReadOnlyList<string>? given, UserPoolType pool)
    {
        if (given is null) return null;
        var known = Names(pool);
        return given.All(known.Contains) ? [.. given.Distinct()] : throw ClientRefusals.ReadAttributes();
    }

    private static IReadOnlyList<string>? WriteAttributes(IReadOnlyList<string>? given, UserPoolType pool)
    {
        if (given is null) return null;
        var known = Names(pool);
        var mayBeWritten = given.All(name => known.Contains(name) && IsWritable(name));
        // Without them nobody could sign up through this client (doc).
        var required = SchemaRules.Required(pool.SchemaAttributes).Where(IsWritable);
        return mayBeWritten && required.All(given.Contains)
            ? [.. given.Distinct()]
            : throw ClientRefusals.WriteAttributes();
    }

    private static HashSet<string> Names(UserPoolType pool) =>
        [.. (pool.SchemaAttributes ?? SchemaStandards.All).Select(attribute => attribute.Name!)];

    // Developer-only attributes belong to administrators alone (doc).
    private static bool IsWritable(string name) =>
        name is not (AttributeNames.Sub or AttributeNames.Identities
            or AttributeNames.EmailVerified or AttributeNames.PhoneNumberVerified)
        && !name.StartsWith(SchemaRules.DeveloperPrefix, StringComparison.Ordinal);

    private static IReadOnlyList<string>? Providers(IReadOnlyList<string>? given, PoolOffer pool)
    {
        if (Listed(given) is not { } names) return null;
        return names.FirstOrDefault(name => !pool.Providers.Contains(name)) is { } unknown
            ? throw ClientRefusals.NoSuchProvider(unknown, pool.PoolId)
            : names;
    }

    private static AnalyticsConfigurationType? Analytics(AnalyticsConfigurationType? given)
    {
        if (given is null || given == new AnalyticsConfigurationType()) return null;
        var parts = (given.ApplicationId, given.RoleArn, given.ExternalId);
        var isValid = given.ApplicationArn is null
            ? parts is (not null, not null, not null)
            : parts is (null, null, null);
        return isValid ? given : throw ClientRefusals.Analytics();
    }

    private static IReadOnlyList<string>? Listed(IReadOnlyList<string>? list) =>
        list is { Count: > 0 } ? [.. list.Distinct()] : null;
}
