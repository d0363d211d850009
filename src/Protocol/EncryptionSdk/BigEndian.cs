using System.Buffers.Binary;
using System.Text;

namespace Lifeguard.Protocol.EncryptionSdk;

/// <summary>The numbers of the format: all big-endian.</summary>
internal static class BigEndian
{
    public static void WriteUInt16(this Stream stream, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, checked((ushort)value));
        stream.Write(bytes);
    }

    public static void WriteUInt32(this Stream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        stream.Write(bytes);
    }

    /// <summary>Bytes with their length in front.</summary>
    public static void WriteSized(this Stream stream, ReadOnlySpan<byte> bytes)
    {
        stream.WriteUInt16(bytes.Length);
        stream.Write(bytes);
    }
}

/// <summary>Reads forward; what is not there makes it fail once and for all.</summary>
internal ref struct BigEndianReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> all = bytes;

    /// <summary>How far it has come.</summary>
    public int Position { get; private set; }

    /// <summary>Something was missing.</summary>
    public bool HasFailed { get; private set; }

    public readonly bool IsAtEnd => !HasFailed && Position == all.Length;

    public ReadOnlySpan<byte> Take(int count)
    {
        if (HasFailed || count > all.Length - Position)
        {
            HasFailed = true;
            return [];
        }

        Position += count;
        return all.Slice(Position - count, count);
    }

    public byte Byte() => Take(1) is [var one] ? one : (byte)0;

    public int UInt16() => Take(2) is { Length: 2 } two ? BinaryPrimitives.ReadUInt16BigEndian(two) : 0;

    public uint UInt32() => Take(4) is { Length: 4 } four ? BinaryPrimitives.ReadUInt32BigEndian(four) : 0;

    public ReadOnlySpan<byte> Sized() => Take(UInt16());

    public string Text() => Encoding.UTF8.GetString(Sized());
}
