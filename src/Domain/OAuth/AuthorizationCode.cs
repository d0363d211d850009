namespace Lifeguard.Domain.OAuth;

/// <summary>What an app gets for a code (RFC 6749 §4.1.2), and what it has to show for it.</summary>
/// <param name="Hash">By which it is found; the code itself is nowhere kept.</param>
public sealed record AuthorizationCode(
    string PoolId, string Hash, string ClientId, string Sub, DateTimeOffset ExpiresAt)
{
    /// <summary>How long a code is good (doc).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Named once more by whoever redeems it.</summary>
    public required string RedirectUri { get; init; }

    /// <summary>Null where the request had none, and then none may be shown a verifier.</summary>
    public string? CodeChallenge { get; init; }

    public string? Nonce { get; init; }

    public required OAuthGrant Grant { get; init; }

    /// <summary>The sign-in that the tokens will belong to.</summary>
    public required string EventId { get; init; }

    /// <summary>The id of the browser's session that the tokens will have come through; null for codes from
    /// before that was noted.</summary>
    public string? OriginSessionId { get; init; }

    public required DateTimeOffset SignedInAt { get; init; }

    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>What is revoked to revoke the tokens that it led to; null while it is unused.</summary>
    public string? Family { get; init; }

    /// <summary>Never prints its members.</summary>
    public override string ToString() => $"AuthorizationCode of {ClientId}";
}
