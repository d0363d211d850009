namespace Lifeguard.Domain.OAuth;

/// <summary>
/// What an app asks the authorization endpoint for, once it is checked against what the client may ask
/// (RFC 6749 §4.1.1, §4.2.1). Pages carry it along as the query that it came in.
/// </summary>
public sealed record AuthorizationRequest
{
    /// <summary>As it came, without the question mark: every page is reached with it, and checks it
    /// anew.</summary>
    public required string Query { get; init; }

    /// <summary>One of the client's callback URLs, letter for letter, and how the answer gets there.
    /// </summary>
    public required ReturnAddress ReturnTo { get; init; }

    public string RedirectUri => ReturnTo.Uri;

    /// <summary><c>code</c> or <c>token</c>.</summary>
    public required string ResponseType { get; init; }

    /// <summary>Those that are granted, in the order in which they were asked for.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Binds the ID token to the request (OpenID Connect Core §3.1.2.1); null for none.</summary>
    public string? Nonce { get; init; }

    /// <summary>SHA-256 of the verifier in base64url (RFC 7636 §4.2); null for none.</summary>
    public string? CodeChallenge { get; init; }

    /// <summary>For which the access token is meant (RFC 8707); null for none.</summary>
    public string? Resource { get; init; }

    /// <summary>Of an identity provider to which the person goes at once; null where the person
    /// chooses.</summary>
    public string? Provider { get; init; }

    /// <summary>By which a provider is found, in the place of its name; null for none.</summary>
    public string? ProviderIdentifier { get; init; }

    /// <summary>Which pages may be shown (OpenID Connect Core §3.1.2.1); empty where all may.</summary>
    public IReadOnlyList<string> Prompt { get; init; } = [];

    /// <summary>Who may be about to sign in; null for nobody.</summary>
    public string? LoginHint { get; init; }

    /// <summary>How old the sign-in may be; null for as old as a session gets.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>The levels of authentication to go for (<c>acr_values</c>, OpenID Connect Core §3.1.2.1),
    /// the one wanted most first; empty for any.</summary>
    public IReadOnlyList<int> AskedLevels { get; init; } = [];

    /// <summary>The one user whom the answer may be about (<c>id_token_hint</c>, OpenID Connect Core
    /// §3.1.2.1); null for anybody.</summary>
    public string? HintedSub { get; init; }

    /// <summary>Tokens leave in the fragment of the address, and refusals too (doc).</summary>
    public bool IsImplicit => ResponseType != "code";

    /// <summary>Never prints its members: state and nonce are the app's secrets.</summary>
    public override string ToString() => nameof(AuthorizationRequest);
}
