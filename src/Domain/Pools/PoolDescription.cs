using Lifeguard.Contract;

namespace Lifeguard.Domain.Pools;

/// <summary>A pool as answers show it.</summary>
public static class PoolDescription
{
    /// <summary>The settings with the members that are not settings: id, ARN, dates and the estimate of
    /// users. The retired <c>Status</c> is left out.</summary>
    public static UserPoolType Describe(this UserPool pool, Deployment deployment, int estimatedUsers) =>
        pool.Settings with
        {
            Id = pool.Id,
            Arn = deployment.PoolArn(pool.Id, pool.SeenIn),
            CreationDate = pool.CreatedAt,
            LastModifiedDate = pool.ModifiedAt,
            EstimatedNumberOfUsers = estimatedUsers,
        };

    /// <summary>SMS as second factor: what the settings say about SMS, shown in the other place; null where
    /// the pool sends none.</summary>
    public static SmsMfaConfigType? DescribeSmsMfa(this UserPool pool) =>
        pool.Settings.SmsConfiguration is not { } sms
            ? null
            : new()
            {
                SmsAuthenticationMessage = pool.Settings.SmsAuthenticationMessage,
                SmsConfiguration = sms,
            };

    /// <summary>The pool as one entry of a list.</summary>
    /// <param name="replicaRegions">Where it has replicas; none is left out.</param>
    public static UserPoolDescriptionType Summarize(
        this UserPool pool, IReadOnlyList<string> replicaRegions) => new()
        {
            Id = pool.Id,
            Name = pool.Name,
            LambdaConfig = pool.Settings.LambdaConfig,
            CreationDate = pool.CreatedAt,
            LastModifiedDate = pool.ModifiedAt,
            ReplicaRegions = replicaRegions.Count > 0 ? replicaRegions : null,
        };
}
