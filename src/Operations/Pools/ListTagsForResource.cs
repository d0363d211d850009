using Lifeguard.Contract;

namespace Lifeguard.Operations.Pools;

/// <summary>Shows the tags of a user pool; an empty map where it has none.</summary>
public sealed class ListTagsForResource(TaggedPools pools)
    : IAdminOperation<ListTagsForResourceRequest, ListTagsForResourceResponse>
{
    /// <inheritdoc />
    public async Task<ListTagsForResourceResponse> Execute(ListTagsForResourceRequest request, Call call)
    {
        var pool = await pools.Get(request.ResourceArn, call);
        return new() { Tags = pool.Settings.UserPoolTags ?? new Dictionary<string, string>() };
    }
}
