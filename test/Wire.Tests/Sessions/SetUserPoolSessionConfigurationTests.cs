using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Sessions;

public sealed class SetUserPoolSessionConfigurationTests
{
    private const string Operation = "SetUserPoolSessionConfiguration";

    [Theory, EachDatabase]
    public async Task Sets_and_shows_whether_sessions_are_tracked(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        world.Transcript.Clear();

        foreach (var (tracking, max) in new[] { ("ENABLED", 5), ("DISABLED", 5), ("DISABLED", 20) })
        {
            await world.Call(Operation, Request(pool, tracking, max));
            await world.Call("GetUserPoolSessionConfiguration", new { UserPoolId = pool.Id });
        }

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task The_next_sign_in_ends_the_session_that_was_used_least_recently(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await SessionCalls.Tracking(world, maxPerUser: 2);
        var first = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Refresh(first.Refresh!);
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        var third = await app.SignedIn("ana");

        Assert.Equal(
            "NotAuthorizedException: Refresh Token has been revoked",
            TestApp.Outcome(await app.Refresh(second.Refresh!)));
        Assert.Equal(
            "NotAuthorizedException: Access Token has been revoked", await world.Admission(second.Access));
        Assert.Equal(
            [await SessionCalls.Current(world, third), await SessionCalls.Current(world, first)],
            await SessionCalls.Of(world, app.Pool));
    }

    [Fact]
    public async Task A_lower_number_takes_effect_at_the_next_sign_in()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world, maxPerUser: 100);
        for (var i = 0; i < 5; i++) await app.SignedIn("ana");
        await SessionCalls.Track(world, app.Pool, "ENABLED", maxPerUser: 2);
        Assert.Equal(5, (await SessionCalls.Of(world, app.Pool)).Count);

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var tokens = await app.SignedIn("ana");

        var left = await SessionCalls.Of(world, app.Pool);
        Assert.Equal(2, left.Count);
        Assert.Contains(await SessionCalls.Current(world, tokens), left);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Sign_ins_at_once_do_not_exceed_the_number(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await SessionCalls.Tracking(world, maxPerUser: 3);

        var answers = await world.Burst(
            20,
            "InitiateAuth",
            _ => new
            {
                app.Pool.ClientId,
                AuthFlow = "USER_PASSWORD_AUTH",
                AuthParameters = new { USERNAME = "ana", PASSWORD = TestPool.Password },
            });

        Assert.Equal(20, answers["200"]);
        Assert.Equal(3, (await SessionCalls.Of(world, app.Pool)).Count);
        Assert.Equal(17, (await world.RowsOf("revocation")).Count);
    }

    [Fact]
    public async Task Without_tracking_a_sign_in_writes_nothing_and_ends_nobody_s()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await SessionCalls.Track(world, pool, "DISABLED", maxPerUser: 1);
        await pool.ConfirmedUser("ana");
        var app = new TestApp(world, pool);
        var first = await app.SignedIn("ana");

        Assert.Equal("200", await world.LeavesNothing(() => app.Password("ana")));

        Assert.Equal("200", await world.Admission(first.Access));
    }

    [Fact]
    public async Task A_sign_in_writes_one_row_more()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world);

        Assert.Equal("+user_session", (await world.KindsOfRows(() => app.Password("ana"))).Rows);
    }

    [Theory]
    [InlineData(0, "greater than or equal to 1")]
    [InlineData(101, "less than or equal to 100")]
    public async Task Refuses_numbers_out_of_bounds(int max, string words)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            $"InvalidParameterException: 1 validation error detected: Value '{max}' at "
            + $"'tokenSession.maxPerUser' failed to satisfy constraint: Member must have value {words}",
            await world.LeavesNothing(() => world.Call(Operation, Request(pool, "ENABLED", max))));
    }

    [Theory]
    [InlineData("ENABLED")]
    [InlineData("DISABLED")]
    public async Task Needs_a_plan_that_has_it(string tracking)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { UserPoolTier = "LITE" });

        Assert.Equal(
            "FeatureUnavailableInTierException: The following feature is not available for the LITE pricing "
            + "tier configured: User Session Tracking",
            await world.LeavesNothing(() => world.Call(Operation, Request(pool, tracking, 20))));
    }

    [Fact]
    public async Task Keeps_the_pool_from_a_smaller_plan_while_it_is_on()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await SessionCalls.Track(world, pool, "ENABLED");

        var refused = await world.Call("UpdateUserPool", new { UserPoolId = pool.Id, UserPoolTier = "LITE" });
        await SessionCalls.Track(world, pool, "DISABLED");

        Assert.StartsWith("TierChangeNotAllowedException", refused.ToString(), StringComparison.Ordinal);
        await world.Must("UpdateUserPool", new { UserPoolId = pool.Id, UserPoolTier = "LITE" });
        await world.Must("UpdateUserPool", new { UserPoolId = pool.Id, UserPoolTier = "ESSENTIALS" });
        var kept = await world.Must("GetUserPoolSessionConfiguration", new { UserPoolId = pool.Id });
        Assert.Equal("DISABLED", kept["UserSessionTracking"]!.GetValue<string>());
    }

    [Fact]
    public async Task Refuses_a_pool_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var nowhere = new TestPool(world, "us-east-1_000000000", "client");

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await world.Call(Operation, Request(nowhere, "ENABLED", 20))).ToString());
    }

    private static object Request(TestPool pool, string tracking, int max) => new
    {
        UserPoolId = pool.Id,
        UserSessionTracking = tracking,
        TokenSession = new { MaxPerUser = max },
    };
}
