using Lifeguard.Contract;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Terms;

/// <summary>Shows terms with all their links.</summary>
public sealed class DescribeTerms(PoolStore pools, TermsStore terms)
    : IAdminOperation<DescribeTermsRequest, DescribeTermsResponse>
{
    /// <inheritdoc />
    public async Task<DescribeTermsResponse> Execute(DescribeTermsRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var found = await terms.Get(pool.Id, request.TermsId, call.Cancelled);
        return new() { Terms = found.Describe() };
    }
}
