using System.Buffers.Binary;
using System.Text;

namespace Lifeguard.Storage.Transfer;

/// <summary>Reads what <see cref="RecordWriter"/> wrote, and nothing beyond its end.</summary>
/// <exception cref="FormatException">The bytes are no records.</exception>
internal ref struct RecordReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool IsAtEnd => rest.IsEmpty;

    public byte Kind() => Take(1)[0];

    public long Number() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public int Count() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public string Text()
    {
        try
        {
            return Strict.GetString(Take(Count()));
        }
        catch (DecoderFallbackException malformed)
        {
            throw new FormatException("The text is no UTF-8.", malformed);
        }
    }

    public ReadOnlySpan<byte> Bytes() => Take(Count());

    public object? Value() => Kind() switch
    {
        ValueKind.Null => null,
        ValueKind.Text => Text(),
        ValueKind.Number => Number(),
        ValueKind.Bytes => Bytes().ToArray(),
        _ => throw new FormatException("The value is of no known kind."),
    };

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > rest.Length) throw new FormatException("The record ends early.");
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
