using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Pools;

/// <summary>Adds custom attributes to the schema of a user pool, for good. App clients that name no
/// attributes may read and write them at once.</summary>
public sealed class AddCustomAttributes(Database database, PoolStore pools, ImportGate imports)
    : IAdminOperation<AddCustomAttributesRequest, AddCustomAttributesResponse>
{
    /// <inheritdoc />
    public async Task<AddCustomAttributesResponse> Execute(AddCustomAttributesRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        await imports.MustBeIdle(pool, call);
        var schema = SchemaRules.Extend(pool.Settings.SchemaAttributes ?? [], request.CustomAttributes);
        var changed = pool with
        {
            Settings = pool.Settings with { SchemaAttributes = schema },
            ModifiedAt = call.Now,
        };
        // Who was faster loses nothing: the runner comes again and adds to what is there then.
        await database.Write(
            transaction => pools.Update(transaction, changed, call.Cancelled), call.Cancelled);
        return new();
    }
}
