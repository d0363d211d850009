using Lifeguard.Contract;
using Lifeguard.Domain.Pools;
using Lifeguard.Domain.Replicas;
using Lifeguard.Domain.Tests.Pools;

namespace Lifeguard.Domain.Tests.Replicas;

internal static class GivenReplicas
{
    public const string PoolId = "eu-west-1_Ab1Cd2Ef3";

    public const string Key =
        "'KeyConfiguration':{'KmsKeyArn':'arn:aws:kms:eu-west-1:123456789012:key/mrk-1'}";

    public static readonly DateTimeOffset Created = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    public static readonly Deployment Deployment = new(GivenPools.Region, "123456789012");

    /// <summary>A pool; <paramref name="members"/> are those of the request, without braces.</summary>
    public static UserPool Pool(string members) => new()
    {
        Id = PoolId,
        Settings = GivenPools.New($"'Name':'p',{members}"),
        CreatedAt = Created,
        ModifiedAt = Created,
    };

    /// <summary>A new replica of a pool with those members.</summary>
    public static UserPoolReplica New(string pool, string region, params UserPoolReplica[] there) =>
        ReplicaRules.New(Pool(pool), region, null, there, Deployment, Created);

    /// <summary>A replica that is there.</summary>
    public static UserPoolReplica In(string region) => new()
    {
        PoolId = PoolId,
        Region = region,
        Status = ReplicaStatusType.Inactive,
        Settings = RegionalRules.Complete(new(), region),
        CreatedAt = Created,
        ModifiedAt = Created,
    };
}
