using Lifeguard.Contract;
using Lifeguard.Domain.Federation;

namespace Lifeguard.Operations.IdentityProviders;

/// <summary>Identity providers as answers show them.</summary>
public sealed class ShowProvider(PoolCertificates certificates)
{
    /// <summary>With the certificate to encrypt to, where the provider does that.</summary>
    public async Task<IdentityProviderType> Of(IdentityProvider provider, Call call)
    {
        if (!provider.Encrypts || !provider.IsSaml) return provider.Describe(encryption: null);
        var certificate = await certificates.Get(provider.PoolId, CertificatePurpose.Encryption, call);
        return provider.Describe(certificate.Certificate);
    }
}
