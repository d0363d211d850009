using Lifeguard.Domain.Federation;

namespace Lifeguard.Domain.OAuth;

/// <summary>A browser in which somebody is signed in, on the pages of a pool's domain.</summary>
/// <param name="Hash">Of what the browser's cookie holds, which is nowhere kept.</param>
/// <param name="LoginVersion">Of the pages; a session does not outlive a change of them (doc).</param>
public sealed record BrowserSession(
    string Hash, BrowserSignIn SignIn, int LoginVersion, DateTimeOffset ExpiresAt)
{
    /// <summary>However short a time the app client takes it over, it lives an hour, which nothing makes
    /// longer (doc).</summary>
    public static readonly TimeSpan ShortestLifetime = TimeSpan.FromHours(1);

    /// <summary>What logging out at a SAML provider needs; null for anybody else.</summary>
    public SamlSession? Saml { get; init; }

    /// <summary>Never prints its members.</summary>
    public override string ToString() => $"BrowserSession of {SignIn.Sub}";
}
