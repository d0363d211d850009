using System.Text;

namespace Lifeguard.Protocol.EncryptionSdk;

/// <summary>A data key as it travels in a message.</summary>
/// <param name="Provider">Who opens it: <c>aws-kms</c> for KMS, a namespace for keys that both sides
/// hold.</param>
/// <param name="KeyInfo">Under which of the provider's keys; the bytes of an ARN for KMS.</param>
/// <param name="Wrapped">The key, for the provider alone to open.</param>
public sealed record WrappedDataKey(string Provider, byte[] KeyInfo, byte[] Wrapped)
{
    /// <summary>The provider of keys in AWS KMS.</summary>
    public const string Kms = "aws-kms";

    /// <summary>One whose key goes by a name.</summary>
    public WrappedDataKey(string provider, string keyName, byte[] wrapped)
        : this(provider, Encoding.UTF8.GetBytes(keyName), wrapped)
    {
    }

    /// <summary>The name of a key that goes by one.</summary>
    public string KeyName => Encoding.UTF8.GetString(KeyInfo);
}
