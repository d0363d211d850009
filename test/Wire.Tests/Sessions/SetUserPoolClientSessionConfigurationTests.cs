using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Sessions;

public sealed class SetUserPoolClientSessionConfigurationTests
{
    private const string Operation = "SetUserPoolClientSessionConfiguration";

    [Theory, EachDatabase]
    public async Task Sets_and_shows_how_long_a_sign_in_is_taken_over(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = (await SessionCalls.Tracking(world)).Pool;
        world.Transcript.Clear();

        foreach (var minutes in (int[])[43_200, 0, 60])
        {
            await world.Call(Operation, Request(pool, minutes));
            await world.Call(
                "GetUserPoolClientSessionConfiguration", new { UserPoolId = pool.Id, pool.ClientId });
        }

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Is_kept_while_the_pool_tracks_no_sessions_and_cannot_be_set_then()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = (await SessionCalls.Tracking(world)).Pool;
        await world.Must(Operation, Request(pool, 5));
        await SessionCalls.Track(world, pool, "DISABLED");

        Assert.Equal(
            SessionCalls.NotTracked,
            await world.LeavesNothing(() => world.Call(Operation, Request(pool, 6))));

        var shown = await world.Must(
            "GetUserPoolClientSessionConfiguration", new { UserPoolId = pool.Id, pool.ClientId });
        Assert.Equal(5, shown["SSOSession"]!["MaxValidityMinutes"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(-1, "greater than or equal to 0")]
    [InlineData(129_601, "less than or equal to 129600")]
    public async Task Refuses_minutes_out_of_bounds(int minutes, string words)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = (await SessionCalls.Tracking(world)).Pool;

        Assert.Equal(
            $"InvalidParameterException: 1 validation error detected: Value '{minutes}' at "
            + $"'sSOSession.maxValidityMinutes' failed to satisfy constraint: Member must have value {words}",
            await world.LeavesNothing(() => world.Call(Operation, Request(pool, minutes))));
    }

    [Fact]
    public async Task Needs_a_plan_that_has_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { UserPoolTier = "LITE" });

        Assert.Equal(
            "FeatureUnavailableInTierException: The following feature is not available for the LITE pricing "
            + "tier configured: User Session Tracking",
            await world.LeavesNothing(() => world.Call(Operation, Request(pool, 5))));
    }

    [Fact]
    public async Task Refuses_clients_and_pools_that_are_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = (await SessionCalls.Tracking(world)).Pool;
        var elsewhere = await TestPool.Create(world);

        Assert.Equal(
            $"ResourceNotFoundException: User pool client {elsewhere.ClientId} does not exist.",
            (await world.Call(Operation, Request(new(world, pool.Id, elsewhere.ClientId), 5))).ToString());
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await world.Call(Operation, Request(new(world, "us-east-1_000000000", pool.ClientId), 5)))
                .ToString());
    }

    private static object Request(TestPool pool, int minutes) => new
    {
        UserPoolId = pool.Id,
        pool.ClientId,
        SSOSession = new { MaxValidityMinutes = minutes },
    };
}
