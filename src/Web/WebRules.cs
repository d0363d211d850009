namespace Lifeguard.Web;

/// <summary>What the HTTP side has to know of the settings.</summary>
/// <param name="MaxBodyBytes">Longest request body.</param>
/// <param name="IsBehindProxy">The connection comes from a proxy, whose <c>X-Forwarded-For</c> is
/// believed.</param>
public sealed record WebRules(int MaxBodyBytes, bool IsBehindProxy);
