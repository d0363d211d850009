using Lifeguard.Domain;

namespace Lifeguard.Operations.OAuth;

/// <summary>The refusals of the OAuth endpoints. Those of the token endpoint all have status 400, unknown
/// clients included (observed).</summary>
public static class OAuthRefusals
{
    public static OAuthException InvalidRequest(string? description = null) =>
        new("invalid_request", description);

    /// <summary>No such client, or another pool's (observed).</summary>
    public static OAuthException InvalidClient() => new("invalid_client");

    /// <summary>The client is there, and this is not its secret: the service tells it apart, since the id is
    /// no secret (observed).</summary>
    public static OAuthException InvalidClientSecret() => new("invalid_client", "invalid_client_secret");

    /// <summary>The same where tokens are revoked (doc), and where standards are kept to. Who tried by the
    /// header is told to (RFC 6749 §5.2).</summary>
    public static OAuthException InvalidClientByStandard(bool byHeader) => new("invalid_client")
    {
        Status = 401,
        Challenge = byHeader ? "Basic realm=\"oauth2\"" : null,
    };

    public static OAuthException InvalidGrant() => new("invalid_grant");

    /// <summary>Another address than the code was asked for with (doc).</summary>
    public static OAuthException InvalidRedirect() => new("unauthorized_client", "invalid_redirect");

    public static OAuthException UnauthorizedClient() => new("unauthorized_client");

    public static OAuthException UnsupportedGrantType() => new("unsupported_grant_type");

    public static OAuthException InvalidScope() => new("invalid_scope");

    /// <summary>An access or ID token, which is not revoked by itself (doc).</summary>
    public static OAuthException UnsupportedTokenType() => new("unsupported_token_type");

    /// <summary>A function keeps the tokens back; its words go to the client, as those of the API do
    /// (inferred).</summary>
    public static OAuthException Trigger(ApiException refusal) => InvalidRequest(refusal.Text);

    /// <summary>Inferred: the service's status for what comes too often.</summary>
    public static OAuthException TooManyRequests() =>
        new("temporarily_unavailable", "Rate exceeded") { Status = 429 };

    public static OAuthException NoBearer()
    {
        const string Words = "Bad OAuth2 request at UserInfo Endpoint";
        return new("invalid_request", Words) { Challenge = Bearer("invalid_request", Words) };
    }

    /// <summary>Whatever is wrong with the token, and also where it does not tell who its user is.</summary>
    public static OAuthException InvalidToken()
    {
        const string Words =
            "Access token is expired, disabled, or deleted, or the user has globally signed out.";
        return new("invalid_token", Words) { Status = 401, Challenge = Bearer("invalid_token", Words) };
    }

    /// <summary>The same as RFC 6750 §3 has it: with the scheme, and with nothing else where no token
    /// came.</summary>
    public static OAuthException ByStandard(OAuthException refusal) => new(refusal.Error, refusal.Description)
    {
        Status = 401,
        Challenge = refusal.Error == InvalidToken().Error ? $"Bearer {refusal.Challenge}" : "Bearer",
    };

    /// <summary>The token is good, for something else (RFC 6750 §3.1).</summary>
    public static OAuthException InsufficientScope() => new("insufficient_scope")
    {
        Status = 403,
        Challenge = "Bearer error=\"insufficient_scope\"",
    };

    /// <summary>The pool registers nobody: there is no such endpoint.</summary>
    public static OAuthException NoRegistration() => new("invalid_request") { Status = 404 };

    /// <summary>The pool registers nobody like that.</summary>
    public static OAuthException RegistrationDenied(string description) =>
        new("access_denied", description) { Status = 403 };

    /// <summary>The service leaves the scheme out (doc).</summary>
    private static string Bearer(string error, string description) =>
        $"error=\"{error}\", error_description=\"{description}\"";
}
