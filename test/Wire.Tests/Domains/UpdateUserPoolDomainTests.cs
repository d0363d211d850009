using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Domains;

public sealed class UpdateUserPoolDomainTests
{
    private const string Operation = "UpdateUserPoolDomain";
    private const string Custom = "login.planets.example";

    [Theory, EachDatabase]
    public async Task Changes_pages_and_certificate_and_keeps_what_is_left_out(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await DomainCalls.Create(world, pool, Custom, DomainCalls.Certificate);
        world.Transcript.Clear();
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        await world.Call(
            Operation, DomainCalls.Request(pool, Custom, more: new { ManagedLoginVersion = 2 }));
        await world.Call(Operation, DomainCalls.Request(pool, Custom, DomainCalls.NextCertificate));
        await DomainCalls.Describe(world, Custom);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task An_empty_routing_takes_away_the_one_that_was_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await Replicas.TestReplica.Create(world, isActive: true);
        var failover = new
        {
            SecondaryRegion = Replicas.TestReplica.Region,
            PrimaryRoute53HealthCheckId = "check",
        };
        await DomainCalls.Create(world, replica.Pool, Custom, DomainCalls.Certificate);

        var routed = await world.Must(Operation, DomainCalls.Request(
            replica.Pool, Custom, more: new { Routing = new { Failover = failover } }));
        var kept = await world.Must(Operation, DomainCalls.Request(replica.Pool, Custom));
        var gone = await world.Must(Operation, DomainCalls.Request(
            replica.Pool, Custom, more: new { Routing = new { } }));

        Assert.Equal("check", Check(routed));
        Assert.Equal("check", Check(kept));
        Assert.Null(gone["Routing"]);

        static string Check(Answer answer) =>
            answer["Routing"]!["Failover"]!["PrimaryRoute53HealthCheckId"]!.GetValue<string>();
    }

    [Fact]
    public async Task A_prefix_does_not_become_a_custom_domain()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await DomainCalls.Create(world, pool, "planets");

        Assert.Equal(
            "InvalidParameterException: planets is not a custom domain and cannot have a CustomDomainConfig.",
            await world.LeavesNothing(() => world.Call(
                Operation, DomainCalls.Request(pool, "planets", DomainCalls.Certificate))));
    }

    [Fact]
    public async Task Refuses_managed_login_where_the_plan_does_not_have_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { UserPoolTier = "LITE" });
        await DomainCalls.Create(world, pool, "planets");

        Assert.StartsWith(
            "FeatureUnavailableInTierException: ",
            await world.LeavesNothing(() => world.Call(
                Operation, DomainCalls.Request(pool, "planets", more: new { ManagedLoginVersion = 2 }))),
            StringComparison.Ordinal);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_changes_at_once_none_is_lost_unnoticed(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await DomainCalls.Create(world, pool, "planets");

        var answers = await world.Burst(20, Operation, i => DomainCalls.Request(
            pool, "planets", more: new { ManagedLoginVersion = 1 + (i % 2) }));

        Assert.Equal(
            20,
            answers.GetValueOrDefault("200")
                + answers.GetValueOrDefault("ConcurrentModificationException"));
        var row = Assert.Single(await world.RowsOf("user_pool_domain"));
        Assert.EndsWith($"version={answers["200"]}", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_what_is_not_there_or_belongs_to_another_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await DomainCalls.Create(world, other, "planets");

        foreach (var name in (string[])["planets", "moons"])
        {
            Assert.Equal(
                "InvalidParameterException: No such domain or user pool exists.",
                await world.LeavesNothing(() => world.Call(Operation, DomainCalls.Request(pool, name))));
        }

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await world.Call(Operation, DomainCalls.Request(
                new(world, "us-east-1_000000000", "c"), "planets"))).ToString());
    }
}
