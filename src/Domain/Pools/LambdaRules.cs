using Lifeguard.Contract;

namespace Lifeguard.Domain.Pools;

/// <summary>The triggers of a pool.</summary>
public static class LambdaRules
{
    /// <summary>The triggers as the pool keeps them: an object even where there are none, and both members
    /// for the pre token generation trigger where one is set (doc; observed).</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static LambdaConfigType Complete(LambdaConfigType? given)
    {
        if (given is null) return new();
        var hasCustomSender = given.CustomSMSSender is not null || given.CustomEmailSender is not null;
        if (hasCustomSender && given.KMSKeyID is null) throw PoolRefusals.CustomSenderWithoutKey();
        if (given.KMSKeyID is { } key && !IsKey(key)) throw PoolRefusals.SenderKey();
        return (given.PreTokenGeneration, given.PreTokenGenerationConfig) switch
        {
            ({ } arn, null) => given with
            {
                PreTokenGenerationConfig = new()
                {
                    LambdaVersion = PreTokenGenerationLambdaVersionType.V1_0,
                    LambdaArn = arn,
                },
            },
            (null, { } config) => given with { PreTokenGeneration = config.LambdaArn },
            ({ } arn, { } config) when arn != config.LambdaArn => throw PoolRefusals.TwoTokenTriggers(),
            _ => given,
        };
    }

    /// <summary>The function that delivers messages of <paramref name="medium"/> in the pool's place; null
    /// where the pool delivers them itself.</summary>
    public static string? SenderOf(LambdaConfigType? triggers, DeliveryMedium medium) =>
        medium == DeliveryMedium.Sms
            ? triggers?.CustomSMSSender?.LambdaArn
            : triggers?.CustomEmailSender?.LambdaArn;

    /// <summary>A key, or an alias of one.</summary>
    private static bool IsKey(string arn) =>
        Arns.IsOf("kms", arn)
        && Arns.Resource(arn).Split('/', 2) is ["key" or "alias", { Length: > 0 }];
}
