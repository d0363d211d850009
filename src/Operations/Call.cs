using Lifeguard.Domain;
using Lifeguard.Domain.Replicas;

namespace Lifeguard.Operations;

/// <summary>One call: what every operation may know about it besides the request.</summary>
/// <param name="Id">Request id, as sent back in <c>x-amzn-requestid</c>.</param>
/// <param name="Now">The instant of the call; read once, so all that the call decides agrees.</param>
/// <param name="Source">The caller's address.</param>
/// <param name="UserAgent">The client's own description; empty for none.</param>
public sealed record Call(
    string Id, DateTimeOffset Now, string Source, string UserAgent, CancellationToken Cancelled)
{
    private readonly List<OutgoingMessage> messages = [];

    /// <summary>The region that the call came for; null for the deployment's own.</summary>
    public string? Region { get; init; }

    /// <summary>The replica through which the call sees its pool; null in the pool's own region.</summary>
    public UserPoolReplica? Replica { get; set; }

    /// <summary>The messages this call has committed, to be handed to their transports at once.</summary>
    public IReadOnlyList<OutgoingMessage> Messages => messages;

    /// <summary>
    /// True where the caller must not learn from the answer, or from its time, how the delivery went.
    /// </summary>
    public bool DeliversSilently { get; set; }

    /// <summary>The pool as it is seen in the region that the call came for.</summary>
    public UserPool Seen(UserPool pool) =>
        Replica is { } replica && replica.PoolId == pool.Id ? replica.ViewOf(pool) : pool;

    /// <summary>What the caller says of the user's device; null for nothing.</summary>
    public CallerContext? Context { get; init; }

    /// <summary>Notes a message that the call's transaction holds; once, however often the database has to
    /// repeat the transaction.</summary>
    public void Sends(OutgoingMessage message)
    {
        if (!messages.Contains(message)) messages.Add(message);
    }

    /// <summary>Forgets what an attempt noted that did not commit.</summary>
    public void Restart() => messages.Clear();
}
