namespace Lifeguard.Protocol.EncryptionSdk;

/// <summary>A data key as it travels in a message.</summary>
/// <param name="Provider">Who opens it; <c>aws-kms</c> for KMS.</param>
/// <param name="KeyName">Under which of the provider's keys; an ARN for KMS.</param>
/// <param name="Wrapped">The key, for the provider alone to open.</param>
public sealed record WrappedDataKey(string Provider, string KeyName, byte[] Wrapped)
{
    /// <summary>The provider of keys in AWS KMS.</summary>
    public const string Kms = "aws-kms";
}
