using Lifeguard.Domain;
using Lifeguard.Domain.Risk;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Risk;

/// <summary>Finds the pool of a call about risks: one with threat protection.</summary>
public sealed class WatchedPools(PoolStore pools)
{
    /// <exception cref="ApiException">ResourceNotFoundException,
    /// UserPoolAddOnNotEnabledException.</exception>
    public async Task<UserPool> Get(string poolId, CancellationToken cancellation)
    {
        var pool = await pools.Get(poolId, cancellation);
        return pool.IsWatched ? pool : throw RiskRefusals.AddOnNotEnabled(pool.Id);
    }
}
