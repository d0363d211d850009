using Lifeguard.Domain;
using Lifeguard.Domain.Domains;

namespace Lifeguard.Operations.Domains;

/// <summary>The addresses under which clients reach domains.</summary>
/// <param name="own">The deployment's own address, without a slash at the end.</param>
/// <param name="hasHosts">The hosts of domains lead here: whoever runs the deployment says so.</param>
public sealed class DomainAddress(string own, bool hasHosts, Deployment deployment)
{
    /// <summary>The first part of paths that stand for the host of a domain.</summary>
    public const string Root = "_domain";

    private readonly Uri address = new(own);

    /// <summary>The host to which the DNS record of a custom domain points.</summary>
    public string OwnHost => address.Host;

    /// <summary>Where the endpoints of a pool are that has a domain: below its custom domain rather than its
    /// prefix, by their host where hosts lead here and otherwise by path; null for none.</summary>
    public string? Of(UserPool pool)
    {
        var (custom, prefix) = (pool.Settings.CustomDomain, pool.Settings.Domain);
        if ((custom ?? prefix) is not { } name) return null;
        var host = custom ?? deployment.HostOf(prefix!, pool.SeenIn);
        return hasHosts && host is not null ? At(host, address.Port) : $"{own}/{Root}/{name}";
    }

    /// <summary>Where they are under the host by which a request came.</summary>
    /// <param name="port">The one of the request; null where it names none.</param>
    public string At(string host, int? port) => new UriBuilder(address.Scheme, host, port ?? -1)
        .Uri.GetLeftPart(UriPartial.Authority);

    /// <summary>Where they are under the path by which a request came.</summary>
    public string ByPath(UserPoolDomain domain) => $"{own}/{Root}/{domain.Name}";
}
