using Lifeguard.Contract;
using Lifeguard.Domain.Branding;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Terms;

/// <summary>Shows the terms of use of an app client, or its privacy policy.</summary>
public sealed class DescribeTermsByClient(PoolStore pools, ClientStore clients, TermsStore terms)
    : IAdminOperation<DescribeTermsByClientRequest, DescribeTermsByClientResponse>
{
    /// <inheritdoc />
    public async Task<DescribeTermsByClientResponse> Execute(DescribeTermsByClientRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var client = await clients.Get(pool.Id, request.ClientId, call.Cancelled);
        var all = await terms.Of(pool.Id, client.Id, call.Cancelled);
        var found = all.FirstOrDefault(each => each.Name == request.TermsName)
            ?? throw BrandingRefusals.NoTermsOf(client.Id, request.TermsName);
        return new() { Terms = found.Describe() };
    }
}
