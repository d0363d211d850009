using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Domain.Pools;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Pools;

/// <summary>
/// Replaces the configuration of a user pool: what the request leaves out goes back to its default, but for
/// the few members that <see cref="PoolRules.Changed"/> names.
/// </summary>
public sealed class UpdateUserPool(Database database, PoolStore pools, ClientStore clients)
    : IAdminOperation<UpdateUserPoolRequest, UpdateUserPoolResponse>
{
    /// <inheritdoc />
    public async Task<UpdateUserPoolResponse> Execute(UpdateUserPoolRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var given = GivenPool.Of(request);
        IReadOnlyList<UserPoolClientType> inUse =
            PoolRules.NeedsClients(pool.Settings, given) ? await ClientsOf(pool, call) : [];
        var changed = pool with
        {
            Settings = PoolRules.Changed(pool.Settings, given, pool.Region, pool.Factors, inUse),
            ModifiedAt = call.Now,
        };

        try
        {
            await database.Write(
                transaction => pools.Update(transaction, changed, call.Cancelled), call.Cancelled);
        }
        catch (ConflictException)
        {
            // The caller replaces the whole configuration and has to look at what the other one wrote.
            throw Reject.ConcurrentModification("user pool");
        }

        return new();
    }

    private async Task<IReadOnlyList<UserPoolClientType>> ClientsOf(UserPool pool, Call call)
    {
        var all = await clients.List(pool.Id, null, ClientRules.MaxClients, call.Cancelled);
        return [.. all.Select(client => client.Settings)];
    }
}
