using Lifeguard.Domain;
using Lifeguard.Domain.Pools;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Pools;

/// <summary>Finds pools by ARN and stores their tags. There is one set of tags: the one that CreateUserPool
/// begins and DescribeUserPool shows; each replica has its own (doc).</summary>
public sealed class TaggedPools(
    Database database, PoolStore pools, ReplicaStore replicas, Deployment deployment)
{
    /// <summary>The pool.</summary>
    /// <exception cref="ApiException">InvalidParameterException: not the ARN of a pool.
    /// ResourceNotFoundException: there is no such pool.</exception>
    public async Task<UserPool> Get(string arn, Call call)
    {
        var id = PoolArn.IdIn(arn, deployment, call.Replica?.Region);
        return call.Seen(await pools.Get(id, call.Cancelled));
    }

    /// <summary>Stores the tags where they differ from those the pool has.</summary>
    /// <exception cref="ConflictException">The pool was changed or deleted since it was read.</exception>
    public async Task Store(UserPool pool, IReadOnlyDictionary<string, string>? tags, Call call)
    {
        if (TagRules.AreSame(pool.Settings.UserPoolTags, tags)) return;
        if (call.Replica is { } replica)
        {
            var there = replica with { Settings = replica.Settings with { UserPoolTags = tags } };
            await database.Write(
                transaction => replicas.Update(transaction, there, call.Cancelled), call.Cancelled);
            return;
        }

        // The date of the last change stays: tags are about the pool, not settings of it.
        var changed = pool with { Settings = pool.Settings with { UserPoolTags = tags } };
        await database.Write(
            transaction => pools.Update(transaction, changed, call.Cancelled), call.Cancelled);
    }
}
