using System.Formats.Asn1;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lifeguard.Worlds.Passkeys;

/// <summary>What an authenticator says about where a new key comes from.</summary>
/// <param name="Format">As <c>fmt</c> has it.</param>
/// <param name="Members">Of the statement: signed bytes, key and model in, members out.</param>
public sealed record PasskeyStatement(
    string Format, Func<byte[], PasskeyKey, Guid, (string Name, object Value)[]> Members)
{
    /// <summary>Nothing.</summary>
    public static readonly PasskeyStatement None = new("none", (_, _, _) => []);

    /// <summary>The new key vouches for itself.</summary>
    public static readonly PasskeyStatement Self = new(
        "packed", (signed, key, _) => [("alg", key.Algorithm), ("sig", key.Sign(signed))]);

    /// <summary>A certificate vouches for the new key.</summary>
    public static PasskeyStatement Certified(CertificateForm? form = null) => new(
        "packed",
        (signed, _, aaguid) =>
        {
            using var issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var certificate = (form ?? new()).Make(issuer, aaguid);
            var signature = issuer.SignData(
                signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            return [("alg", -7), ("sig", signature), ("x5c", new[] { certificate })];
        });

    /// <summary>The attestation object.</summary>
    public byte[] Write(byte[] authenticatorData, byte[] data, PasskeyKey key, Guid aaguid)
    {
        var members = Members(data, key, aaguid);
        var writer = new CborWriter(CborConformanceMode.Lax);
        writer.WriteStartMap(3);
        writer.WriteTextString("fmt");
        writer.WriteTextString(Format);
        writer.WriteTextString("attStmt");
        writer.WriteStartMap(members.Length);
        foreach (var (name, value) in members)
        {
            writer.WriteTextString(name);
            Write(writer, value);
        }

        writer.WriteEndMap();
        writer.WriteTextString("authData");
        writer.WriteByteString(authenticatorData);
        writer.WriteEndMap();
        return writer.Encode();
    }

    private static void Write(CborWriter writer, object value)
    {
        switch (value)
        {
            case int number:
                writer.WriteInt32(number);
                break;
            case byte[][] list:
                writer.WriteStartArray(list.Length);
                foreach (var each in list) writer.WriteByteString(each);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteByteString((byte[])value);
                break;
        }
    }
}

/// <summary>The certificate of an authenticator's maker; as it should be, unless a test says
/// otherwise.</summary>
public sealed record CertificateForm
{
    public string Country { get; init; } = "SE";

    public string? Organization { get; init; } = "Makers";

    public string Unit { get; init; } = "Authenticator Attestation";

    public string? CommonName { get; init; } = "Model 1";

    /// <summary>Null for a certificate that does not say.</summary>
    public bool? IsAuthority { get; init; } = false;

    /// <summary>The model that the certificate names; null for the authenticator's own.</summary>
    public Guid? Aaguid { get; init; }

    public bool NamesAaguid { get; init; } = true;

    public bool IsAaguidCritical { get; init; }

    public byte[] Make(ECDsa key, Guid own)
    {
        var name = new X500DistinguishedNameBuilder();
        name.Add("2.5.4.6", Country, UniversalTagNumber.PrintableString);
        if (Organization is not null) name.AddOrganizationName(Organization);
        name.AddOrganizationalUnitName(Unit);
        if (CommonName is not null) name.AddCommonName(CommonName);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        if (IsAuthority is { } authority)
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        if (NamesAaguid)
        {
            byte[] value = [4, 16, .. (Aaguid ?? own).ToByteArray(bigEndian: true)];
            request.CertificateExtensions.Add(
                new X509Extension("1.3.6.1.4.1.45724.1.1.4", value, IsAaguidCritical));
        }

        var from = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = request.CreateSelfSigned(from, from.AddYears(30));
        return certificate.RawData;
    }
}
