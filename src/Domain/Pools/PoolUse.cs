using Lifeguard.Contract;

namespace Lifeguard.Domain.Pools;

/// <summary>What hangs on the settings of a pool, and so keeps some of them from changing.</summary>
/// <param name="Clients">The pool's app clients.</param>
/// <param name="HasReplica">The pool is replicated into another region.</param>
/// <param name="StreamsLogs">Logs of its authentication events are delivered.</param>
/// <param name="TracksSessions">It is noted who is signed in where.</param>
/// <param name="HasManagedLogin">A domain shows the pages of managed login.</param>
public sealed record PoolUse(
    IReadOnlyList<UserPoolClientType> Clients, bool HasReplica, bool StreamsLogs = false,
    bool TracksSessions = false, bool HasManagedLogin = false)
{
    /// <summary>A pool without clients, replicas and logs.</summary>
    public static readonly PoolUse None = new([], HasReplica: false);
}
