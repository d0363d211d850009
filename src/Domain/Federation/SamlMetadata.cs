using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using System.Xml.Linq;

namespace Lifeguard.Domain.Federation;

/// <summary>What a SAML provider says of itself (saml-metadata-2.0 §2.4).</summary>
/// <param name="SignInAddress">Of the HTTP-Redirect binding, where people are sent.</param>
/// <param name="SignOutAddress">Of the same binding; null for none.</param>
/// <param name="Certificates">With which it signs, in base64; at least one.</param>
public sealed record SamlMetadata(
    string EntityId, string SignInAddress, string? SignOutAddress, IReadOnlyList<string> Certificates)
{
    /// <summary>Until when it holds; null for ever.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    private const int MaxCharacters = 1024 * 1024;
    private const int MaxDepth = 32;
    private const int MaxCertificates = 20;

    /// <summary>saml-metadata-2.0 §2.2.1.</summary>
    private const int MaxEntityId = 1024;

    private const string Redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
    private const string Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";

    private static readonly XNamespace Md = "urn:oasis:names:tc:SAML:2.0:metadata";
    private static readonly XNamespace Ds = "http://www.w3.org/2000/09/xmldsig#";

    /// <summary>Reads a metadata document.</summary>
    /// <exception cref="ApiException">InvalidParameterException: it is none of exactly one identity provider
    /// that can be used.</exception>
    public static SamlMetadata Parse(string text, DateTimeOffset now)
    {
        var entity = Single(Read(text));
        var provider = entity.Elements(Md + "IDPSSODescriptor").First(SpeaksSaml2);
        var entityId = entity.Attribute("entityID")?.Value;
        if (entityId is not { Length: > 0 and <= MaxEntityId })
            throw FederationRefusals.Metadata("it has no entityID.");
        var end = Earlier(End(entity), End(provider));
        if (end <= now) throw FederationRefusals.Metadata("its validUntil has passed.");
        var signIn = Address(provider, "SingleSignOnService")
            ?? throw FederationRefusals.Metadata("it has no SingleSignOnService with HTTP-Redirect binding.");
        var signOut = Address(provider, "SingleLogoutService");
        return new(entityId, signIn, signOut, CertificatesOf(provider)) { ValidUntil = end };
    }

    /// <summary>No document type, so no entities; nothing is fetched; neither deep nor long.</summary>
    private static XElement Read(string text)
    {
        try
        {
            // Elements are read by recursion later on.
            using (var reader = Reader(text))
            {
                while (reader.Read())
                {
                    if (reader.Depth > MaxDepth)
                        throw FederationRefusals.Metadata("it is nested too deeply.");
                }
            }

            using var again = Reader(text);
            return XDocument.Load(again).Root!;
        }
        catch (XmlException)
        {
            throw FederationRefusals.Metadata("it is not well-formed XML without a document type.");
        }
    }

    private static XmlReader Reader(string text) => XmlReader.Create(
        new StringReader(text),
        new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });

    private static XElement Single(XElement root)
    {
        var providers = root.DescendantsAndSelf(Md + "EntityDescriptor")
            .Where(entity => entity.Elements(Md + "IDPSSODescriptor").Any(SpeaksSaml2))
            .Take(2)
            .ToList();
        return providers is [var only]
            ? only
            : throw FederationRefusals.Metadata("it must describe exactly one SAML 2.0 identity provider.");
    }

    private static bool SpeaksSaml2(XElement descriptor) =>
        descriptor.Attribute("protocolSupportEnumeration")?.Value.Split(' ').Contains(Protocol) == true;

    /// <summary>What cannot be read has passed.</summary>
    private static DateTimeOffset? End(XElement element)
    {
        if (element.Attribute("validUntil")?.Value is not { } text) return null;
        var isInstant = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end);
        return isInstant ? end : DateTimeOffset.MinValue;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;

    private static string? Address(XElement provider, string service)
    {
        var location = provider.Elements(Md + service)
            .FirstOrDefault(one => one.Attribute("Binding")?.Value == Redirect)
            ?.Attribute("Location")?.Value;
        if (location is null) return null;
        // People are sent there: no script, no file.
        var isWeb = location.Length <= FederationRefusals.MaxAddress
            && Uri.TryCreate(location, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);
        return isWeb
            ? location
            : throw FederationRefusals.Metadata($"the Location of its {service} is no URL.");
    }

    private static List<string> CertificatesOf(XElement provider)
    {
        var found = provider.Elements(Md + "KeyDescriptor")
            .Where(key => key.Attribute("use")?.Value is null or "signing")
            .SelectMany(key => key.Descendants(Ds + "X509Certificate"))
            .Select(element => new string([.. element.Value.Where(one => !char.IsWhiteSpace(one))]))
            .Distinct()
            .Take(MaxCertificates + 1)
            .ToList();
        if (found.Count is 0 or > MaxCertificates)
            throw FederationRefusals.Metadata($"it must have 1 to {MaxCertificates} signing certificates.");
        return found.TrueForAll(IsCertificate)
            ? found
            : throw FederationRefusals.Metadata("a signing certificate is not X.509 with an RSA or EC key.");
    }

    private static bool IsCertificate(string text)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text));
            using var rsa = certificate.GetRSAPublicKey();
            using var ec = certificate.GetECDsaPublicKey();
            return rsa is not null || ec is not null;
        }
        catch (Exception broken) when (broken is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
