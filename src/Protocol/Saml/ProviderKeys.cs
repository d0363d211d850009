using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Lifeguard.Protocol.Saml.Xml;

namespace Lifeguard.Protocol.Saml;

/// <summary>The keys with which a provider signs, as its metadata names them. No message can add
/// one.</summary>
internal sealed class ProviderKeys : IDisposable
{
    private readonly List<AsymmetricAlgorithm> keys = [];

    /// <summary>Those of certificates. When they end is not looked at: it is the metadata that is believed
    /// (saml-metadata-iop §2.6.1).</summary>
    /// <param name="certificates">X.509 in base64.</param>
    public ProviderKeys(IReadOnlyList<string> certificates)
    {
        foreach (var text in certificates)
        {
            using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text));
            if (certificate.GetRSAPublicKey() is { } rsa) keys.Add(rsa);
            else if (certificate.GetECDsaPublicKey() is { } ec) keys.Add(ec);
        }
    }

    /// <summary>Is the signature one of any of the keys?</summary>
    public bool Signed(SignatureMethod method, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        foreach (var key in keys)
            if (method.Verifies(key, data, signature)) return true;
        return false;
    }

    public void Dispose()
    {
        foreach (var key in keys) key.Dispose();
    }
}
