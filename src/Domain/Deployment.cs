namespace Lifeguard.Domain;

/// <summary>What the deployment calls itself in ids and ARNs.</summary>
/// <param name="Region">The first part of the ids of new pools, such as <c>us-east-1</c>.</param>
/// <param name="AccountId">12 digits.</param>
public sealed record Deployment(string Region = "us-east-1", string AccountId = "000000000000")
{
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
}
