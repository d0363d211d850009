using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Domains;

/// <summary>Shows a domain, whatever its pool. Of a name that nobody has the description is empty
/// (observed).</summary>
public sealed class DescribeUserPoolDomain(DomainStore domains, Deployment deployment, DomainAddress address)
    : IAdminOperation<DescribeUserPoolDomainRequest, DescribeUserPoolDomainResponse>
{
    public async Task<DescribeUserPoolDomainResponse> Execute(
        DescribeUserPoolDomainRequest request, Call call)
    {
        var domain = await domains.Find(request.Domain, call.Cancelled);
        return new() { DomainDescription = domain?.Describe(deployment, address.OwnHost) ?? new() };
    }
}
