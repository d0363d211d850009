using Lifeguard.Domain;

namespace Lifeguard.Operations.OAuth;

/// <summary>A request by form to an endpoint of a pool's domain.</summary>
/// <param name="Pool">The domain's, as it is seen in the region of the request.</param>
/// <param name="Authorization">The header as it came; null for none.</param>
/// <param name="Parameters">Each once: a parameter that is repeated makes no request (RFC 6749 §3.2).</param>
public sealed record OAuthRequest(
    UserPool Pool, string? Authorization, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The parameter; null where it is left out or empty, which is the same (RFC 6749
    /// §3.2).</summary>
    public string? this[string name] =>
        Parameters.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>The parameter.</summary>
    /// <exception cref="OAuthException">invalid_request: it is left out.</exception>
    public string Required(string name) => this[name] ?? throw OAuthRefusals.InvalidRequest();

    /// <summary>Never prints its members, among them secrets.</summary>
    public override string ToString() => $"OAuthRequest to {Pool.Id}";
}
