using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Lifeguard.Worlds.Saml;

/// <summary>Encrypts assertions as providers do (xmlenc-core1).</summary>
public static class SamlCipher
{
    private const string Xenc = "http://www.w3.org/2001/04/xmlenc#";

    /// <summary>The element that takes the assertion's place; canonical.</summary>
    public static string Encrypted(string assertion, SamlEncryption how)
    {
        // Whatever the key is, it need not be secret here, and the text is the same each time.
        var key = SHA512.HashData(Encoding.UTF8.GetBytes(assertion))[..KeyLength(how.Content)];
        var iv = SHA256.HashData(key)[..(how.Content.EndsWith("gcm", StringComparison.Ordinal) ? 12 : 16)];
        var plain = Encoding.UTF8.GetBytes(assertion);
        var content = Convert.ToBase64String(Content(how.Content, key, iv, plain));
        var wrapped =
            $"<xenc:EncryptedKey><xenc:EncryptionMethod Algorithm=\"{how.Key}\">{how.KeyParameters}"
            + "</xenc:EncryptionMethod><xenc:CipherData><xenc:CipherValue>"
            + Convert.ToBase64String(Wrapped(key, how))
            + "</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>";
        var inside = how.IsKeyBeside
            ? ""
            : $"<ds:KeyInfo xmlns:ds=\"{SamlText.Ds}\">{wrapped}</ds:KeyInfo>";
        var beside = how.IsKeyBeside
            ? wrapped.Replace(
                "<xenc:EncryptedKey>", $"<xenc:EncryptedKey xmlns:xenc=\"{Xenc}\">", StringComparison.Ordinal)
            : "";
        return $"<saml:EncryptedAssertion xmlns:saml=\"{SamlText.Saml2}\">"
            + $"<xenc:EncryptedData xmlns:xenc=\"{Xenc}\" Type=\"{Xenc}Element\">"
            + $"<xenc:EncryptionMethod Algorithm=\"{how.Content}\"></xenc:EncryptionMethod>{inside}"
            + $"<xenc:CipherData><xenc:CipherValue>{content}</xenc:CipherValue></xenc:CipherData>"
            + $"</xenc:EncryptedData>{beside}</saml:EncryptedAssertion>";
    }

    private static int KeyLength(string algorithm) =>
        algorithm.Contains("128", StringComparison.Ordinal) ? 16
        : algorithm.Contains("192", StringComparison.Ordinal) ? 24 : 32;

    private static byte[] Content(string algorithm, byte[] key, byte[] iv, byte[] plain)
    {
        if (algorithm.EndsWith("gcm", StringComparison.Ordinal))
        {
            var (sealedBytes, tag) = (new byte[plain.Length], new byte[16]);
            using var gcm = new AesGcm(key, tag.Length);
            gcm.Encrypt(iv, plain, sealedBytes, tag);
            return [.. iv, .. sealedBytes, .. tag];
        }

        using var aes = Aes.Create();
        aes.Key = key;
        return [.. iv, .. aes.EncryptCbc(plain, iv, PaddingMode.ISO10126)];
    }

    private static byte[] Wrapped(byte[] key, SamlEncryption how)
    {
        using var certificate =
            X509CertificateLoader.LoadCertificate(Convert.FromBase64String(how.Certificate));
        using var rsa = certificate.GetRSAPublicKey()!;
        var padding = how.Key.EndsWith("rsa-1_5", StringComparison.Ordinal) ? RSAEncryptionPadding.Pkcs1
            : how.KeyParameters.Contains("mgf1sha256", StringComparison.Ordinal)
                ? RSAEncryptionPadding.OaepSHA256
            : how.KeyParameters.Contains("mgf1sha512", StringComparison.Ordinal)
                ? RSAEncryptionPadding.OaepSHA512
            : RSAEncryptionPadding.OaepSHA1;
        return rsa.Encrypt(key, padding);
    }
}
