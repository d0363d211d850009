using System.Buffers.Binary;
using System.Formats.Cbor;

namespace Lifeguard.Protocol.WebAuthn;

/// <summary>The flags of authenticator data (WebAuthn §6.1).</summary>
[Flags]
internal enum AuthenticatorFlags
{
    UserPresent = 0x01,
    UserVerified = 0x04,
    BackupEligible = 0x08,
    BackedUp = 0x10,
    HasCredential = 0x40,
    HasExtensions = 0x80,
}

/// <summary>A key that an authenticator has made.</summary>
/// <param name="Aaguid">The model of the authenticator, or zeros.</param>
/// <param name="PublicKey">As it was sent.</param>
internal sealed record AttestedKey(Guid Aaguid, byte[] Id, byte[] PublicKey, CoseKey Key);

/// <summary>What an authenticator signs (WebAuthn §6.1).</summary>
/// <param name="AttestedKey">Null where no key was made.</param>
internal sealed record AuthenticatorData(
    byte[] RelyingPartyHash, AuthenticatorFlags Flags, uint SignCount, AttestedKey? AttestedKey)
{
    public const int MaxLength = 8 * 1024;

    private const int HashLength = 32;
    private const int HeadLength = HashLength + 1 + 4;
    private const int AaguidLength = 16;

    public bool Has(AuthenticatorFlags flag) => (Flags & flag) == flag;

    /// <exception cref="WebAuthnException">Malformed; also where bytes are left over.</exception>
    public static AuthenticatorData Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length is < HeadLength or > MaxLength) throw WebAuthnException.Malformed();
        var flags = (AuthenticatorFlags)bytes.Span[HashLength];
        var rest = bytes[HeadLength..];
        var key = (flags & AuthenticatorFlags.HasCredential) == 0 ? null : ReadKey(ref rest);
        if ((flags & AuthenticatorFlags.HasExtensions) != 0) SkipExtensions(ref rest);
        // A key that is kept in one place only cannot be in two (WebAuthn §6.1.3).
        var isContradictory = (flags & AuthenticatorFlags.BackedUp) != 0
            && (flags & AuthenticatorFlags.BackupEligible) == 0;
        if (!rest.IsEmpty || isContradictory) throw WebAuthnException.Malformed();
        var count = BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[(HashLength + 1)..]);
        return new(bytes[..HashLength].ToArray(), flags, count, key);
    }

    private static AttestedKey ReadKey(ref ReadOnlyMemory<byte> rest)
    {
        if (rest.Length < AaguidLength + 2) throw WebAuthnException.Malformed();
        var aaguid = new Guid(rest.Span[..AaguidLength], bigEndian: true);
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest.Span[AaguidLength..]);
        rest = rest[(AaguidLength + 2)..];
        if (length is 0 or > CredentialId.MaxLength || rest.Length < length)
            throw WebAuthnException.Malformed();
        var id = rest[..length].ToArray();
        var start = rest[length..];
        var key = WholeCbor.ReadFirst(start, CoseKey.Read, out rest);
        return new(aaguid, id, start[..^rest.Length].ToArray(), key);
    }

    /// <summary>None was asked for, and a client may add any: they are looked at no further than that they
    /// are a map (WebAuthn §9.4).</summary>
    private static void SkipExtensions(ref ReadOnlyMemory<byte> rest) => WholeCbor.ReadFirst(
        rest,
        reader =>
        {
            if (reader.PeekState() != CborReaderState.StartMap) throw WebAuthnException.Malformed();
            reader.SkipValue();
            return true;
        },
        out rest);
}
