using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Domains;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Domains;

/// <summary>Changes the pages, certificate or routing of a domain. Its name stays.</summary>
public sealed class UpdateUserPoolDomain(
    Database database, PoolStore pools, DomainStore domains, ReplicaStore replicas, DomainAddress address)
    : IAdminOperation<UpdateUserPoolDomainRequest, UpdateUserPoolDomainResponse>
{
    public async Task<UpdateUserPoolDomainResponse> Execute(UpdateUserPoolDomainRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var stored = await domains.Find(request.Domain, call.Cancelled);
        if (stored?.PoolId != pool.Id) throw DomainRefusals.NotFound();
        var there = await replicas.Of(pool.Id, call.Cancelled);
        var domain = DomainRules.Changed(
            stored,
            pool,
            new(request.ManagedLoginVersion, request.CustomDomainConfig, request.Routing),
            [.. there.Select(replica => replica.Region)],
            call.Now);
        try
        {
            await database.Write(
                transaction => domains.Update(transaction, domain, call.Cancelled), call.Cancelled);
        }
        catch (ConflictException)
        {
            // The caller has to look at what the other one wrote.
            throw Reject.ConcurrentModification("user pool domain");
        }

        return new()
        {
            ManagedLoginVersion = domain.ManagedLoginVersion,
            CloudFrontDomain = domain.IsCustom ? address.OwnHost : null,
            Routing = domain.Routing,
        };
    }
}
