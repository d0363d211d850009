using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Lifeguard.Protocol.WebAuthn;

/// <summary>What a certificate has to be to vouch for new keys (WebAuthn §8.2.1).</summary>
internal static class AttestationCertificate
{
    private const string AaguidExtension = "1.3.6.1.4.1.45724.1.1.4";
    private const string Country = "2.5.4.6";
    private const string Organization = "2.5.4.10";
    private const string Unit = "2.5.4.11";
    private const string CommonName = "2.5.4.3";

    /// <summary>Version 3, a subject that names maker and purpose, no authority, and the model of this
    /// authenticator where it names one.</summary>
    public static bool IsFit(X509Certificate2 certificate, Guid aaguid) =>
        certificate.Version == 3
        && HasSubject(certificate)
        && certificate.Extensions.OfType<X509BasicConstraintsExtension>().ToList()
            is [{ CertificateAuthority: false }]
        && certificate.Extensions.Where(each => each.Oid?.Value == AaguidExtension)
            .All(each => !each.Critical && Names(each, aaguid));

    private static bool HasSubject(X509Certificate2 certificate)
    {
        var subject = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(name => !name.HasMultipleElements)
            .ToLookup(name => name.GetSingleElementType().Value!, name => name.GetSingleElementValue());
        return subject[Country].ToList() is [{ Length: 2 } country] && country.All(char.IsAsciiLetterUpper)
            && subject[Organization].ToList() is [{ Length: > 0 }]
            && subject[Unit].ToList() is ["Authenticator Attestation"]
            && subject[CommonName].ToList() is [{ Length: > 0 }];
    }

    private static bool Names(X509Extension extension, Guid aaguid)
    {
        try
        {
            var value = AsnDecoder.ReadOctetString(extension.RawData, AsnEncodingRules.DER, out var length);
            return length == extension.RawData.Length
                && value.AsSpan().SequenceEqual(aaguid.ToByteArray(bigEndian: true));
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
