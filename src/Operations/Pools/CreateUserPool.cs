using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Pools;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Pools;

/// <summary>Creates a user pool with its schema, its settings and the two keys that sign its
/// tokens.</summary>
public sealed class CreateUserPool(
    Database database, PoolStore pools, Deployment deployment, RandomSource random)
    : IAdminOperation<CreateUserPoolRequest, CreateUserPoolResponse>
{
    /// <inheritdoc />
    public async Task<CreateUserPoolResponse> Execute(CreateUserPoolRequest request, Call call)
    {
        if (call.Region is { IsMeant: true }) throw PoolRefusals.AnotherRegion(deployment.Region);
        var settings = PoolRules.New(GivenPool.Of(request), deployment.Region);
        if (await pools.Count(call.Cancelled) >= PoolRules.MaxPools)
            throw PoolRefusals.TooMany("user pools", PoolRules.MaxPools);

        var pool = new UserPool
        {
            Id = $"{deployment.Region}_{random.Alphanumeric(9)}",
            Settings = settings,
            CreatedAt = call.Now,
            ModifiedAt = call.Now,
        };
        SigningKey[] keys =
        [
            SigningKey.New(pool.Id, TokenUse.Id, random, call.Now),
            SigningKey.New(pool.Id, TokenUse.Access, random, call.Now),
        ];
        await database.Write(
            transaction => pools.Insert(transaction, pool, keys, call.Cancelled), call.Cancelled);

        return new() { UserPool = pool.Describe(deployment, estimatedUsers: 0) };
    }
}
