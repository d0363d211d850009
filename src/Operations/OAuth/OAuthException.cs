namespace Lifeguard.Operations.OAuth;

/// <summary>What an OAuth endpoint refuses with (RFC 6749 §5.2).</summary>
/// <param name="error">The code, such as <c>invalid_grant</c>.</param>
/// <param name="description">Null where none is sent.</param>
public sealed class OAuthException(string error, string? description = null)
    : Exception(description is null ? error : $"{error}: {description}")
{
    public string Error { get; } = error;

    public string? Description { get; } = description;

    /// <summary>HTTP status.</summary>
    public int Status { get; init; } = 400;

    /// <summary>The header <c>WWW-Authenticate</c>; null for none.</summary>
    public string? Challenge { get; init; }
}
