namespace Lifeguard.Domain.OAuth;

/// <summary>How a person has signed in on the pages of a domain, through which app clients get their
/// tokens.</summary>
/// <param name="EventId">A time-ordered UUID, the sign-in's own.</param>
/// <param name="SignedInAt">When the person proved who they are: <c>auth_time</c>.</param>
/// <param name="Methods">What they have proved, as tokens tell it.</param>
/// <param name="Provider">The name of the identity provider; null for one of the pool's own
/// users.</param>
public sealed record BrowserSignIn(
    string PoolId,
    string Sub,
    string EventId,
    DateTimeOffset SignedInAt,
    IReadOnlyList<string> Methods,
    string? Provider)
{
    /// <summary>The id of the browser's session that the sign-in begins.</summary>
    public string SessionId => Sessions.SessionId.OfBrowser(EventId);
}
