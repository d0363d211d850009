using Lifeguard.Domain;
using Lifeguard.Domain.Domains;
using Lifeguard.Domain.Replicas;

namespace Lifeguard.Web.OAuth;

/// <summary>That a request came to the domain of a pool.</summary>
/// <param name="Pool">As it is seen in the region of the host.</param>
/// <param name="Replica">Through which it is seen; null in the pool's own region.</param>
/// <param name="Address">Under which the request found the domain, without a slash at the end.</param>
public sealed record DomainVisit(
    UserPool Pool, UserPoolDomain Domain, UserPoolReplica? Replica, string Address);
