namespace Lifeguard.Operations.OAuth;

/// <summary>What a grant gives (RFC 6749 §5.1).</summary>
/// <param name="ExpiresIn">Seconds that the access token lives.</param>
public sealed record AccessTokenResponse(string AccessToken, int ExpiresIn)
{
    /// <summary>Null where no user is meant.</summary>
    public string? IdToken { get; init; }

    /// <summary>Null where the one that was used goes on, or where there is none.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Never prints the tokens.</summary>
    public override string ToString() => nameof(AccessTokenResponse);
}
