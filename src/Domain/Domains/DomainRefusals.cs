using Lifeguard.Contract;

namespace Lifeguard.Domain.Domains;

/// <summary>What is refused about domains. Texts without a note were observed; "own words" marks those of
/// which only the type is known.</summary>
public static class DomainRefusals
{
    public static ApiException InvalidCharacter() => Reject.InvalidParameter(
        "The domain name contains an invalid character. Domain names can only contain lower-case letters, "
        + "numbers, and hyphens. Please enter a different name that follows this format: "
        + @"^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$");

    /// <summary>Own words.</summary>
    public static ApiException ReservedWord(string word) =>
        Reject.InvalidParameter($"Domain cannot contain reserved word: {word}");

    /// <summary>Own words.</summary>
    public static ApiException NoSubdomain(string name) =>
        Reject.InvalidParameter($"Custom domain is not a valid subdomain: {name}");

    public static ApiException Taken() =>
        Reject.InvalidParameter("Domain already associated with another user pool.");

    /// <summary>Inferred.</summary>
    public static ApiException HasOne() =>
        Reject.InvalidParameter("User pool already has a domain configured.");

    /// <summary>No such domain, or it is another pool's. Inferred.</summary>
    public static ApiException NotFound() =>
        Reject.InvalidParameter("No such domain or user pool exists.");

    public static ApiException NoCertificate() => Reject.InvalidParameter(
        "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, "
        + "or doesn't include a valid certificate chain.");

    /// <summary>Own words.</summary>
    public static ApiException PrefixWithCertificate(string name) =>
        Reject.InvalidParameter($"{name} is not a custom domain and cannot have a CustomDomainConfig.");

    /// <summary>Own words.</summary>
    public static ApiException ManagedLoginVersion(int version) =>
        Reject.InvalidParameter($"ManagedLoginVersion must be 1 or 2, and not {version}.");

    /// <summary>Own words.</summary>
    public static ApiException PrefixWithRouting(string name) =>
        Reject.InvalidParameter($"{name} is not a custom domain and cannot have Routing.");

    /// <summary>Own words.</summary>
    public static ApiException NoReplicaToRouteTo() =>
        Reject.InvalidParameter("SecondaryRegion must be a Region in which the user pool has a replica.");

    /// <summary>Own words.</summary>
    public static ApiException HealthCheck() =>
        Reject.InvalidParameter("PrimaryRoute53HealthCheckId must be the ID of a health check.");
}
