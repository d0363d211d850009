using Lifeguard.Contract;

namespace Lifeguard.Domain.Federation;

/// <summary>
/// What goes wrong between the redirect to a provider and the signed-in user, in the words that app clients
/// know from the service. "Own words" marks those of which only the code is known.
/// </summary>
public static class ProviderErrors
{
    /// <summary>Characters of a text of the provider's that are passed on.</summary>
    public const int MaxTold = 1000;

    private const string InvalidRequest = "invalid_request";
    private const string ServerError = "server_error";
    private const string InSaml = "Error in SAML response processing: ";

    /// <summary>Doc.</summary>
    public static FederationException TokenTimeout() =>
        new(InvalidRequest, "Timeout occurred in calling IdP token endpoint");

    /// <summary>The documented value begins so (doc).</summary>
    public static FederationException KeysTimeout() =>
        new(InvalidRequest, "error_description=Timeout in calling jwks uri");

    /// <summary>Doc.</summary>
    public static FederationException Reset() => new(InvalidRequest, "Connection reset");

    /// <summary>Doc.</summary>
    public static FederationException ReadTimeout() => new(InvalidRequest, "Read timed out");

    /// <summary>A provider of a known type gives no token (doc).</summary>
    public static FederationException NoToken(string provider, int status) =>
        new(InvalidRequest, $"{provider} Error - {status} error getting token");

    /// <summary>Google gives no token, and says why (doc).</summary>
    public static FederationException OfGoogle(int status, string error) =>
        new(InvalidRequest, $"Google Error - {status} {Clip(error)}");

    /// <summary>An OIDC provider gives no token (observed).</summary>
    /// <param name="reason">The standard words for the status.</param>
    /// <param name="entity">What it said; null where that must not be repeated.</param>
    public static FederationException BadTokenResponse(int status, string reason, string? entity) => new(
        InvalidRequest,
        $"Bad token response: HTTP/1.1 {status} {reason}"
        + (entity is null ? "" : $", entity: {Clip(entity)}"));

    /// <summary>Observed for the issuer; own words for the rest.</summary>
    /// <param name="what">What is wrong with it.</param>
    public static FederationException BadIdToken(string what) =>
        new(InvalidRequest, $"Bad id_token {Clip(what)}");

    /// <summary>Own words.</summary>
    public static FederationException NoKeys(string provider, int status) =>
        new(InvalidRequest, $"{provider} Error - {status} error getting keys");

    /// <summary>Own words.</summary>
    public static FederationException NoAttributes(string provider, int status) =>
        new(InvalidRequest, $"{provider} Error - {status} error getting attributes");

    /// <summary>Attributes of somebody else than the ID token speaks of. Own words.</summary>
    public static FederationException OtherSubject() =>
        new(InvalidRequest, "The attributes of the provider are those of another subject");

    /// <summary>The answer says to be another provider's (RFC 9207 §2.4). Own words.</summary>
    public static FederationException OtherIssuer() =>
        new(InvalidRequest, "The response is of another issuer");

    /// <summary>Nobody was sent to a provider for this, or not this browser, or too long ago. Own
    /// words.</summary>
    public static FederationException Lost() =>
        new(InvalidRequest, "The sign-in has expired, or was begun in another browser");

    /// <summary>Likewise for SAML, also where the provider may not begin by itself (inferred).</summary>
    public static FederationException LostSaml() =>
        new(InvalidRequest, "Invalid samlResponse or relayState from identity provider");

    /// <summary>Neither a code nor an error came. Own words.</summary>
    public static FederationException NoCode() =>
        new(InvalidRequest, "The response of the provider has no code");

    /// <summary>The provider does not say who it is, or in a way that no user could be called. Own
    /// words.</summary>
    public static FederationException NoSubject(string provider) =>
        new(InvalidRequest, $"{provider} did not say who the user is");

    /// <summary>The provider's own error goes on to the app.</summary>
    public static FederationException OfProvider(string error, string? description) =>
        new(error, description is null ? null : Clip(description));

    /// <summary>The provider was taken away from the client while somebody was there; the words are those of
    /// the sign-in page (observed).</summary>
    public static FederationException NotAvailable() =>
        new(InvalidRequest, "Login option is not available. Please try another one");

    /// <summary>Required attributes that the provider has not delivered (observed, for each kind).</summary>
    public static FederationException Required(IdentityProvider provider, IReadOnlyList<string> names) =>
        provider.IsSaml
            ? new(
                ServerError,
                $"{InSaml}Invalid user attributes: "
                + string.Join('\n', names.Select(name => $"{name}: The attribute is required")))
            : new(InvalidRequest, $"attributes required: [{string.Join(", ", names)}]");

    /// <summary>Attributes that cannot change, or that the client may not write; the line break and the blank
    /// are the service's (observed).</summary>
    public static FederationException NotUpdatable(IEnumerable<string> names) => new(
        InvalidRequest, string.Concat(names.Select(name => $"user.{name}: Attribute cannot be updated.\n ")));

    /// <summary>Inferred.</summary>
    public static FederationException TooLong(string name, int limit) =>
        new(InvalidRequest, $"user.{name}: String must not be longer than {limit} characters");

    /// <summary>A value that the attribute cannot have.</summary>
    public static FederationException Misfit(string name, string reason) =>
        new(InvalidRequest, $"user.{name}: {reason}");

    /// <summary>A value of a SAML attribute that no attribute can have (doc: no characters of four bytes).
    /// Own words.</summary>
    public static FederationException FourBytes(string name) => new(
        ServerError, $"{InSaml}Invalid user attributes: {name}: The value has characters of four bytes");

    /// <summary>The user could not be called so (observed for SAML).</summary>
    public static FederationException UserName(IdentityProvider provider, string name)
    {
        var limit = name.Length > 128
            ? "have length less than or equal to 128"
            : @"satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+";
        var text = $"1 validation error detected: Value '{Clip(name)}' at 'userName' failed to satisfy "
            + $"constraint: Member must {limit}";
        return provider.IsSaml ? new(ServerError, InSaml + text) : new(InvalidRequest, text);
    }

    /// <summary>Somebody has the name, or has been linked to the identity meanwhile (observed).</summary>
    public static FederationException Exists(string username) =>
        new(InvalidRequest, $"Already found an entry for username {username}");

    /// <summary>Inferred.</summary>
    public static FederationException Disabled() => new(InvalidRequest, "User is not enabled");

    /// <summary>A replica has the users of its pool, and takes no others. Own words.</summary>
    public static FederationException NotInReplica() =>
        new(InvalidRequest, "New users can sign in only in the primary Region");

    /// <summary>Words of the API, which the client gets as they are: those of triggers above all
    /// (inferred).</summary>
    public static FederationException Of(ApiException refusal) => new(
        refusal.Code == Errors.TooManyRequestsException ? "temporarily_unavailable" : InvalidRequest,
        refusal.Text);

    private static string Clip(string text) => text.Length <= MaxTold ? text : text[..MaxTold];
}
