namespace Lifeguard.Domain.OAuth;

/// <summary>What an app may do with the tokens that the OAuth endpoints gave it, through every
/// refresh.</summary>
/// <param name="Scopes">In the order in which they were granted.</param>
/// <param name="Resource">The audience of access tokens (RFC 8707); null for none.</param>
public sealed record OAuthGrant(IReadOnlyList<string> Scopes, string? Resource = null);
