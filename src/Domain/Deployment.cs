namespace Lifeguard.Domain;

/// <summary>What the deployment calls itself in ids and ARNs, and its pools' domains after.</summary>
/// <param name="Region">The first part of the ids of new pools, such as <c>us-east-1</c>.</param>
/// <param name="AccountId">12 digits.</param>
/// <param name="BaseDomain">Below it are the hosts of prefix domains; null where they have none.</param>
public sealed record Deployment(
    string Region = "us-east-1", string AccountId = "000000000000", string? BaseDomain = null)
{
    /// <summary>Of a host name (RFC 1035 §2.3.4).</summary>
    private const int LongestHost = 253;

    /// <summary>The ARN of a pool. Its region is the one in
    /// the pool's id, which never changes (doc).</summary>
    public string PoolArn(string poolId)
    {
        var end = poolId.IndexOf('_');
        return PoolArn(poolId, end < 0 ? Region : poolId[..end]);
    }

    /// <summary>The ARN of a pool's replica (doc).</summary>
    public string PoolArn(string poolId, string region) =>
        $"arn:aws:cognito-idp:{region}:{AccountId}:userpool/{poolId}";

    /// <summary>The ARN by which refusals name a caller.</summary>
    public string UserArn(string userName) => $"arn:aws:iam::{AccountId}:user/{userName}";

    /// <summary>The host of a prefix domain in a region; null where prefixes have none.</summary>
    public string? HostOf(string prefix, string region) =>
        BaseDomain is null ? null : $"{prefix}.auth.{region}.{BaseDomain}";

    /// <summary>The prefix and the region in the host of a prefix domain; null for another host.</summary>
    public (string Prefix, string Region)? PrefixIn(string host)
    {
        var end = $".{BaseDomain}";
        if (BaseDomain is null || host.Length > LongestHost) return null;
        if (!host.EndsWith(end, StringComparison.OrdinalIgnoreCase)) return null;
        var labels = host[..^end.Length].ToLowerInvariant().Split('.');
        return labels is [{ Length: > 0 } prefix, "auth", var region]
            ? (prefix, region)
            : null;
    }
}
