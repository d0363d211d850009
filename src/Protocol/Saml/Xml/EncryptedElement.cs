using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.Saml.Xml;

/// <summary>
/// An element that is encrypted to the service provider (xmlenc-core1): AES in GCM or CBC mode, its key by
/// RSA-OAEP. RSA with PKCS #1 padding is not taken: it can be opened by asking often enough. Whatever goes
/// wrong with the secret parts is one failure, so that nobody learns from it.
/// </summary>
internal static class EncryptedElement
{
    private const string Namespace = "http://www.w3.org/2001/04/xmlenc#";
    private const string Namespace11 = "http://www.w3.org/2009/xmlenc11#";

    /// <summary>An element may be encrypted to several parties; each costs an operation with each
    /// key.</summary>
    private const int MaxKeys = 4;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The element that was encrypted.</summary>
    /// <param name="wrapper">Holds the encrypted data, and the keys in it or beside it.</param>
    /// <param name="keys">Those of the service provider.</param>
    /// <exception cref="SamlException">Decryption, Algorithm, Malformed.</exception>
    public static TreeElement Open(TreeElement wrapper, IReadOnlyList<RSA> keys, int maxCharacters)
    {
        var data = wrapper.Required(Namespace, "EncryptedData");
        var cipher = ContentCipher.Of(Algorithm(data));
        var content = CipherValue(data);
        var wrapped = WrappedKeys(wrapper, data);
        foreach (var one in wrapped)
        {
            foreach (var key in keys)
            {
                if (one.Unwrap(key) is { } unwrapped && cipher.Open(unwrapped, content) is { } opened)
                    return Read(opened, wrapper, maxCharacters);
            }
        }

        throw new SamlException(SamlFailure.Decryption);
    }

    private static TreeElement Read(byte[] opened, TreeElement wrapper, int maxCharacters)
    {
        try
        {
            return TreeReader.Read(Utf8.GetString(opened), maxCharacters, wrapper);
        }
        catch (Exception broken) when (broken is SamlException or DecoderFallbackException)
        {
            // Whoever alters what is encrypted in CBC mode must not see what it became.
            throw new SamlException(SamlFailure.Decryption);
        }
    }

    private static List<WrappedKey> WrappedKeys(TreeElement wrapper, TreeElement data)
    {
        var inside = data.Optional(EnvelopedSignature.Namespace, "KeyInfo")?.All(Namespace, "EncryptedKey");
        var all = (inside ?? []).Concat(wrapper.All(Namespace, "EncryptedKey")).Take(MaxKeys + 1).ToList();
        if (all.Count is 0 or > MaxKeys) throw SamlException.Malformed();
        return [.. all.Select(key => new WrappedKey(Padding(key), CipherValue(key)))];
    }

    private static string? Algorithm(TreeElement element) =>
        element.Required(Namespace, "EncryptionMethod").Attribute("Algorithm");

    /// <summary>Reference by address is not taken: nothing is fetched.</summary>
    private static byte[] CipherValue(TreeElement element)
    {
        var value = element.Required(Namespace, "CipherData").Required(Namespace, "CipherValue");
        return Base64.TryRead(value.Text, out var bytes) ? bytes : throw SamlException.Malformed();
    }

    /// <summary>The hash of the padding and that of its mask generation are always one here: the platform
    /// has no others.</summary>
    private static RSAEncryptionPadding Padding(TreeElement key)
    {
        var method = key.Required(Namespace, "EncryptionMethod");
        var digest = method.Optional(EnvelopedSignature.Namespace, "DigestMethod")?.Attribute("Algorithm");
        var mask = method.Optional(Namespace11, "MGF")?.Attribute("Algorithm");
        var isOaep = method.Attribute("Algorithm") switch
        {
            Namespace + "rsa-oaep-mgf1p" => mask is null,
            Namespace11 + "rsa-oaep" => true,
            _ => false,
        };
        if (!isOaep || method.Optional(Namespace, "OAEPparams") is { Content.Length: > 0 })
            throw new SamlException(SamlFailure.Algorithm);
        return (digest, mask) switch
        {
            (null or EnvelopedSignature.Namespace + "sha1", null or Namespace11 + "mgf1sha1") =>
                RSAEncryptionPadding.OaepSHA1,
            (Namespace + "sha256", Namespace11 + "mgf1sha256") => RSAEncryptionPadding.OaepSHA256,
            ("http://www.w3.org/2001/04/xmldsig-more#sha384", Namespace11 + "mgf1sha384") =>
                RSAEncryptionPadding.OaepSHA384,
            (Namespace + "sha512", Namespace11 + "mgf1sha512") => RSAEncryptionPadding.OaepSHA512,
            _ => throw new SamlException(SamlFailure.Algorithm),
        };
    }

    private sealed record WrappedKey(RSAEncryptionPadding Padding, byte[] Value)
    {
        /// <summary>The key; null where it is wrapped for another one.</summary>
        public byte[]? Unwrap(RSA key)
        {
            try
            {
                return key.Decrypt(Value, Padding);
            }
            catch (CryptographicException)
            {
                return null;
            }
        }
    }
}
