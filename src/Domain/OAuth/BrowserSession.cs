using Lifeguard.Contract;
using Lifeguard.Domain.Domains;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.Sessions;

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

    /// <summary>What is told of it; null where it began before the pool tracked sessions, and then nobody
    /// is told of it.</summary>
    public BrowserUse? Use { get; init; }

    /// <summary>By which users and administrators know it.</summary>
    public string Id => SignIn.SessionId;

    /// <summary>Is there a domain left on whose pages it is one?</summary>
    /// <param name="domains">Those of the pool.</param>
    public bool IsServedBy(IReadOnlyList<UserPoolDomain> domains) =>
        domains.Any(domain => domain.ManagedLoginVersion == LoginVersion);

    /// <summary>As the wire shows it.</summary>
    public SessionDescriptionType Describe() => new()
    {
        SessionId = Id,
        SessionType = SessionTypeType.Sso,
        ClientId = Use?.ClientId,
        CreateDate = SignIn.SignedInAt,
        LastActiveDate = Use?.ActiveAt,
        DeviceType = Use?.Device,
        LastIPAddress = Use?.Address,
        LastLocation = SessionRules.UnknownPlace,
        // The caller of an operation has tokens, and so a session of tokens.
        IsCurrentSession = false,
    };

    /// <summary>Never prints its members.</summary>
    public override string ToString() => $"BrowserSession of {SignIn.Sub}";
}

/// <summary>The use of a browser's session.</summary>
/// <param name="ClientId">The app client that the sign-in was for.</param>
/// <param name="Device">In the words of <see cref="Logs.DeviceName.OfSession"/>.</param>
/// <param name="Address">Where the browser was seen last.</param>
/// <param name="ActiveAt">Of the last sign-in, the last tokens or their last refresh (doc).</param>
public sealed record BrowserUse(string ClientId, string Device, string Address, DateTimeOffset ActiveAt)
{
    /// <summary>Never prints its members, the address among them.</summary>
    public override string ToString() => $"BrowserUse of {ClientId}";
}
