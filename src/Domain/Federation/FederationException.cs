namespace Lifeguard.Domain.Federation;

/// <summary>Why somebody who comes from another provider is not signed in, as the app client is told it
/// (RFC 6749 §4.1.2.1).</summary>
/// <param name="error">The code, such as <c>invalid_request</c>.</param>
/// <param name="description">Null where none is sent.</param>
public sealed class FederationException(string error, string? description = null)
    : Exception(description is null ? error : $"{error}: {description}")
{
    public string Error { get; } = error;

    public string? Description { get; } = description;
}
