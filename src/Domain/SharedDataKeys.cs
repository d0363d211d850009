using Lifeguard.Domain.Effects;
using Lifeguard.Protocol.EncryptionSdk;

namespace Lifeguard.Domain;

/// <summary>Data keys without KMS: whatever the ARN, a key wraps them that custom senders have as
/// well.</summary>
public sealed class SharedDataKeys(byte[] key, RandomSource random) : IDataKeys
{
    /// <summary>The namespace of the key, for the keyring of a custom sender.</summary>
    public const string Namespace = "lifeguard";

    /// <summary>Its name there.</summary>
    public const string Name = "custom-sender";

    /// <summary>The key itself.</summary>
    public static RawAesKey KeyOf(byte[] key) => new(Namespace, Name, key);

    /// <inheritdoc/>
    public Task<NewDataKey> Make(
        string keyArn, IReadOnlyDictionary<string, string> context, CancellationToken cancellation)
    {
        var dataKey = random.Bytes(EncryptedMessage.DataKeyLength);
        var wrapped = KeyOf(key).Wrap(dataKey, context, random.Bytes(RawAesKey.IvLength));
        return Task.FromResult(new NewDataKey(dataKey, wrapped));
    }
}
