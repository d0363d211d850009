using Lifeguard.Contract;

namespace Lifeguard.Domain.Pools;

/// <summary>What hangs on the settings of a pool, and so keeps some of them from changing.</summary>
/// <param name="Clients">The pool's app clients.</param>
/// <param name="HasReplica">The pool is replicated into another region.</param>
public sealed record PoolUse(IReadOnlyList<UserPoolClientType> Clients, bool HasReplica)
{
    /// <summary>A pool without clients and replicas.</summary>
    public static readonly PoolUse None = new([], HasReplica: false);
}
