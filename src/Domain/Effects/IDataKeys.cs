using Lifeguard.Protocol.EncryptionSdk;

namespace Lifeguard.Domain.Effects;

/// <summary>
/// Makes the keys under which codes travel to custom senders. A seam: AWS KMS, a key that is shared with the
/// senders, in development a key of the deployment's own.
/// </summary>
public interface IDataKeys
{
    /// <summary>A new key of 32 bytes.</summary>
    /// <param name="keyArn">The key that wraps it: its ARN, or that of an alias.</param>
    /// <param name="context">What it is bound to; whoever unwraps it has to name the same.</param>
    /// <exception cref="DeliveryException">No key could be had.</exception>
    Task<NewDataKey> Make(
        string keyArn, IReadOnlyDictionary<string, string> context, CancellationToken cancellation);
}

/// <summary>A key for one message.</summary>
/// <param name="Wrapped">The key as it travels.</param>
public sealed record NewDataKey(byte[] Key, WrappedDataKey Wrapped)
{
    /// <summary>Never prints the key.</summary>
    public override string ToString() => nameof(NewDataKey);
}
