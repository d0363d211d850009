using Lifeguard.Contract;
using Lifeguard.Domain.Pools;

namespace Lifeguard.Operations.Pools;

/// <summary>Adds tags to a user pool; of a key it has already, the new value counts.</summary>
public sealed class TagResource(TaggedPools pools) : IAdminOperation<TagResourceRequest, TagResourceResponse>
{
    /// <inheritdoc />
    public async Task<TagResourceResponse> Execute(TagResourceRequest request, Call call)
    {
        var pool = await pools.Get(request.ResourceArn, call);
        var tags = TagRules.Added(pool.Settings.UserPoolTags, request.Tags);
        await pools.Store(pool, tags, call);
        return new();
    }
}
