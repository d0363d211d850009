using Lifeguard.Contract;

namespace Lifeguard.Domain.Sessions;

/// <summary>Whether a pool notes who is signed in where, and how often at once a user may be.</summary>
/// <param name="MaxPerUser">The next sign-in ends the one that was used least recently; in force only where
/// the pool tracks sessions.</param>
public sealed record SessionTracking(bool IsOn, int MaxPerUser)
{
    /// <summary>Of a pool where nothing was set (doc).</summary>
    public static readonly SessionTracking Off = new(IsOn: false, MaxPerUser: 20);

    /// <summary>One of <see cref="UserSessionTrackingType"/>.</summary>
    public string Word => IsOn ? UserSessionTrackingType.Enabled : UserSessionTrackingType.Disabled;
}
