using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Worlds.Saml;

/// <summary>XML as providers in tests write it: canonical from the beginning, so that it can be signed as it
/// is and nothing of the product is needed to sign it.</summary>
public static class SamlText
{
    public const string Saml2 = "urn:oasis:names:tc:SAML:2.0:assertion";
    public const string Samlp = "urn:oasis:names:tc:SAML:2.0:protocol";
    public const string Ds = "http://www.w3.org/2000/09/xmldsig#";
    public const string Exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";

    public static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>An attribute with a blank before it; nothing for null.</summary>
    public static string Attribute(string name, string? value) => value is null
        ? ""
        : $" {name}=\"{Escaped(value).Replace("\"", "&quot;", StringComparison.Ordinal)}\"";

    /// <summary>A form field.</summary>
    public static string Posted(string xml) => Convert.ToBase64String(Encoding.UTF8.GetBytes(xml));

    /// <summary>The text with a signature of it after its first Issuer.</summary>
    /// <param name="id">Of the element.</param>
    public static string WithSignature(string text, string id, AsymmetricAlgorithm key, SamlSigning how)
    {
        const string End = "</saml:Issuer>";
        var place = text.IndexOf(End, StringComparison.Ordinal) + End.Length;
        return text.Insert(place, Signature(text, id, key, how));
    }

    /// <summary>A signature of a text that does not hold it yet.</summary>
    public static string Signature(string text, string id, AsymmetricAlgorithm key, SamlSigning how)
    {
        var transforms = how.Transforms
            ?? $"<ds:Transform Algorithm=\"{Ds}enveloped-signature\"></ds:Transform>"
            + $"<ds:Transform Algorithm=\"{Exclusive}\"></ds:Transform>";
        var digest = Convert.ToBase64String(Hash(how.Digest, Encoding.UTF8.GetBytes(text)));
        var info = how.SignedInfo(
            $"<ds:SignedInfo xmlns:ds=\"{Ds}\">"
            + $"<ds:CanonicalizationMethod Algorithm=\"{Exclusive}\"></ds:CanonicalizationMethod>"
            + $"<ds:SignatureMethod Algorithm=\"{how.Algorithm}\"></ds:SignatureMethod>"
            + $"<ds:Reference URI=\"{how.Reference ?? "#" + id}\">"
            + $"<ds:Transforms>{transforms}</ds:Transforms>"
            + $"<ds:DigestMethod Algorithm=\"{how.Digest}\"></ds:DigestMethod>"
            + $"<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>");
        var value = Convert.ToBase64String(Sign(how.Algorithm, key, Encoding.UTF8.GetBytes(info)));
        var inside = info.Replace(
            $"<ds:SignedInfo xmlns:ds=\"{Ds}\">", "<ds:SignedInfo>", StringComparison.Ordinal);
        return $"<ds:Signature xmlns:ds=\"{Ds}\">{inside}"
            + $"<ds:SignatureValue>{value}</ds:SignatureValue>{how.KeyInfo}</ds:Signature>";
    }

    public static byte[] Sign(string algorithm, AsymmetricAlgorithm key, byte[] data)
    {
        var hash = NameOf(algorithm);
        return key switch
        {
            RSA rsa => rsa.SignData(data, hash, RSASignaturePadding.Pkcs1),
            ECDsa ec => ec.SignData(data, hash),
            _ => throw new ArgumentException("A provider signs with RSA or ECDSA.", nameof(key)),
        };
    }

    private static byte[] Hash(string algorithm, byte[] data) =>
        CryptographicOperations.HashData(NameOf(algorithm), data);

    private static HashAlgorithmName NameOf(string algorithm) =>
        algorithm.EndsWith("512", StringComparison.Ordinal) ? HashAlgorithmName.SHA512
        : algorithm.EndsWith("384", StringComparison.Ordinal) ? HashAlgorithmName.SHA384
        : algorithm.EndsWith("256", StringComparison.Ordinal) ? HashAlgorithmName.SHA256
        : HashAlgorithmName.SHA1;
}
