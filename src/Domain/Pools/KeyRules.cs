using Lifeguard.Contract;

namespace Lifeguard.Domain.Pools;

/// <summary>By which key a pool is encrypted. Lifeguard seals with its own keys and calls no KMS: what is
/// kept here is the configuration.</summary>
public static class KeyRules
{
    private const string KeyResource = "key/";

    // Ids of keys that exist in several regions begin like this (doc of KMS).
    private const string MultiRegionResource = "key/mrk-";

    /// <summary>The configuration as the pool keeps it; the service's own key where none is named
    /// (doc).</summary>
    /// <exception cref="ApiException">InvalidParameterException: kind and key do not belong
    /// together.</exception>
    public static KeyConfigurationType Complete(KeyConfigurationType? given)
    {
        var arn = given?.KmsKeyArn;
        var type = given?.KeyType
            ?? (arn is null ? EncryptionKeyType.AwsOwnedKey : EncryptionKeyType.CustomerManagedKey);
        if (type == EncryptionKeyType.CustomerManagedKey && arn is null)
            throw PoolRefusals.Key("KmsKeyArn is required for a customer managed key.");
        if (type == EncryptionKeyType.AwsOwnedKey && arn is not null)
            throw PoolRefusals.Key("KmsKeyArn cannot be set for an AWS owned key.");
        return new() { KeyType = type, KmsKeyArn = arn };
    }

    /// <summary>Refuses what is no key that a pool of <paramref name="region"/> could use: keys are named by
    /// their own ARN, not by an alias, and are in the pool's region (doc).</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void Check(KeyConfigurationType? given, string region)
    {
        if (given?.KmsKeyArn is not { } arn) return;
        if (!Arns.IsOf("kms", arn) || !Arns.Resource(arn).StartsWith(KeyResource, StringComparison.Ordinal))
            throw PoolRefusals.Key("KmsKeyArn must be the ARN of a KMS key.");
        if (Arns.Region(arn) != region)
            throw PoolRefusals.Key("KmsKeyArn must name a key in the Region of the user pool.");
    }

    /// <summary>Refuses to take from a replicated pool the key that its replica needs.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void CheckChange(KeyConfigurationType? next, PoolUse use)
    {
        if (use.HasReplica && !IsMultiRegion(next))
            throw PoolRefusals.Key("a replicated user pool needs a multi-Region key.");
    }

    /// <summary>Does the key exist in several regions?</summary>
    public static bool IsMultiRegion(KeyConfigurationType? configuration) =>
        configuration?.KmsKeyArn is { } arn
        && Arns.Resource(arn).StartsWith(MultiRegionResource, StringComparison.Ordinal);
}
