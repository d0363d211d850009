using System.Text.RegularExpressions;

namespace Lifeguard.Domain.Pools;

/// <summary>ARNs by which callers name pools.</summary>
public static partial class PoolArn
{
    /// <summary>The id of the pool that <paramref name="arn"/> names.</summary>
    /// <param name="region">Of a replica, under whose ARN the pool is known there; null for the pool's
    /// own.</param>
    /// <exception cref="ApiException">InvalidParameterException: it is not the ARN of a pool.
    /// ResourceNotFoundException: it is that of another account, region or partition, where none of this
    /// deployment's pools are.</exception>
    public static string IdIn(string arn, Deployment deployment, string? region = null)
    {
        var match = OfPool().Match(arn);
        if (!match.Success) throw PoolRefusals.NoPoolArn(arn);
        var id = match.Groups["id"].Value;
        // Nothing but the one form that policies are evaluated against may lead to the pool.
        var known = region is null ? deployment.PoolArn(id) : deployment.PoolArn(id, region);
        return arn == known ? id : throw Reject.PoolNotFound(id);
    }

    [GeneratedRegex(
        @"\Aarn:[a-z-]+:cognito-idp:[a-z0-9-]+:[0-9]{12}:userpool/(?<id>[\w-]+_[0-9a-zA-Z]+)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex OfPool();
}
