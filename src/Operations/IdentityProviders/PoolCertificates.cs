using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Storage;

namespace Lifeguard.Operations.IdentityProviders;

/// <summary>The certificates of a pool as SAML service provider; made when they are first asked for, and
/// anew each year.</summary>
public sealed class PoolCertificates(
    Database database, PoolStore pools, SamlCertificateStore certificates, RandomSource random)
{
    /// <summary>The one in force. Of two who make it at once, both get the same.</summary>
    public async Task<SamlCertificate> Get(string poolId, CertificatePurpose purpose, Call call)
    {
        var newest = await certificates.Newest(poolId, purpose, call.Cancelled);
        if (newest?.IsDue(call.Now) == false) return newest;
        var made = SamlCertificate.New(poolId, purpose, (newest?.Issue ?? 0) + 1, random, call.Now);
        var isFirst = await database.Write(
            async transaction =>
            {
                if (!await pools.Hold(transaction, poolId, call.Cancelled)) throw Reject.PoolNotFound(poolId);
                return await certificates.Insert(transaction, made, call.Cancelled);
            },
            call.Cancelled);
        return isFirst ? made : (await certificates.Newest(poolId, purpose, call.Cancelled))!;
    }
}
