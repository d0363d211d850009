using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Domains;

public sealed class CreateUserPoolDomainTests
{
    private const string Format =
        "InvalidParameterException: The domain name contains an invalid character. Domain names can only "
        + "contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this "
        + @"format: ^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$";

    [Theory, EachDatabase]
    public async Task Gives_a_pool_a_prefix_and_a_custom_domain(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        world.Transcript.Clear();

        await DomainCalls.Create(world, pool, "planets");
        await DomainCalls.Create(
            world, pool, "login.planets.example", DomainCalls.Certificate, new { ManagedLoginVersion = 2 });
        await world.Call("DescribeUserPool", new { UserPoolId = pool.Id });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task A_pool_has_one_domain_of_each_kind()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await DomainCalls.Create(world, pool, "planets");
        await DomainCalls.Create(world, pool, "login.planets.example", DomainCalls.Certificate);

        foreach (var (name, certificate) in new[]
            { ("moons", null), ("planets", null), ("login.moons.example", DomainCalls.Certificate) })
        {
            Assert.Equal(
                "InvalidParameterException: User pool already has a domain configured.",
                await world.LeavesNothing(() => DomainCalls.Create(world, pool, name, certificate)));
        }

        Assert.Equal(("planets", "login.planets.example"), await DomainCalls.Of(world, pool));
    }

    [Fact]
    public async Task A_domain_leads_to_one_pool_of_the_deployment()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await DomainCalls.Create(world, pool, "planets");
        await DomainCalls.Create(world, pool, "login.planets.example", DomainCalls.Certificate);

        foreach (var (name, certificate) in new[]
            { ("planets", null), ("login.planets.example", DomainCalls.Certificate) })
        {
            Assert.Equal(
                "InvalidParameterException: Domain already associated with another user pool.",
                await world.LeavesNothing(() => DomainCalls.Create(world, other, name, certificate)));
        }
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_pools_at_once_that_want_a_domain_one_gets_it(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        TestPool[] pools = [await TestPool.Create(world), await TestPool.Create(world)];

        var answers = await world.Burst(
            20, "CreateUserPoolDomain", i => DomainCalls.Request(pools[i % 2], "planets"));

        Assert.Equal((1, 19), (answers["200"], answers["InvalidParameterException"]));
        Assert.Single(await world.RowsOf("user_pool_domain"));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_domains_at_once_for_a_pool_it_gets_one(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);

        var answers = await world.Burst(
            20, "CreateUserPoolDomain", i => DomainCalls.Request(pool, $"planet-{i}"));

        Assert.Equal((1, 19), (answers["200"], answers["InvalidParameterException"]));
    }

