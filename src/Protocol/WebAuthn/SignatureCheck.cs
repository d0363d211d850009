using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NSec.Cryptography;
using Ed25519Key = NSec.Cryptography.PublicKey;

namespace Lifeguard.Protocol.WebAuthn;

/// <summary>Whether a signature is a key's, in the forms that authenticators send. Whatever is not a
/// signature at all is simply not the key's.</summary>
internal static class SignatureCheck
{
    /// <summary>ECDSA, the signature in DER (WebAuthn §6.5.5).</summary>
    public static bool Ecdsa(
        ECDsa key, HashAlgorithmName hash, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> data)
    {
        try
        {
            return key.VerifyData(data, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public static bool Rsa(RSA key, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> data)
    {
        try
        {
            return key.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public static bool Ed25519(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> data) =>
        Ed25519Key.TryImport(
            SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key)
        && SignatureAlgorithm.Ed25519.Verify(key!, data, signature);

    /// <summary>The signature of a certificate's key; false for algorithms that certificates are not taken
    /// with.</summary>
    public static bool Certificate(
        X509Certificate2 certificate, long algorithm, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> data)
    {
        switch (algorithm)
        {
            case CoseAlgorithm.Es256 or CoseAlgorithm.Es384:
                using (var key = certificate.GetECDsaPublicKey())
                    return key is not null && Ecdsa(key, HashOf(algorithm), signature, data);
            case CoseAlgorithm.Rs256:
                using (var key = certificate.GetRSAPublicKey())
                    return key is not null && Rsa(key, signature, data);
            default:
                return false;
        }
    }

    public static HashAlgorithmName HashOf(long algorithm) =>
        algorithm == CoseAlgorithm.Es384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
}
