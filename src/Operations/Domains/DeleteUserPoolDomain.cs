using Lifeguard.Contract;
using Lifeguard.Domain.Domains;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Domains;

/// <summary>Takes a domain from its pool. Its endpoints are gone at once, and its name is free.</summary>
public sealed class DeleteUserPoolDomain(Database database, PoolStore pools, DomainStore domains)
    : IAdminOperation<DeleteUserPoolDomainRequest, DeleteUserPoolDomainResponse>
{
    public async Task<DeleteUserPoolDomainResponse> Execute(DeleteUserPoolDomainRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        await database.Write(
            async transaction =>
            {
                if (!await domains.Delete(transaction, pool.Id, request.Domain, call.Cancelled))
                    throw DomainRefusals.NotFound();
            },
            call.Cancelled);
        return new();
    }
}
