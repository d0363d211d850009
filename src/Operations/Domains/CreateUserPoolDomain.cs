using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Domains;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Domains;

/// <summary>Gives a user pool a domain: a prefix, or a custom one where a certificate is named. Its OAuth
/// endpoints answer from then on.</summary>
public sealed class CreateUserPoolDomain(
    Database database, PoolStore pools, DomainStore domains, ReplicaStore replicas, Deployment deployment,
    DomainAddress address)
    : IAdminOperation<CreateUserPoolDomainRequest, CreateUserPoolDomainResponse>
{
    public async Task<CreateUserPoolDomainResponse> Execute(CreateUserPoolDomainRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var there = await replicas.Of(pool.Id, call.Cancelled);
        var domain = DomainRules.New(
            pool,
            request.Domain,
            new(request.ManagedLoginVersion, request.CustomDomainConfig, request.Routing),
            deployment,
            [.. there.Select(replica => replica.Region)],
            call.Now);
        await database.Write(
            async transaction =>
            {
                if (!await pools.Hold(transaction, pool.Id, call.Cancelled))
                    throw Reject.PoolNotFound(pool.Id);
                if (await domains.HasKind(transaction, domain, call.Cancelled)) throw DomainRefusals.HasOne();
                if (!await domains.Insert(transaction, domain, call.Cancelled)) throw DomainRefusals.Taken();
            },
            call.Cancelled);
        return new()
        {
            ManagedLoginVersion = domain.ManagedLoginVersion,
            CloudFrontDomain = domain.IsCustom ? address.OwnHost : null,
            Routing = domain.Routing,
        };
    }
}
