namespace Lifeguard.Crash.Tests;

/// <summary>What can be observed of a user.</summary>
/// <param name="Status">Such as <c>CONFIRMED</c>.</param>
/// <param name="Nickname">A number that grows with each change.</param>
/// <param name="Password">Null where none is known.</param>
/// <param name="AwaitsCode">A code was sent and not yet used.</param>
internal sealed record Observed(string Status, int Nickname, string? Password, bool AwaitsCode);

/// <summary>A user as one client of the load knows it: what was acknowledged, and what may have happened
/// besides because the answer never came.</summary>
internal sealed class KnownUser(string name, string phone, bool isInvited)
{
    public string Name => name;

    /// <summary>An administrator made it; otherwise it registered itself.</summary>
    public bool IsInvited => isInvited;

    /// <summary>A code can be sent, because the number was verified at the creation or by a later
    /// change.</summary>
    public bool MayReset => Acknowledged is { Status: "CONFIRMED" or "RESET_REQUIRED" } now
        && (isInvited || now.Nickname > 0);

    public string Phone => phone;

    /// <summary>Null until the creation was acknowledged.</summary>
    public Observed? Acknowledged { get; private set; }

    /// <summary>What a call under way would lead to; null when none is.</summary>
    public Observed? UnderWay { get; private set; }

    /// <summary>A call is about to be made.</summary>
    public void Begin(Observed outcome) => UnderWay = outcome;

    /// <summary>It was acknowledged.</summary>
    public void Succeed() => (Acknowledged, UnderWay) = (UnderWay, null);

    public override string ToString() => $"{name}: acknowledged {Acknowledged}, under way {UnderWay}";
}
