using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Lifeguard.Adapters;

/// <summary>
/// Accepts server certificates that the system accepts, and besides those that chain to a given private
/// authority. The host name must fit in either case; there is no way to accept everything.
/// </summary>
internal sealed class PrivateAuthorities(X509Certificate2Collection authorities)
{
    /// <summary>Reads a PEM file; null takes the system's authorities alone.</summary>
    public static PrivateAuthorities Load(string? pemFile)
    {
        var authorities = new X509Certificate2Collection();
        if (pemFile is not null) authorities.ImportFromPemFile(pemFile);
        return new(authorities);
    }

    /// <summary>In the form that TLS streams ask for.</summary>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors is SslPolicyErrors.None) return true;
        return errors is SslPolicyErrors.RemoteCertificateChainErrors
            && authorities.Count > 0
            && certificate is X509Certificate2 leaf
            && ChainsToPrivateAuthority(leaf, chain);
    }

    private bool ChainsToPrivateAuthority(X509Certificate2 leaf, X509Chain? sent)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(authorities);
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.ApplicationPolicy.Add(new("1.3.6.1.5.5.7.3.1", "serverAuth"));
        if (sent is not null)
        {
            foreach (var element in sent.ChainElements) policy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(leaf);
    }
}
