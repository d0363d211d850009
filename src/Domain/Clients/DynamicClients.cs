using System.Text.RegularExpressions;
using Lifeguard.Contract;

namespace Lifeguard.Domain.Clients;

/// <summary>App clients that apps register for themselves (RFC 7591), as far as the pool lets them
/// (doc).</summary>
public static partial class DynamicClients
{
    public const string Basic = "client_secret_basic";
    public const string Post = "client_secret_post";
    public const string Public = "none";

    private const string AuthorizationCode = "authorization_code";
    private const string RefreshToken = "refresh_token";
    private const string ClientCredentials = "client_credentials";
    private const string Code = "code";

    private const int MostUris = 100;
    private const int LongestUri = 1024;
    private const int LongestName = 128;

    /// <summary>The scopes that every such client may have (doc).</summary>
    private static readonly string[] OfOpenId = ["openid", "email", "phone", "profile"];

    /// <summary>Does the pool register apps at all?</summary>
    public static bool AreOn(UserPool pool) =>
        pool.Settings.DcrConfiguration?.EnableStatus == StatusType.Enabled;

    /// <summary>The flows that may be registered for (doc).</summary>
    /// <param name="isOpen">Without a token.</param>
    public static IReadOnlyList<string> Flows(DcrConfigurationType rules, bool isOpen)
    {
        if (isOpen && rules.OpenDcrEnabled != true) return [];
        var flows = isOpen
            ? rules.OpenDcrGrantTypes ?? [OAuthFlowType.Code]
            : rules.AuthenticatedGrantTypes ?? [OAuthFlowType.Code, OAuthFlowType.ClientCredentials];
        // Taken by the configuration, and without effect (doc).
        return [.. flows.Where(flow => flow != OAuthFlowType.Implicit)];
    }

    /// <summary>The metadata with the defaults filled in.</summary>
    /// <exception cref="RegistrationException">Something cannot be, or may not be here.</exception>
    public static AppMetadata Completed(
        AppMetadata given, DcrConfigurationType rules, PoolOffer offer, IReadOnlyList<string> flows)
    {
        CheckName(given.ClientName);
        var grants = Grants(given, flows);
        var isMachine = grants.Contains(ClientCredentials);
        if (given.AuthenticationMethod is not (Basic or Post or Public))
            throw RegistrationException.Metadata("token_endpoint_auth_method is none that is known here.");
        if (isMachine && given.AuthenticationMethod == Public)
            throw RegistrationException.Metadata("client_credentials needs a secret.");
        CheckUris(given.RedirectUris, isNeeded: !isMachine);
        return given with
        {
            GrantTypes = grants,
            ResponseTypes = ResponseTypes(given.ResponseTypes, isMachine),
            Scope = string.Join(' ', Scopes(given.Scope, rules, offer, isMachine)),
        };
    }

    /// <summary>The settings of the client that it asks for.</summary>
    /// <param name="completed">With its defaults.</param>
    public static UserPoolClientType Settings(AppMetadata completed, string id, PoolOffer offer) => new()
    {
        ClientName = completed.ClientName ?? id,
        ClientType = ClientTypeType.Dcr,
        AllowedOAuthFlowsUserPoolClient = true,
        AllowedOAuthFlows = completed.GrantTypes!.Contains(ClientCredentials)
            ? [OAuthFlowType.ClientCredentials]
            : [OAuthFlowType.Code],
        AllowedOAuthScopes = completed.Scope!.Split(' '),
        CallbackURLs = completed.RedirectUris,
        SupportedIdentityProviders = [.. offer.Providers.Order(StringComparer.Ordinal)],
        // Strangers are told of nobody, and do not get at passwords past the pages.
        PreventUserExistenceErrors = PreventUserExistenceErrorTypes.Enabled,
        ExplicitAuthFlows = [ExplicitAuthFlowsType.AllowRefreshTokenAuth],
    };

    private static void CheckName(string? name)
    {
        if (name is null) return;
        if (name.Length > LongestName || !Name().IsMatch(name))
            throw RegistrationException.Metadata("client_name is too long or holds what no name may hold.");
    }

    private static string[] Grants(AppMetadata given, IReadOnlyList<string> flows)
    {
        string[] grants = [.. (given.GrantTypes ?? [AuthorizationCode]).Distinct()];
        var isMachine = grants.Contains(ClientCredentials);
        var isKnown = grants.All(grant => grant is AuthorizationCode or RefreshToken or ClientCredentials)
            && (isMachine ? grants.Length == 1 : grants.Contains(AuthorizationCode));
        if (!isKnown) throw RegistrationException.Metadata("grant_types cannot be registered like this.");
        return flows.Contains(isMachine ? OAuthFlowType.ClientCredentials : OAuthFlowType.Code)
            ? grants
            : throw RegistrationException.Metadata("grant_types holds what may not be registered here.");
    }

    private static string[] ResponseTypes(IReadOnlyList<string>? given, bool isMachine)
    {
        string[] needed = isMachine ? [] : [Code];
        if (given is null || given.Distinct().SequenceEqual(needed)) return needed;
        throw RegistrationException.Metadata("response_types do not fit the grant_types.");
    }

    private static void CheckUris(IReadOnlyList<string> uris, bool isNeeded)
    {
        if (uris.Count > MostUris) throw RegistrationException.Redirect("There are too many redirect_uris.");
        if (isNeeded && uris.Count == 0) throw RegistrationException.Redirect("redirect_uris is missing.");
        foreach (var uri in uris)
        {
            if (uri.Length > LongestUri) throw RegistrationException.Redirect("A redirect_uri is too long.");
            try
            {
                OAuthRules.CheckUrl(uri);
            }
            catch (ApiException refusal)
            {
                throw RegistrationException.Redirect(refusal.Text ?? "A redirect_uri is none.");
            }
        }
    }

    private static IReadOnlyList<string> Scopes(
        string? given, DcrConfigurationType rules, PoolOffer offer, bool isMachine)
    {
        HashSet<string> allowed = [.. rules.AllowedScopes ?? []];
        allowed.UnionWith(OfOpenId);
        allowed.IntersectWith(offer.Scopes);
        allowed.Remove(PoolOffer.RegistrationScope);
        if (isMachine) allowed.ExceptWith(PoolOffer.SystemScopes);
        // What anybody may have is given unasked to users' clients, what the pool lists to others.
        string[] asked = given?.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            ?? (isMachine ? [.. allowed.Order(StringComparer.Ordinal)] : OfOpenId);
        if (asked.Length is 0 or > ClientScopes.MaxScopes || !asked.All(allowed.Contains))
            throw RegistrationException.Metadata("scope holds none, or one that may not be registered.");
        return [.. asked.Distinct()];
    }

    // As the contract bounds names of app clients.
    [GeneratedRegex(@"\A[\w\s+=,.@-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
