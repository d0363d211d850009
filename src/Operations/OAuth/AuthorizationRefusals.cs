using Lifeguard.Domain.OAuth;

namespace Lifeguard.Operations.OAuth;

/// <summary>The refusals of the authorization endpoint. Those without an address to return to end on a page
/// of the domain.</summary>
public static class AuthorizationRefusals
{
    /// <summary>What the page of an error may say besides its code. Everything else in its address may be
    /// anybody's words.</summary>
    public const string NoSuchClient = "Client does not exist";

    /// <summary>In the service's words (observed).</summary>
    public static AuthorizationException Missing() => new("Required parameters missing");

    /// <summary>Not well-formed at all, or something twice.</summary>
    public static AuthorizationException Malformed() => new("invalid_request");

    /// <summary>None, another pool's, or one that may not use these endpoints. In own words.</summary>
    public static AuthorizationException NoClient() => new("invalid_request", NoSuchClient);

    /// <summary>In the service's word (observed).</summary>
    public static AuthorizationException Mismatch(string clientId) =>
        new("redirect_mismatch") { ClientId = clientId };

    public static AuthorizationException Invalid(ReturnAddress returnTo, string? description = null) =>
        new("invalid_request", description, returnTo);

    /// <summary>The service says it so, and not by the code that there is for it (observed).</summary>
    public static AuthorizationException Scope(ReturnAddress returnTo) =>
        Invalid(returnTo, "invalid_scope");

    /// <summary>By the code that there is for it (RFC 6749 §4.1.2.1).</summary>
    public static AuthorizationException ScopeByStandard(ReturnAddress returnTo) =>
        new("invalid_scope", returnTo: returnTo);

    /// <summary>No page may be shown, and one would have to be (OpenID Connect Core §3.1.2.6).</summary>
    public static AuthorizationException LoginRequired(ReturnAddress returnTo) =>
        new("login_required", returnTo: returnTo);

    public static AuthorizationException Failed(ReturnAddress? returnTo) =>
        new("server_error", null, returnTo);
}
