using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Lifeguard.Storage.Transfer;

/// <summary>What the records in a chunk begin with.</summary>
internal static class RecordKind
{
    /// <summary>Name and columns of a table; tables are numbered as they come.</summary>
    public const byte Table = 1;

    /// <summary>The number of a table and a value for each of its columns.</summary>
    public const byte Row = 2;

    /// <summary>Where the pool came from, how many rows each table has, and the digest of all chunks
    /// before.</summary>
    public const byte End = 3;
}

/// <summary>What a value begins with.</summary>
internal static class ValueKind
{
    public const byte Null = 0;
    public const byte Text = 1;
    public const byte Number = 2;
    public const byte Bytes = 3;
}

/// <summary>Gathers records: lengths in front, four bytes each; numbers big-endian; text in UTF-8.</summary>
internal sealed class RecordWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);

    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    public int Length => buffer.WrittenCount;

    public void Clear() => buffer.ResetWrittenCount();

    public void Kind(byte kind)
    {
        buffer.GetSpan(1)[0] = kind;
        buffer.Advance(1);
    }

    public void Number(long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(8), number);
        buffer.Advance(8);
    }

    public void Count(int count)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(4), count);
        buffer.Advance(4);
    }

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Count(length);
        Encoding.UTF8.GetBytes(text, buffer.GetSpan(length));
        buffer.Advance(length);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Count(bytes.Length);
        buffer.Write(bytes);
    }

    public void Value(object? value)
    {
        switch (value)
        {
            case null:
                Kind(ValueKind.Null);
                break;
            case string text:
                Kind(ValueKind.Text);
                Text(text);
                break;
            case long number:
                Kind(ValueKind.Number);
                Number(number);
                break;
            case byte[] bytes:
                Kind(ValueKind.Bytes);
                Bytes(bytes);
                break;
            default:
                throw new InvalidOperationException("Columns hold text, numbers and bytes only.");
        }
    }
}
