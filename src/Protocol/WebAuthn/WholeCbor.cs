using System.Formats.Cbor;

namespace Lifeguard.Protocol.WebAuthn;

/// <summary>CBOR (RFC 8949) from outside: well formed, and no map holds a key twice. That it is in CTAP2's
/// canonical form is not asked, since not all authenticators keep to it.</summary>
internal static class WholeCbor
{
    /// <summary>What <paramref name="read"/> makes of an item that is all of <paramref name="bytes"/>.
    /// </summary>
    public static T Read<T>(ReadOnlyMemory<byte> bytes, Func<CborReader, T> read)
    {
        var value = ReadFirst(bytes, read, out var rest);
        return rest.IsEmpty ? value : throw WebAuthnException.Malformed();
    }

    /// <summary>What <paramref name="read"/> makes of the first item, and what follows it.</summary>
    public static T ReadFirst<T>(
        ReadOnlyMemory<byte> bytes, Func<CborReader, T> read, out ReadOnlyMemory<byte> rest)
    {
        var reader = new CborReader(bytes, CborConformanceMode.Strict, allowMultipleRootLevelValues: true);
        try
        {
            var value = read(reader);
            rest = bytes[^reader.BytesRemaining..];
            return value;
        }
        catch (Exception error) when (error
            is CborContentException or InvalidOperationException or OverflowException)
        {
            // Ill formed, of another type than expected, or a number beyond its bounds.
            throw WebAuthnException.Malformed();
        }
    }

    /// <summary>The next key of a map, where it is a number; null for any other, which is skipped.</summary>
    public static long? NextLabel(CborReader reader)
    {
        if (IsInteger(reader)) return reader.ReadInt64();
        reader.SkipValue();
        return null;
    }

    public static bool IsInteger(CborReader reader) =>
        reader.PeekState() is CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger;
}
