using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lifeguard.Protocol.WebAuthn;

/// <summary>A statement of the format <c>packed</c> (WebAuthn §8.2).</summary>
/// <param name="Certificates">The one that signs, first; null where the new key signs itself.</param>
internal sealed record PackedStatement(
    long Algorithm, byte[] Signature, IReadOnlyList<byte[]>? Certificates)
{
    private const int MaxCertificates = 8;

    /// <exception cref="WebAuthnException">The statement is not true.</exception>
    public static void MustHold(
        ReadOnlyMemory<byte> statement, AttestedKey made, ReadOnlySpan<byte> signed)
    {
        var packed = WholeCbor.Read(statement, Read);
        var isTrue = packed.Certificates is null
            ? packed.Algorithm == made.Key.Algorithm && made.Key.Verifies(packed.Signature, signed)
            : IsCertified(packed, packed.Certificates[0], made.Aaguid, signed);
        if (!isTrue) throw new WebAuthnException(WebAuthnFailure.Attestation);
    }

    /// <summary>Who issued the certificate is not looked at: nobody configures whom to believe.</summary>
    private static bool IsCertified(
        PackedStatement packed, byte[] encoded, Guid aaguid, ReadOnlySpan<byte> signed)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(encoded);
            return AttestationCertificate.IsFit(certificate, aaguid)
                && SignatureCheck.Certificate(certificate, packed.Algorithm, packed.Signature, signed);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static PackedStatement Read(CborReader reader)
    {
        long? algorithm = null;
        byte[]? signature = null;
        List<byte[]>? certificates = null;
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            switch (reader.ReadTextString())
            {
                case "alg":
                    algorithm = reader.ReadInt64();
                    break;
                case "sig":
                    signature = reader.ReadByteString();
                    break;
                case "x5c":
                    certificates = ReadCertificates(reader);
                    break;
                default:
                    // Nothing else is defined; ecdaaKeyId was withdrawn.
                    throw WebAuthnException.Malformed();
            }
        }

        reader.ReadEndMap();
        return algorithm is { } given && signature is not null
            ? new(given, signature, certificates)
            : throw WebAuthnException.Malformed();
    }

    private static List<byte[]> ReadCertificates(CborReader reader)
    {
        var certificates = new List<byte[]>();
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            if (certificates.Count == MaxCertificates) throw WebAuthnException.Malformed();
            certificates.Add(reader.ReadByteString());
        }

        reader.ReadEndArray();
        return certificates.Count > 0 ? certificates : throw WebAuthnException.Malformed();
    }
}
