using Lifeguard.Contract;

namespace Lifeguard.Domain.Pools;

/// <summary>By which key a pool is encrypted.</summary>
public static class KeyRules
{
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
        if (arn is not null && !Arns.IsOf("kms", arn))
            throw PoolRefusals.Key("KmsKeyArn must be the ARN of a KMS key.");
        return new() { KeyType = type, KmsKeyArn = arn };
    }
}
