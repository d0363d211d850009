using Lifeguard.Domain.OAuth;

namespace Lifeguard.Operations.OAuth;

/// <summary>What the authorization endpoint refuses with (RFC 6749 §4.1.2.1).</summary>
/// <param name="error">The code, such as <c>invalid_scope</c>.</param>
/// <param name="description">Null where none is sent.</param>
/// <param name="returnTo">Where the app is told; null where nothing of the request may be trusted so far, and
/// the person sees a page instead.</param>
public sealed class AuthorizationException(
    string error, string? description = null, ReturnAddress? returnTo = null)
    : Exception(description is null ? error : $"{error}: {description}")
{
    public string Error { get; } = error;

    public string? Description { get; } = description;

    public ReturnAddress? ReturnTo { get; } = returnTo;

    /// <summary>The client, where the page of the error is to know it; null for nobody.</summary>
    public string? ClientId { get; init; }
}
