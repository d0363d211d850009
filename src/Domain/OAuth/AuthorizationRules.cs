namespace Lifeguard.Domain.OAuth;

/// <summary>Where the endpoints of domains do more, or other things, than the service.</summary>
/// <param name="IsStrict">They keep to OpenID Connect to the letter, also where the service does not.</param>
/// <param name="NamesIssuer">Answers to authorization requests name the issuer (RFC 9207).</param>
/// <param name="AnnouncesPkce">Discovery names the code challenge methods.</param>
public sealed record AuthorizationRules(bool IsStrict, bool NamesIssuer, bool AnnouncesPkce);
