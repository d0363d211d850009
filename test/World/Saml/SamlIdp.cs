using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using static Lifeguard.Worlds.Saml.SamlText;

namespace Lifeguard.Worlds.Saml;

/// <summary>A SAML identity provider in software, which can be told to do everything wrong.</summary>
/// <param name="key">RSA or ECDSA; stays the caller's.</param>
public sealed class SamlIdp(AsymmetricAlgorithm key, string entityId = "https://saml.example/entity")
{
    public string EntityId { get; } = entityId;

    /// <summary>X.509 in base64.</summary>
    public string Certificate { get; } = CertificateOf(key);

    /// <summary>A certificate of a key, in base64.</summary>
    public static string CertificateOf(AsymmetricAlgorithm key)
    {
        var name = new X500DistinguishedName("CN=saml.example");
        var request = key is RSA rsa
            ? new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(name, (ECDsa)key, HashAlgorithmName.SHA256);
        var begin = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = request.CreateSelfSigned(begin, begin.AddYears(20));
        return Convert.ToBase64String(certificate.RawData);
    }

    /// <summary>What it says of itself.</summary>
    public string Metadata() =>
        $"""
        <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{EntityId}">
          <IDPSSODescriptor protocolSupportEnumeration="{Samlp}">
            <KeyDescriptor use="signing"><KeyInfo xmlns="{Ds}"><X509Data>
              <X509Certificate>{Certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
            <SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
              Location="https://saml.example/logout"/>
            <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
              Location="https://saml.example/sso"/>
          </IDPSSODescriptor>
        </EntityDescriptor>
        """;

    /// <summary>An answer as a form field.</summary>
    public string Post(SamlSpec spec) => Posted(Response(spec));

    /// <summary>An answer.</summary>
    public string Response(SamlSpec spec)
    {
        var assertion = spec.Status == "Success" ? Assertion(spec) : "";
        if (assertion.Length > 0 && spec.Encryption is { } encryption)
            assertion = SamlCipher.Encrypted(assertion, encryption);
        var text = spec.Response(
            $"<samlp:Response xmlns:samlp=\"{Samlp}\"{Attribute("Destination", spec.Address)}"
            + $"{Attribute("ID", spec.ResponseId)}{Attribute("InResponseTo", spec.RequestId)}"
            + $" IssueInstant=\"{Instant(spec.Now)}\" Version=\"2.0\">"
            + $"<saml:Issuer xmlns:saml=\"{Saml2}\">{spec.Issuer ?? EntityId}</saml:Issuer>"
            + $"{Status(spec)}{assertion}</samlp:Response>");
        return spec.SignsResponse ? WithSignature(text, spec.ResponseId, key, spec.Signing) : text;
    }

    /// <summary>An assertion.</summary>
    public string Assertion(SamlSpec spec)
    {
        var text = spec.Assertion(
            $"<saml:Assertion xmlns:saml=\"{Saml2}\"{Attribute("ID", spec.AssertionId)}"
            + $" IssueInstant=\"{Instant(spec.Now)}\" Version=\"2.0\">"
            + $"<saml:Issuer>{spec.Issuer ?? EntityId}</saml:Issuer>{Subject(spec)}"
            + $"<saml:Conditions NotBefore=\"{Instant(spec.Now.AddSeconds(-30))}\""
            + $" NotOnOrAfter=\"{Instant(spec.Now.AddMinutes(5))}\"><saml:AudienceRestriction>"
            + $"<saml:Audience>{spec.Audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
            + $"<saml:AuthnStatement AuthnInstant=\"{Instant(spec.Now)}\""
            + $"{Attribute("SessionIndex", spec.SessionIndex)}><saml:AuthnContext>"
            + "<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password"
            + "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
            + $"<saml:AttributeStatement>{string.Concat(spec.Attributes.Select(AttributeOf))}"
            + "</saml:AttributeStatement></saml:Assertion>");
        return spec.SignsAssertion ? WithSignature(text, spec.AssertionId, key, spec.Signing) : text;
    }

    /// <summary>An answer to the request to sign somebody out, as a document.</summary>
    public string LogoutResponse(SamlSpec spec)
    {
        var text = spec.Response(
            $"<samlp:LogoutResponse xmlns:samlp=\"{Samlp}\"{Attribute("Destination", spec.Address)}"
            + $"{Attribute("ID", spec.ResponseId)}{Attribute("InResponseTo", spec.RequestId)}"
            + $" IssueInstant=\"{Instant(spec.Now)}\" Version=\"2.0\">"
            + $"<saml:Issuer xmlns:saml=\"{Saml2}\">{spec.Issuer ?? EntityId}</saml:Issuer>"
            + $"{Status(spec)}</samlp:LogoutResponse>");
        return spec.SignsResponse ? WithSignature(text, spec.ResponseId, key, spec.Signing) : text;
    }

    /// <summary>A document as the query of the HTTP-Redirect binding, signed.</summary>
    public string Redirected(
        string document, string? relayState,
        string algorithm = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal))
            deflate.Write(Encoding.UTF8.GetBytes(document));
        var query = $"SAMLResponse={Uri.EscapeDataString(Convert.ToBase64String(packed.ToArray()))}";
        if (relayState is not null) query += $"&RelayState={Uri.EscapeDataString(relayState)}";
        query += $"&SigAlg={Uri.EscapeDataString(algorithm)}";
        var signature = Sign(algorithm, key, Encoding.ASCII.GetBytes(query));
        return $"{query}&Signature={Uri.EscapeDataString(Convert.ToBase64String(signature))}";
    }

    private static string Subject(SamlSpec spec) =>
        $"<saml:Subject><saml:NameID Format=\"{spec.NameFormat}\">{Escaped(spec.NameId)}</saml:NameID>"
        + "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">"
        + $"<saml:SubjectConfirmationData{Attribute("InResponseTo", spec.RequestId)}"
        + $" NotOnOrAfter=\"{Instant(spec.Now.AddMinutes(5))}\"{Attribute("Recipient", spec.Address)}>"
        + "</saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>";

    private static string AttributeOf((string Name, string[] Values) attribute) =>
        $"<saml:Attribute{SamlText.Attribute("Name", attribute.Name)}>"
        + string.Concat(attribute.Values.Select(value =>
            $"<saml:AttributeValue>{Escaped(value)}</saml:AttributeValue>"))
        + "</saml:Attribute>";

    private static string Status(SamlSpec spec)
    {
        const string Prefix = "urn:oasis:names:tc:SAML:2.0:status:";
        var second = spec.SecondStatus is { } word
            ? $"<samlp:StatusCode Value=\"{Prefix}{word}\"></samlp:StatusCode>"
            : "";
        return $"<samlp:Status><samlp:StatusCode Value=\"{Prefix}{spec.Status}\">{second}"
            + "</samlp:StatusCode></samlp:Status>";
    }
}
