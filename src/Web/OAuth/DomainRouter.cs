using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Domains;
using Lifeguard.Domain.Replicas;
using Lifeguard.Operations.Domains;
using Lifeguard.Storage;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.OAuth;

/// <summary>
/// Finds out to which domain a request came: by its host, or by the beginning of its path, for those who have
/// no DNS. Only what belongs to domains asks; everything else is the same under every host.
/// </summary>
public sealed class DomainRouter(
    DomainStore domains, PoolStore pools, ReplicaStore replicas, Deployment deployment, DomainAddress address)
{
    private const string Root = "/" + DomainAddress.Root;

    /// <summary>Takes the beginning off a path that stands for the host of a domain. Comes before the
    /// routes.</summary>
    public static Task TakeOffPath(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(Root, StringComparison.Ordinal, out var rest)
            && rest.Value is ['/', .. { Length: > 0 } path])
        {
            var slash = path.IndexOf('/');
            var name = slash < 0 ? path : path[..slash];
            context.Features.Set(new NamedDomain(name));
            request.PathBase = request.PathBase.Add($"{Root}/{name}");
            request.Path = slash < 0 ? "/" : path[slash..];
        }

        return next(context);
    }

    /// <summary>The visit; null where the request came to no domain. Found out once for a
    /// request.</summary>
    public async Task<DomainVisit?> Find(HttpContext context)
    {
        if (context.Features.Get<DomainVisit>() is { } known) return known;
        var visit = context.Features.Get<NamedDomain>() is { } named
            ? await ByPath(named.Name, context.RequestAborted)
            : await ByHost(context.Request.Host, context.RequestAborted);
        context.Features.Set(visit);
        return visit;
    }

    private async Task<DomainVisit?> ByPath(string name, CancellationToken cancellation) =>
        await domains.Find(name, cancellation) is { } domain
            ? await Visit(domain, region: null, address.ByPath(domain), cancellation)
            : null;

    /// <summary>Hosts below the base domain are those of prefixes, and no other domain's.</summary>
    private async Task<DomainVisit?> ByHost(HostString host, CancellationToken cancellation)
    {
        var name = host.Host.ToLowerInvariant();
        var (label, region) = deployment.PrefixIn(name) is { } prefix
            ? (prefix.Prefix, prefix.Region)
            : (name, (string?)null);
        if (await domains.Find(label, cancellation) is not { } domain) return null;
        // A prefix alone is no host, and no custom domain is a prefix.
        if (domain.IsCustom == region is not null) return null;
        return await Visit(domain, region, address.At(name, host.Port), cancellation);
    }

    private async Task<DomainVisit?> Visit(
        UserPoolDomain domain, string? region, string found, CancellationToken cancellation)
    {
        if (await pools.Find(domain.PoolId, cancellation) is not { } pool) return null;
        if (region is null || region == pool.Region) return new(pool, domain, null, found);
        var there = await replicas.Of(pool.Id, cancellation);
        return there.FirstOrDefault(each => each.Region == region) is { } replica
            && replica.Serves(ReplicaUse.Active)
            ? new(replica.ViewOf(pool), domain, replica, found)
            : null;
    }

    private sealed record NamedDomain(string Name);
}
