using Lifeguard.Contract;
using Lifeguard.Domain.Pools;

namespace Lifeguard.Operations.Pools;

/// <summary>Removes tags from a user pool by their keys, whether it has them or not.</summary>
public sealed class UntagResource(TaggedPools pools)
    : IAdminOperation<UntagResourceRequest, UntagResourceResponse>
{
    /// <inheritdoc />
    public async Task<UntagResourceResponse> Execute(UntagResourceRequest request, Call call)
    {
        var pool = await pools.Get(request.ResourceArn, call);
        var tags = TagRules.Removed(pool.Settings.UserPoolTags, request.TagKeys);
        await pools.Store(pool, tags, call);
        return new();
    }
}
