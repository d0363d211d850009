using Lifeguard.Contract;
using Lifeguard.Domain.Federation;
using Lifeguard.Operations.IdentityProviders;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Pools;

/// <summary>Shows the certificate with which a pool signs its SAML requests; another one each year, while the
/// earlier ones stay good.</summary>
public sealed class GetSigningCertificate(PoolStore pools, PoolCertificates certificates)
    : IAdminOperation<GetSigningCertificateRequest, GetSigningCertificateResponse>
{
    /// <inheritdoc />
    public async Task<GetSigningCertificateResponse> Execute(GetSigningCertificateRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var certificate = await certificates.Get(pool.Id, CertificatePurpose.Signing, call);
        return new() { Certificate = certificate.Certificate };
    }
}
