using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Wire.Tests.Replicas;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Risk;

public sealed class AdminUpdateAuthEventFeedbackTests
{
    private const string Operation = "AdminUpdateAuthEventFeedback";

    [Theory, EachDatabase]
    public async Task Says_of_an_event_whose_doing_it_was_and_changes_its_mind(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await RiskPools.Create(world);
        await world.KnownUser(pool, "ana");
        var id = await LastId(world, pool);
        world.Transcript.Clear();

        await Give(world, pool, id, "Invalid");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await Give(world, pool, id, "Valid");
        await world.Admin(pool, "AdminListUserAuthEvents", "ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task What_was_the_user_s_own_is_not_new_any_more()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await world.SetTakeover(pool, RiskPools.Takeover("BLOCK"));
        await world.KnownUser(pool, "ana");
        await world.Raise(pool, "ana", "Medium");
        Assert.Equal("NotAuthorizedException", (await pool.SignIn("ana")).Code);

        await Give(world, pool, await LastId(world, pool), "Valid");
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await pool.SignIn("ana")).IsSuccess);
        Assert.Equal("SignIn Pass NoRisk Password=Success", await world.LastEventOf(pool, "ana"));
    }

    [Fact]
    public async Task What_was_not_the_user_s_own_is_a_high_risk_ever_after()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await world.KnownUser(pool, "ana");
        world.Source = RiskPools.Elsewhere;
        await pool.SignIn("ana");
        await Give(world, pool, await LastId(world, pool), "Invalid");
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        await pool.SignIn("ana");

        Assert.Equal(
            "SignIn Pass AccountTakeover High Password=Success", await world.LastEventOf(pool, "ana"));
    }

    [Fact]
    public async Task Refuses_events_users_and_pools_that_are_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        var plain = await TestPool.Create(world);
        await world.KnownUser(pool, "ana");
        await world.KnownUser(pool, "eve");
        var id = await LastId(world, pool);

        Assert.Equal(
            "ResourceNotFoundException: Authentication event does not exist.",
            (await Give(world, pool, "00000000-0000", "Valid")).ToString());
        Assert.Equal("ResourceNotFoundException", (await Give(world, pool, id, "Valid", "eve")).Code);
        Assert.Equal("UserNotFoundException", (await Give(world, pool, id, "Valid", "nobody")).Code);
        Assert.Equal("UserPoolAddOnNotEnabledException", (await Give(world, plain, id, "Valid")).Code);
        Assert.Equal("InvalidParameterException", (await Give(world, pool, id, "valid")).Code);
        Assert.Equal(
            TestReplica.NoPool,
            (await world.Call(
                Operation,
                new
                {
                    UserPoolId = "us-east-1_Nowhere00",
                    Username = "ana",
                    EventId = id,
                    FeedbackValue = "Valid",
                })).ToString());
    }

    private static async Task<string> LastId(World world, TestPool pool) =>
        (await world.EventsOf(pool, "ana"))[0].Text("EventId");

    private static Task<Answer> Give(
        World world, TestPool pool, string id, string value, string username = "ana") =>
        world.Admin(pool, Operation, username, new { EventId = id, FeedbackValue = value });
}
