using System.Text.RegularExpressions;
using Lifeguard.Contract;

namespace Lifeguard.Domain.Clients;

/// <summary>The OAuth members of an app client: flows, scopes and URLs.</summary>
public static partial class OAuthRules
{
    // Browsers run or open what these name, so they must never be redirected to.
    private static readonly HashSet<string> DangerousSchemes = new(StringComparer.OrdinalIgnoreCase)
    {
        "javascript", "vbscript", "data", "blob", "file", "filesystem", "about", "view-source",
    };

    /// <summary>Checks flows, then scopes, then URLs. They are checked whether or not the client is allowed
    /// to use OAuth yet: they take effect the moment it is.</summary>
    /// <exception cref="ApiException">InvalidOAuthFlowException, InvalidParameterException or
    /// ScopeDoesNotExistException.</exception>
    public static void Check(UserPoolClientType client, PoolOffer pool, bool hasSecret)
    {
        var flows = client.AllowedOAuthFlows ?? [];
        var scopes = client.AllowedOAuthScopes ?? [];
        CheckFlows(client, flows, scopes, hasSecret);
        CheckScopes(flows, scopes, pool);
        // A client that has registered itself must not be able to register others (doc).
        if (client.ClientType == ClientTypeType.Dcr && scopes.Contains(PoolOffer.RegistrationScope))
            throw ClientRefusals.NoSuchScope(PoolOffer.RegistrationScope);
        foreach (var url in client.CallbackURLs ?? []) CheckUrl(url);
        foreach (var url in client.LogoutURLs ?? []) CheckUrl(url);
        if (client.DefaultRedirectURI is { } redirect && client.CallbackURLs?.Contains(redirect) != true)
            throw ClientRefusals.DefaultRedirectNotListed(redirect);
    }

    /// <summary>
    /// A URL to which browsers may be sent: absolute, without a fragment, HTTPS or a scheme of an app;
    /// plain HTTP for the own machine only (doc; RFC 8252 §7).
    /// </summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void CheckUrl(string url)
    {
        var match = Absolute().Match(url);
        if (!match.Success) throw ClientRefusals.NotAbsolute(url);
        if (url.Contains('#')) throw ClientRefusals.Fragment(url);
        var scheme = match.Groups[1].Value;
        if (DangerousSchemes.Contains(scheme)) throw ClientRefusals.Scheme(url);
        if (scheme.Equals("http", StringComparison.OrdinalIgnoreCase) && !OwnMachine().IsMatch(url))
            throw ClientRefusals.PlainHttp(url);
        if (scheme.Equals("https", StringComparison.OrdinalIgnoreCase)
            && (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0))
        {
            throw ClientRefusals.NotAbsolute(url);
        }
    }

    private static void CheckFlows(
        UserPoolClientType client, IReadOnlyList<string> flows, IReadOnlyList<string> scopes, bool hasSecret)
    {
        if (flows.Contains(OAuthFlowType.ClientCredentials))
        {
            if (flows.Count > 1) throw ClientRefusals.ClientCredentialsNotAlone();
            if (!hasSecret) throw ClientRefusals.ClientCredentialsWithoutSecret();
        }

        if (client.AllowedOAuthFlowsUserPoolClient == true && (flows.Count == 0 || scopes.Count == 0))
            throw ClientRefusals.OAuthWithoutFlowsOrScopes();
        if (flows.Any(flow => flow != OAuthFlowType.ClientCredentials) && client.CallbackURLs is null)
            throw ClientRefusals.NoCallbackUrls();
    }

    private static void CheckScopes(IReadOnlyList<string> flows, IReadOnlyList<string> scopes, PoolOffer pool)
    {
        if (scopes.FirstOrDefault(scope => !pool.Scopes.Contains(scope)) is { } unknown)
            throw ClientRefusals.NoSuchScope(unknown);
        if (!flows.Contains(OAuthFlowType.ClientCredentials)) return;
        // They stand for a user, and this flow has none.
        if (scopes.FirstOrDefault(PoolOffer.SystemScopes.Contains) is { } system)
            throw ClientRefusals.UserScopeWithClientCredentials(system);
    }

    // RFC 3986 §3.1: a scheme; then something after the slashes.
    [GeneratedRegex(
        @"\A([a-z][a-z0-9+.\-]*)://[^\s\\]+\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Absolute();

    [GeneratedRegex(
        @"\Ahttp://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?(/|\z)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OwnMachine();
}
