using Lifeguard.Contract;
using Lifeguard.Domain.OAuth;

namespace Lifeguard.Domain.Federation;

/// <summary>How a provider of one of the types that are not SAML is spoken to: what its details say, and what
/// each of the known types is like.</summary>
public sealed record OAuthProvider(IdentityProvider Provider)
{
    private const string GoogleKeys = "https://www.googleapis.com/oauth2/v3/certs";
    private const string AppleKeys = "https://appleid.apple.com/auth/keys";

    public string Name => Provider.Name;

    public string Type => Provider.Type;

    public bool IsOidc => Type == IdentityProviderTypeType.Oidc;

    public bool IsGoogle => Type == IdentityProviderTypeType.Google;

    public bool IsFacebook => Type == IdentityProviderTypeType.Facebook;

    public bool IsApple => Type == IdentityProviderTypeType.SignInWithApple;

    /// <summary>Says who signs in by an ID token; Facebook and Amazon do by their attributes alone.</summary>
    public bool HasIdToken => IsOidc || IsGoogle || IsApple;

    /// <summary>Knows proof keys (RFC 7636). Of OIDC providers those that do not ignore them.</summary>
    public bool TakesProofKey => IsOidc || IsGoogle;

    public string ClientId => Provider.Details[DetailNames.ClientId];

    /// <summary>Null for a public client, and for Apple, whose secrets are made when they are
    /// needed.</summary>
    public string? ClientSecret => Detail(DetailNames.ClientSecret);

    public string AuthorizeUrl => Provider.Details[DetailNames.AuthorizeUrl];

    public string TokenUrl => Provider.Details[DetailNames.TokenUrl];

    /// <summary>The code is redeemed by GET (doc: token_request_method).</summary>
    public bool TakesCodeByGet => Detail(DetailNames.TokenMethod) == "GET";

    /// <summary>Null where there are no attributes but those of the ID token.</summary>
    public string? AttributesUrl => Detail(DetailNames.AttributesUrl);

    public bool TakesAttributesByPost => Detail(DetailNames.AttributesMethod) == "POST";

    /// <summary>The names of attributes are added to their address (doc).</summary>
    public bool NamesAttributes => Detail(DetailNames.AddsAttributes) == "true";

    /// <summary>Where its public keys are; null where it has none.</summary>
    public string? KeysUrl =>
        Detail(DetailNames.KeysUrl) ?? (IsGoogle ? GoogleKeys : IsApple ? AppleKeys : null);

    /// <summary>What its ID tokens may call their issuer; Google uses either form.</summary>
    public IReadOnlyList<string> Issuers => IsGoogle
        ? ["https://accounts.google.com", "accounts.google.com"]
        : [Provider.Details.GetValueOrDefault(DetailNames.Issuer) ?? ""];

    /// <summary>The claim by which the provider tells one person from another.</summary>
    public string SubjectClaim =>
        Provider.Settings.AttributeMapping?.GetValueOrDefault(ProviderRules.Username) ?? "sub";

    /// <summary>The claims that the pool has use for, each once.</summary>
    public IReadOnlyList<string> MappedClaims =>
    [
        .. (Provider.Settings.AttributeMapping ?? new Dictionary<string, string>())
            .Values.Append(SubjectClaim).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Scopes as the provider separates them: Facebook by commas (doc).</summary>
    private string? Scopes
    {
        get
        {
            var words = (Detail(DetailNames.Scopes) ?? "")
                .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            return words.Length == 0 ? null : string.Join(IsFacebook ? ',' : ' ', words);
        }
    }

    /// <summary>Where the browser goes to sign in (RFC 6749 §4.1.1).</summary>
    /// <param name="request">Of the app: hints and prompts go on where they are understood (doc).</param>
    /// <param name="state">With the secrets that the answer has to fit.</param>
    /// <param name="stateText">The parameter of that name.</param>
    public Uri AuthorizationAddress(
        string authorizeUrl, AuthorizationRequest request, FederationState state, string stateText)
    {
        var isOpenId = IsOidc || IsGoogle;
        var prompt = string.Join(' ', request.Prompt.Where(one => one != "none"));
        return QueryText.AddTo(
            authorizeUrl,
            ("client_id", ClientId),
            ("redirect_uri", state.Callback),
            ("scope", Scopes),
            ("response_type", "code"),
            ("state", stateText),
            ("nonce", state.Nonce),
            ("code_challenge", state.Verifier is { } verifier ? FederationState.KeyOf(verifier) : null),
            ("code_challenge_method", state.Verifier is null ? null : "S256"),
            // Apple sends the name of a person by form alone.
            ("response_mode", IsApple && Scopes is not null ? "form_post" : null),
            ("login_hint", isOpenId ? request.LoginHint : null),
            ("prompt", isOpenId && prompt.Length > 0 ? prompt : null));
    }

    private string? Detail(string name) => Provider.Details.GetValueOrDefault(name);

    /// <summary>Never prints its members: they hold secrets.</summary>
    public override string ToString() => Provider.ToString();
}
