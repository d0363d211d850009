using System.Security.Cryptography.X509Certificates;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Pools;

public sealed class GetSigningCertificateTests
{
    [Theory, EachDatabase]
    public async Task Shows_a_certificate_that_is_made_once(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        world.Transcript.Clear();

        var first = await Get(world, pool.Id);
        var second = await Get(world, pool.Id);

        Assert.Equal((string?)first["Certificate"], (string?)second["Certificate"]);
        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task It_signs_itself_and_is_good_for_ten_years()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        using var certificate = Read(await Get(world, pool.Id));

        Assert.Equal($"CN={pool.Id}", certificate.Subject);
        Assert.Equal(certificate.Subject, certificate.Issuer);
        Assert.Equal(World.Beginning, certificate.NotBefore.ToUniversalTime());
        Assert.Equal(World.Beginning.AddYears(10), certificate.NotAfter.ToUniversalTime());
        Assert.Equal(
            X509KeyUsageFlags.DigitalSignature,
            certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = World.Beginning.AddYears(5).UtcDateTime;
        Assert.True(chain.Build(certificate));
    }

    [Fact]
    public async Task Another_one_takes_its_place_after_a_year_and_each_pool_has_its_own()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        using var first = Read(await Get(world, pool.Id));

        world.Clock.Advance(TimeSpan.FromDays(364));
        using var before = Read(await Get(world, pool.Id));
        world.Clock.Advance(TimeSpan.FromDays(1));
        using var after = Read(await Get(world, pool.Id));
        using var elsewhere = Read(await Get(world, other.Id));

        Assert.Equal(first.Thumbprint, before.Thumbprint);
        Assert.NotEqual(first.Thumbprint, after.Thumbprint);
        Assert.NotEqual(after.SerialNumber, elsewhere.SerialNumber);
        Assert.Equal(3, (await world.RowsOf("saml_certificate")).Count);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_all_get_the_same(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            world.Send("GetSigningCertificate", $$"""{"UserPoolId":"{{pool.Id}}"}""")));

        Assert.Single(answers.Select(answer => (string?)answer["Certificate"]).Distinct());
        Assert.Single(await world.RowsOf("saml_certificate"));
    }

    [Fact]
    public async Task Refuses_a_pool_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await Get(world, "us-east-1_000000000")).ToString());
    }

    private static Task<Answer> Get(World world, string poolId) =>
        world.Call("GetSigningCertificate", new { UserPoolId = poolId });

    private static X509Certificate2 Read(Answer answer) => X509CertificateLoader.LoadCertificate(
        Convert.FromBase64String((string)answer["Certificate"]!));
}