    [Theory]
    [InlineData("my-aws-planets", "aws")]
    [InlineData("amazon", "amazon")]
    [InlineData("planets-cognito", "cognito")]
    public async Task Refuses_words_that_would_pass_for_the_service(string name, string word)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            $"InvalidParameterException: Domain cannot contain reserved word: {word}",
            await world.LeavesNothing(() => DomainCalls.Create(world, pool, name)));
        Assert.Equal("200", (await DomainCalls.Create(world, pool, "my-awsome-planets")).ToString());
    }

    [Theory]
    [InlineData("Planets")]
    [InlineData("-planets")]
    [InlineData("planets-")]
    [InlineData("plan_ets")]
    [InlineData("planets/")]
    [InlineData("")]
    [InlineData("p1234567890123456789012345678901234567890123456789012345678901234")]
    public async Task Refuses_what_is_no_name(string name)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Contains(
            "validation error",
            await world.LeavesNothing(() => DomainCalls.Create(world, pool, name)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_dots_with_a_certificate_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            Format,
            await world.LeavesNothing(() => DomainCalls.Create(world, pool, "login.planets.example")));
        // The last is the host of a prefix, which may be somebody else's.
        foreach (var name in (string[])
            ["planets", "login..example", "login-.example", "192.0.2.1", "moons.auth.us-east-1.localhost"])
        {
            Assert.Equal(
                $"InvalidParameterException: Custom domain is not a valid subdomain: {name}",
                await world.LeavesNothing(
                    () => DomainCalls.Create(world, pool, name, DomainCalls.Certificate)));
        }
    }

    [Theory]
    [InlineData("arn:aws:acm:eu-west-1:000000000000:certificate/0f9d8c7b")]
    [InlineData("arn:aws:s3:us-east-1:000000000000:certificate/0f9d8c7b")]
    [InlineData("arn:aws:acm:us-east-1:000000000000:bucket/0f9d8c7b")]
    public async Task Refuses_what_is_no_certificate_of_the_service(string arn)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            "InvalidParameterException: The specified SSL certificate doesn't exist, isn't in us-east-1 "
            + "region, isn't valid, or doesn't include a valid certificate chain.",
            await world.LeavesNothing(() => DomainCalls.Create(world, pool, "a.planets.example", arn)));
    }

    [Fact]
    public async Task Managed_login_needs_a_plan_that_has_it_and_keeps_the_pool_from_leaving_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var lite = await TestPool.Create(world, new { UserPoolTier = "LITE" });
        var pool = await TestPool.Create(world);
        var second = new { ManagedLoginVersion = 2 };

        Assert.Equal(
            "FeatureUnavailableInTierException: The following feature is not available for the LITE pricing "
            + "tier configured: Managed Login Version 2",
            await world.LeavesNothing(() => DomainCalls.Create(world, lite, "moons", more: second)));
        Assert.Equal("200", (await DomainCalls.Create(world, lite, "moons")).ToString());
        Assert.Equal("200", (await DomainCalls.Create(world, pool, "planets", more: second)).ToString());
        Assert.Equal(
            "TierChangeNotAllowedException: The following features need to be disabled for the LITE pricing "
            + "tier configured: Managed Login Version 2",
            await world.LeavesNothing(() => world.Call(
                "UpdateUserPool", new { UserPoolId = pool.Id, UserPoolTier = "LITE" })));
        Assert.Equal(
            "InvalidParameterException: ManagedLoginVersion must be 1 or 2, and not 3.",
            (await DomainCalls.Create(world, lite, "b.c", DomainCalls.Certificate,
                new { ManagedLoginVersion = 3 })).ToString());
    }

    [Fact]
    public async Task Routes_custom_domains_to_replicas_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        object Routing(string region, string check) => new
        {
            Routing = new
            {
                Failover = new { SecondaryRegion = region, PrimaryRoute53HealthCheckId = check },
            },
        };

        Assert.Equal(
            "InvalidParameterException: planets is not a custom domain and cannot have Routing.",
            await world.LeavesNothing(() => DomainCalls.Create(
                world, pool, "planets", more: Routing("eu-west-1", "check"))));
        Assert.Equal(
            "InvalidParameterException: SecondaryRegion must be a Region in which the user pool has a "
            + "replica.",
            await world.LeavesNothing(() => DomainCalls.Create(
                world, pool, "a.example", DomainCalls.Certificate, Routing("eu-west-1", "check"))));
        var replica = await Replicas.TestReplica.Create(world, isActive: true);
        Assert.Equal(
            "InvalidParameterException: PrimaryRoute53HealthCheckId must be the ID of a health check.",
            await world.LeavesNothing(() => DomainCalls.Create(
                world, replica.Pool, "a.example", DomainCalls.Certificate,
                Routing(Replicas.TestReplica.Region, new('x', 65)))));
        var made = await DomainCalls.Create(
            world, replica.Pool, "a.example", DomainCalls.Certificate,
            Routing(Replicas.TestReplica.Region, "check"));
        Assert.Equal(
            Replicas.TestReplica.Region,
            made["Routing"]!["Failover"]!["SecondaryRegion"]!.GetValue<string>());
    }

    [Fact]
    public async Task Refuses_a_pool_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await DomainCalls.Create(world, new(world, "us-east-1_000000000", "c"), "planets")).ToString());
    }
}
