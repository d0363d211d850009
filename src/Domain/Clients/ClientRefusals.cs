using Lifeguard.Contract;

namespace Lifeguard.Domain.Clients;

/// <summary>
/// What is refused about the configuration of an app client. Texts without a note were observed; "own words"
/// marks those of which only the type is known.
/// </summary>
public static class ClientRefusals
{
    /// <summary>Own words.</summary>
    public static ApiException TwoSecrets() => Reject.InvalidParameter(
        "GenerateSecret cannot be true when a ClientSecret is provided.");

    /// <summary>Own words.</summary>
    public static ApiException PublicClient() => Reject.InvalidParameter(
        "A client secret can only be added to an app client that has one.");

    /// <summary>Own words.</summary>
    public static ApiException RegisteredClient() => Reject.InvalidParameter(
        "The secrets of an app client that was registered dynamically cannot be changed.");

    public static ApiException TooManySecrets() => new(
        Errors.LimitExceededException,
        $"Client secrets cannot exceed limit of {ClientSecrets.MaxSecrets} secrets.");

    public static ApiException NoSuchSecret() =>
        new(Errors.ResourceNotFoundException, "Client secret does not exist");

    public static ApiException OnlySecret() =>
        Reject.InvalidParameter("Cannot delete the only client secret.");

    /// <summary>Own words.</summary>
    public static ApiException MixedAuthFlows() => Reject.InvalidParameter(
        "ExplicitAuthFlows values that begin with ALLOW_ cannot be mixed with legacy values.");

    public static ApiException RefreshFlowWithRotation() => Reject.InvalidParameter(
        "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow "
        + "when refresh token rotation is enabled.");

    /// <summary>Own words.</summary>
    public static ApiException ClientTokenFlowNotAlone() => Reject.InvalidParameter(
        "ALLOW_CLIENT_TOKEN_AUTH cannot be combined with other ExplicitAuthFlows.");

    /// <summary>Own words.</summary>
    public static ApiException ClientTokenFlowWithoutSecret() => Reject.InvalidParameter(
        "ALLOW_CLIENT_TOKEN_AUTH requires an app client with a client secret.");

    /// <summary>Own words, as the flows of users have them.</summary>
    public static ApiException ClientTokenNotAllowed() =>
        Reject.InvalidParameter("CLIENT_TOKEN_AUTH flow not enabled for this client");

    /// <summary>Own words.</summary>
    public static ApiException NoClientScopes() =>
        Reject.InvalidParameter("The client is not allowed any custom scope.");

    /// <summary>Own words.</summary>
    public static ApiException ScopeNotAllowed(string scope) =>
        Reject.InvalidParameter($"Scope {scope} is not allowed for this client.");

    /// <summary>As the contract words such a bound; that of this list is documented elsewhere.</summary>
    public static ApiException TooManyScopes(int limit) => Reject.InvalidParameter(
        "1 validation error detected: Value at 'scopes' failed to satisfy constraint: "
        + $"Member must have length less than or equal to {limit}");

    public static ApiException ValidityRange() =>
        Reject.InvalidParameter("Invalid range for token validity.");

    /// <summary>Own words.</summary>
    public static ApiException OutlivesRefreshToken() => Reject.InvalidParameter(
        "Access and ID tokens cannot be valid for longer than the refresh token.");

    public static ApiException ReadAttributes() => Reject.InvalidParameter(
        "Invalid read attributes specified while creating a client");

    public static ApiException WriteAttributes() => Reject.InvalidParameter(
        "Invalid write attributes specified while creating a client");

    public static ApiException NoSuchProvider(string provider, string poolId) => Reject.InvalidParameter(
        $"The provider {provider} does not exist for User Pool {poolId}");

    public static ApiException OAuthWithoutFlowsOrScopes() => Reject.InvalidParameter(
        "AllowedOAuthFlows and AllowedOAuthScopes are required "
        + "if user pool client is allowed to use OAuth flows.");

    public static ApiException NoCallbackUrls() => Reject.InvalidParameter(
        "CallbackUrls can not be empty when code flow or implicit flow is selected");

    public static ApiException ClientCredentialsNotAlone() => OAuthFlow(
        "client_credentials flow can not be selected along with code flow or implicit flow.");

    public static ApiException ClientCredentialsWithoutSecret() => OAuthFlow(
        "client_credentials flow can not be selected if client does not have a client secret.");

    public static ApiException UserScopeWithClientCredentials(string scope) => OAuthFlow(
        $"{scope} is not supported with client_credentials flow");

    public static ApiException NoSuchScope(string scope) =>
        new(Errors.ScopeDoesNotExistException, $"Invalid scope requested: {scope}");

    public static ApiException PlainHttp(string url) =>
        Reject.InvalidParameter($"{url} cannot use the HTTP protocol.");

    /// <summary>Own words.</summary>
    public static ApiException NotAbsolute(string url) =>
        Reject.InvalidParameter($"{url} is not an absolute URI.");

    /// <summary>Own words.</summary>
    public static ApiException Fragment(string url) =>
        Reject.InvalidParameter($"{url} cannot contain a fragment.");

    /// <summary>Own words.</summary>
    public static ApiException Scheme(string url) =>
        Reject.InvalidParameter($"{url} uses a scheme that is not allowed.");

    public static ApiException DefaultRedirectNotListed(string url) => Reject.InvalidParameter(
        $"The default redirect URI {url} is not in the callback URIs list.");

    public static ApiException Analytics() => Reject.InvalidParameter(
        "Invalid analytics configuration given, "
        + "either <application arn> or <application id, role arn, external id> are valid");

    /// <summary>Own words.</summary>
    public static ApiException UserContextWithoutSecret() => Reject.InvalidParameter(
        "EnablePropagateAdditionalUserContextData requires an app client with a client secret.");

    private static ApiException OAuthFlow(string message) => new(Errors.InvalidOAuthFlowException, message);
}
