using System.Buffers.Binary;
using System.Text;
using Lifeguard.Domain.Effects;
using Lifeguard.Protocol.EncryptionSdk;

namespace Lifeguard.Domain;

/// <summary>Data keys for development: whatever the ARN, the deployment's own keys wrap them, so that no KMS
/// is needed.</summary>
public sealed class LocalDataKeys(Sealer sealer, RandomSource random) : IDataKeys
{
    private const string Purpose = "data-key";

    /// <inheritdoc/>
    public Task<NewDataKey> Make(
        string keyArn, IReadOnlyDictionary<string, string> context, CancellationToken cancellation)
    {
        var key = random.Bytes(EncryptedMessage.DataKeyLength);
        var arn = Encoding.UTF8.GetBytes(keyArn);
        var wrapped = new byte[2 + arn.Length];
        BinaryPrimitives.WriteUInt16BigEndian(wrapped, (ushort)arn.Length);
        arn.CopyTo(wrapped, 2);
        return Task.FromResult(new NewDataKey(
            key,
            new(
                WrappedDataKey.Kms,
                keyArn,
                [.. wrapped, .. sealer.Seal(Purpose, Owner(keyArn, context), key)])));
    }

    /// <summary>The key; null where it was not wrapped here, or is bound to something else.</summary>
    public NewDataKey? Open(ReadOnlySpan<byte> wrapped, IReadOnlyDictionary<string, string> context)
    {
        if (wrapped.Length < 2) return null;
        var length = BinaryPrimitives.ReadUInt16BigEndian(wrapped);
        if (wrapped.Length < 2 + length) return null;
        var arn = Encoding.UTF8.GetString(wrapped.Slice(2, length));
        return sealer.Open(Purpose, Owner(arn, context), wrapped[(2 + length)..]) is { } key
            ? new(key, new(WrappedDataKey.Kms, arn, wrapped.ToArray()))
            : null;
    }

    private static string Owner(string keyArn, IReadOnlyDictionary<string, string> context) =>
        $"{keyArn}/{Convert.ToBase64String(EncryptionContext.Serialize(context))}";
}
