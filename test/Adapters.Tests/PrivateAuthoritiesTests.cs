using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lifeguard.Adapters.Tests;

public sealed class PrivateAuthoritiesTests : IDisposable
{
    private const SslPolicyErrors Unknown = SslPolicyErrors.RemoteCertificateChainErrors;

    private readonly X509Certificate2 trusted = Certificate("mail.example", validDays: 1);

    public void Dispose() => trusted.Dispose();

    [Fact]
    public void A_certificate_of_a_private_authority_is_accepted() => Assert.True(Accepts(trusted, Unknown));

    [Fact]
    public void A_certificate_of_anybody_else_is_not()
    {
        using var other = Certificate("mail.example", validDays: 1);

        Assert.False(Accepts(other, Unknown));
        Assert.False(new PrivateAuthorities([]).Accepts(this, trusted, null, Unknown));
    }

    [Theory]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch)]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch | Unknown)]
    [InlineData(SslPolicyErrors.RemoteCertificateNotAvailable)]
    public void The_host_name_must_fit(SslPolicyErrors errors) => Assert.False(Accepts(trusted, errors));

    [Fact]
    public void An_expired_certificate_is_refused_although_it_is_trusted()
    {
        using var expired = Certificate("mail.example", validDays: -1);

        Assert.False(new PrivateAuthorities([expired]).Accepts(this, expired, null, Unknown));
    }

    private bool Accepts(X509Certificate2 leaf, SslPolicyErrors errors) =>
        new PrivateAuthorities([trusted]).Accepts(this, leaf, null, errors);

    private static X509Certificate2 Certificate(string host, int validDays)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-2), now.AddDays(validDays));
    }
}
