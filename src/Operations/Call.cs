using Lifeguard.Domain;
using Lifeguard.Domain.Replicas;
using Lifeguard.Domain.Risk;
using Lifeguard.Operations.Triggers;

namespace Lifeguard.Operations;

/// <summary>One call: what every operation may know about it besides the request.</summary>
/// <param name="Id">Request id, as sent back in <c>x-amzn-requestid</c>.</param>
/// <param name="Now">The instant of the call; read once, so all that the call decides agrees.</param>
/// <param name="Source">The caller's address.</param>
/// <param name="UserAgent">The client's own description; empty for none.</param>
public sealed record Call(
    string Id, DateTimeOffset Now, string Source, string UserAgent, CancellationToken Cancelled)
{
    private List<OutgoingMessage> messages = [];

    /// <summary>The operation, or the route of a page, however somebody spells its path: what takes long
    /// takes turns among these.</summary>
    public string Operation { get; init; } = "";

    /// <summary>The region that the call came for; null for the deployment's own.</summary>
    public CalledRegion? Region { get; set; }

    /// <summary>The replica through which the call sees its pool; null in the pool's own region.</summary>
    public UserPoolReplica? Replica { get; set; }

    /// <summary>
    /// True where the caller must not learn from the answer, or from its time, whether there is somebody of
    /// the name it gives: the answer waits for no delivery and leaves at a tick.
    /// </summary>
    public bool HidesExistence { get; set; }

    /// <summary>True once it has hashed a password.</summary>
    public bool Hashes { get; set; }

    /// <summary>The pool as it is seen in the region that the call came for.</summary>
    public UserPool Seen(UserPool pool) =>
        Replica is { } replica && replica.PoolId == pool.Id ? replica.ViewOf(pool) : pool;

    /// <summary>The sign-in that the call begins or goes on with, once that is known: the id of its event and
    /// the device it is on.</summary>
    public (string EventId, string? DeviceKey)? SignIn { get; set; }

    /// <summary>What was found out about the risk of what the call does.</summary>
    public RiskFinding Risk { get; set; } = RiskFinding.None;

    /// <summary>What the caller says of the user's device; null for nothing.</summary>
    public CallerContext? Context { get; init; }

    /// <summary>What functions have answered it.</summary>
    public TriggerAnswers Answers { get; } = new();

    /// <summary>Notes a message that the call has committed.</summary>
    public void Sends(OutgoingMessage message) => messages.Add(message);

    /// <summary>The messages this call has committed since this was last asked, to be handed to their
    /// transports at once.</summary>
    public IReadOnlyList<OutgoingMessage> TakeMessages()
    {
        var taken = messages;
        messages = [];
        return taken;
    }

    /// <summary>Forgets what an attempt noted that did not come to its end. The messages of what it has
    /// committed all the same leave.</summary>
    public void Restart()
    {
        Answers.Restart();
        (SignIn, Risk) = (null, RiskFinding.None);
    }

    /// <summary>The user's address and client: as the caller tells them, if it may be believed, and else its
    /// own.</summary>
    public (string Address, string UserAgent, bool IsTold) SeenThrough(AppClient client)
    {
        var told = Context?.IsBelieved(client) == true ? Context : null;
        return (told?.IpAddress ?? Source, told?.UserAgent ?? UserAgent, told is not null);
    }
}
