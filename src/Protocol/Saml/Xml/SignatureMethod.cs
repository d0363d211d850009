using System.Security.Cryptography;

namespace Lifeguard.Protocol.Saml.Xml;

/// <summary>A way to sign. Those with SHA-1 are not among them, and no HMAC, whose key would be the public
/// one.</summary>
/// <param name="IsRsa">RSASSA-PKCS1-v1_5; else ECDSA.</param>
internal sealed record SignatureMethod(bool IsRsa, HashAlgorithmName Hash)
{
    /// <summary>What the service provider signs with.</summary>
    public const string RsaSha256 = More + "rsa-sha256";

    /// <summary>Shorter RSA keys can be broken (NIST SP 800-131A).</summary>
    private const int MinRsaBits = 2048;

    private const string More = "http://www.w3.org/2001/04/xmldsig-more#";

    /// <summary>The method of an identifier (RFC 9231 §2.3).</summary>
    /// <exception cref="SamlException">Algorithm.</exception>
    public static SignatureMethod Of(string? identifier) => identifier switch
    {
        RsaSha256 => new(true, HashAlgorithmName.SHA256),
        More + "rsa-sha384" => new(true, HashAlgorithmName.SHA384),
        More + "rsa-sha512" => new(true, HashAlgorithmName.SHA512),
        More + "ecdsa-sha256" => new(false, HashAlgorithmName.SHA256),
        More + "ecdsa-sha384" => new(false, HashAlgorithmName.SHA384),
        More + "ecdsa-sha512" => new(false, HashAlgorithmName.SHA512),
        _ => throw new SamlException(SamlFailure.Algorithm),
    };

    /// <summary>Is the signature one of this key? Never of a key that is not for the method.</summary>
    public bool Verifies(AsymmetricAlgorithm key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            return key switch
            {
                RSA rsa => IsRsa && rsa.KeySize >= MinRsaBits
                    && rsa.VerifyData(data, signature, Hash, RSASignaturePadding.Pkcs1),
                // The two numbers one after the other (RFC 9231 §2.3.6).
                ECDsa ec => !IsRsa && ec.VerifyData(data, signature, Hash),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
