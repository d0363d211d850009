using System.Formats.Cbor;

namespace Lifeguard.Protocol.WebAuthn;

/// <summary>What an authenticator returns with a new key (WebAuthn §6.5.4).</summary>
/// <param name="Format">Of the statement.</param>
/// <param name="Statement">CBOR, not read yet.</param>
internal sealed record AttestationObject(
    string Format, ReadOnlyMemory<byte> Statement, ReadOnlyMemory<byte> AuthenticatorData)
{
    public const int MaxLength = 32 * 1024;

    private const int MaxFormatLength = 32;

    /// <exception cref="WebAuthnException">Malformed.</exception>
    public static AttestationObject Parse(ReadOnlyMemory<byte> bytes) => bytes.Length <= MaxLength
        ? WholeCbor.Read(bytes, Read)
        : throw WebAuthnException.Malformed();

    private static AttestationObject Read(CborReader reader)
    {
        string? format = null;
        ReadOnlyMemory<byte>? statement = null, data = null;
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            switch (reader.ReadTextString())
            {
                case "fmt":
                    format = reader.ReadTextString();
                    break;
                case "attStmt" when reader.PeekState() == CborReaderState.StartMap:
                    statement = reader.ReadEncodedValue();
                    break;
                case "authData":
                    data = reader.ReadByteString();
                    break;
                default:
                    reader.SkipValue();
                    break;
            }
        }

        reader.ReadEndMap();
        return format is { Length: >= 1 and <= MaxFormatLength }
            && statement is { } read
            && data is { } signed
            ? new(format, read, signed)
            : throw WebAuthnException.Malformed();
    }
}
