using Lifeguard.Contract;
using Lifeguard.Domain.Logs;

namespace Lifeguard.Domain.Replicas;

/// <summary>A user pool under the name of another region. Its users, clients and most of its settings are the
/// pool's own.</summary>
public sealed record UserPoolReplica
{
    public required string PoolId { get; init; }

    public required string Region { get; init; }

    /// <summary><c>ACTIVE</c> or <c>INACTIVE</c>: it is there, or gone, at once.</summary>
    public required string Status { get; init; }

    /// <summary>The settings that each region has of its own (doc): senders of e-mail and SMS, triggers,
    /// tags.</summary>
    public required UserPoolType Settings { get; init; }

    /// <summary>Where the logs of what happens in this region go: the pool's own destinations are in its own
    /// region.</summary>
    public LogDelivery Logs { get => field ?? LogDelivery.None(PoolId); init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Rises with every stored change; guards against lost updates.</summary>
    public long Version { get; init; }

    /// <summary>It serves end users, not only administrators.</summary>
    public bool IsActive => Status == ReplicaStatusType.Active;

    /// <summary>Does an operation of that use work here?</summary>
    public bool Serves(ReplicaUse use) => use switch
    {
        ReplicaUse.Always => true,
        ReplicaUse.Active => IsActive,
        _ => false,
    };

    /// <summary>The pool as it is seen in this region.</summary>
    public UserPool ViewOf(UserPool pool) => pool with
    {
        SeenIn = Region,
        ModifiedAt = ModifiedAt > pool.ModifiedAt ? ModifiedAt : pool.ModifiedAt,
        Settings = pool.Settings with
        {
            EmailConfiguration = Settings.EmailConfiguration,
            SmsConfiguration = Settings.SmsConfiguration,
            LambdaConfig = Settings.LambdaConfig,
            UserPoolTags = Settings.UserPoolTags,
        },
    };

    /// <summary>The replica as answers show it.</summary>
    public UserPoolReplicaType Describe(Deployment deployment) => new()
    {
        RegionName = Region,
        Status = Status,
        Role = ReplicaRoleType.Secondary,
        UserPoolArn = deployment.PoolArn(PoolId, Region),
    };

    /// <summary>The pool itself as answers show it among its replicas.</summary>
    public static UserPoolReplicaType DescribePrimary(UserPool pool, Deployment deployment) => new()
    {
        RegionName = pool.Region,
        Status = ReplicaStatusType.Active,
        Role = ReplicaRoleType.Primary,
        UserPoolArn = deployment.PoolArn(pool.Id),
    };
}
