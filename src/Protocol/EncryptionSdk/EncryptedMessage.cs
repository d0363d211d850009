using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.EncryptionSdk;

/// <summary>
/// A message in the AWS Encryption SDK's format, version 2, in the single form that is written here:
/// AES-256-GCM with key commitment and without a signature (suite 0x0478), one frame. Every SDK opens it,
/// under the default commitment policy and under those that also allow messages without commitment.
/// </summary>
public sealed class EncryptedMessage
{
    /// <summary>Length of data keys in bytes.</summary>
    public const int DataKeyLength = MessageKeys.Length;

    /// <summary>Length of message ids in bytes; each message needs a random one.</summary>
    public const int IdLength = 32;

    private const byte Version = 2;
    private const byte Framed = 2;
    private const uint FrameLength = 4096;
    private const uint FinalFrame = uint.MaxValue;
    private const int TagLength = 16;
    private const int MaxParts = 64;

    private readonly byte[] id;
    private readonly byte[] header;
    private readonly byte[] headerTag;
    private readonly byte[] commitment;
    private readonly byte[] content;

    private EncryptedMessage(
        byte[] id, byte[] header, byte[] headerTag, byte[] commitment, byte[] content,
        IReadOnlyDictionary<string, string> context, IReadOnlyList<WrappedDataKey> keys)
    {
        (this.id, this.header, this.headerTag) = (id, header, headerTag);
        (this.commitment, this.content) = (commitment, content);
        (Context, Keys) = (context, keys);
    }

    /// <summary>What it is bound to; to be believed once it has been opened.</summary>
    public IReadOnlyDictionary<string, string> Context { get; }

    /// <summary>Its data key, wrapped by one provider or several.</summary>
    public IReadOnlyList<WrappedDataKey> Keys { get; }

    /// <summary>Encrypts.</summary>
    /// <param name="dataKey">32 bytes, for this message alone.</param>
    /// <param name="wrapped">The same key, as its provider has wrapped it.</param>
    /// <param name="id">32 random bytes.</param>
    /// <param name="plaintext">Up to 4096 bytes.</param>
    public static byte[] Write(
        ReadOnlySpan<byte> dataKey,
        WrappedDataKey wrapped,
        IReadOnlyDictionary<string, string> context,
        ReadOnlySpan<byte> id,
        ReadOnlySpan<byte> plaintext)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(dataKey.Length, DataKeyLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(id.Length, IdLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plaintext.Length, (int)FrameLength);
        var keys = MessageKeys.Derive(dataKey, id);
        var header = HeaderOf(id, context, wrapped, keys.Commitment);
        var message = new MemoryStream();
        message.Write(header);
        message.Write(keys.Seal(0, header, []));
        message.WriteUInt32(FinalFrame);
        message.WriteUInt32(1);
        message.Write(MessageKeys.Nonce(1));
        message.WriteUInt32((uint)plaintext.Length);
        message.Write(keys.Seal(1, FrameBinding(id, plaintext.Length), plaintext));
        return message.ToArray();
    }

    /// <summary>The parts of a message of this form; null for anything else.</summary>
    public static EncryptedMessage? Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new BigEndianReader(bytes);
        if (reader.Byte() != Version || reader.UInt16() != MessageKeys.Suite) return null;
        var id = reader.Take(IdLength).ToArray();
        var context = ReadContext(reader.Sized());
        var keys = ReadKeys(ref reader);
        if (context is null || keys is null || reader.Byte() != Framed) return null;
        reader.UInt32();
        var commitment = reader.Take(MessageKeys.Length).ToArray();
        var headerLength = reader.Position;
        var tag = reader.Take(TagLength).ToArray();
        if (reader.UInt32() != FinalFrame || reader.UInt32() != 1) return null;
        if (!reader.Take(12).SequenceEqual(MessageKeys.Nonce(1))) return null;
        var length = reader.UInt32();
        if (length > FrameLength) return null;
        var content = reader.Take((int)length + TagLength).ToArray();
        return reader.IsAtEnd
            ? new(id, bytes[..headerLength].ToArray(), tag, commitment, content, context, keys)
            : null;
    }

    /// <summary>The plaintext; null where the key is another, or anything was changed.</summary>
    public byte[]? Open(ReadOnlySpan<byte> dataKey)
    {
        var keys = MessageKeys.Derive(dataKey, id);
        return CryptographicOperations.FixedTimeEquals(keys.Commitment, commitment)
            && keys.Open(0, header, headerTag) is not null
                ? keys.Open(1, FrameBinding(id, content.Length - TagLength), content)
                : null;
    }

    /// <summary>Never prints its members.</summary>
    public override string ToString() => nameof(EncryptedMessage);

    private static byte[] HeaderOf(
        ReadOnlySpan<byte> id, IReadOnlyDictionary<string, string> context, WrappedDataKey wrapped,
        byte[] commitment)
    {
        var header = new MemoryStream();
        header.WriteByte(Version);
        header.WriteUInt16(MessageKeys.Suite);
        header.Write(id);
        header.WriteSized(EncryptionContext.Serialize(context));
        header.WriteUInt16(1);
        header.WriteSized(Encoding.UTF8.GetBytes(wrapped.Provider));
        header.WriteSized(wrapped.KeyInfo);
        header.WriteSized(wrapped.Wrapped);
        header.WriteByte(Framed);
        header.WriteUInt32(FrameLength);
        header.Write(commitment);
        return header.ToArray();
    }

    /// <summary>What a final frame is bound to: the message, its kind, its number and its length.</summary>
    private static byte[] FrameBinding(ReadOnlySpan<byte> id, int length)
    {
        Span<byte> numbers = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(numbers, 1);
        BinaryPrimitives.WriteUInt64BigEndian(numbers[4..], (ulong)length);
        return [.. id, .. "AWSKMSEncryptionClient Final Frame"u8, .. numbers];
    }

    private static Dictionary<string, string>? ReadContext(ReadOnlySpan<byte> bytes)
    {
        var context = new Dictionary<string, string>(StringComparer.Ordinal);
        if (bytes.IsEmpty) return context;
        var reader = new BigEndianReader(bytes);
        var count = reader.UInt16();
        if (count > MaxParts) return null;
        for (var i = 0; i < count; i++)
        {
            var name = reader.Text();
            context[name] = reader.Text();
        }

        return reader.IsAtEnd ? context : null;
    }

    private static List<WrappedDataKey>? ReadKeys(ref BigEndianReader reader)
    {
        var count = reader.UInt16();
        if (count is 0 or > MaxParts) return null;
        var keys = new List<WrappedDataKey>();
        for (var i = 0; i < count; i++)
            keys.Add(new(reader.Text(), reader.Sized().ToArray(), reader.Sized().ToArray()));
        return reader.HasFailed ? null : keys;
    }
}
