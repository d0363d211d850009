using System.Security.Cryptography.X509Certificates;
using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.IdentityProviders.ProviderCalls;

namespace Lifeguard.Wire.Tests.IdentityProviders;

public sealed class DescribeIdentityProviderTests
{
    [Theory, EachDatabase]
    public async Task Shows_a_provider_with_what_is_known_of_it(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await PoolWithProviders(world);
        world.Transcript.Clear();

        foreach (var name in (string[])["Google", "Corp", "Partner"])
            await On(world, "DescribeIdentityProvider", pool, name);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Shows_the_certificate_to_encrypt_to_where_responses_are_encrypted()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var details = Saml();
        details["EncryptedResponses"] = "true";
        await Must(Create(world, pool, "Corp", "SAML", details));

        var first = await Certificate(world, pool);
        world.Clock.Advance(TimeSpan.FromDays(366));
        var later = await Certificate(world, pool);

        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(first));
        Assert.Equal($"CN={pool.Id}", certificate.Subject);
        Assert.Equal(
            X509KeyUsageFlags.KeyEncipherment,
            certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
        Assert.NotEqual(first, later);
        Assert.Equal(2, (await world.RowsOf("saml_certificate")).Count);
    }

    [Fact]
    public async Task Refuses_a_provider_and_a_pool_that_are_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await PoolWithProviders(world), await TestPool.Create(world));

        foreach (var (where, name) in ((TestPool, string)[])[(pool, "google"), (other, "Google")])
        {
            Assert.Equal(
                $"ResourceNotFoundException: Identity provider {name} does not exist.",
                (await On(world, "DescribeIdentityProvider", where, name)).ToString());
        }

        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await On(world, "DescribeIdentityProvider", new(world, Nowhere, ""), "Google")).ToString());
    }

    private static async Task<string> Certificate(World world, TestPool pool)
    {
        var shown = await Must(On(world, "DescribeIdentityProvider", pool, "Corp"));
        return (string)shown["IdentityProvider"]!["ProviderDetails"]!["ActiveEncryptionCertificate"]!;
    }
}
