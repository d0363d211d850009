using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

public sealed class AdminUserGlobalSignOutTests
{
    private const string Operation = "AdminUserGlobalSignOut";
    private const string Revoked = "NotAuthorizedException: Access Token has been revoked";

    [Theory, EachDatabase]
    public async Task Ends_every_sign_in_of_the_user(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        world.Transcript.Clear();

        await world.Admin(app.Pool, Operation, "ana");
        await world.Admission(tokens.Access);
        await app.Refresh(tokens.Refresh!);
        await world.Admission((await app.SignedIn("ana")).Access);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task May_be_repeated_and_takes_users_of_every_status()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");

        foreach (var status in (string[])["CONFIRMED", "RESET_REQUIRED", "UNCONFIRMED"])
        {
            await world.SetStatus(app.Pool.Id, "ana", status);
            for (var i = 0; i < 2; i++)
                Assert.Equal("200", (await world.Admin(app.Pool, Operation, "ana")).ToString());
            Assert.Equal(status, await app.Pool.StatusOf("ana"));
        }
    }

    [Fact]
    public async Task A_clock_that_is_set_back_brings_no_token_to_life()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        var tokens = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.Must(Operation, new { UserPoolId = app.Pool.Id, Username = "ana" });
        world.Clock.AdjustTime(World.Beginning);

        await world.Must(Operation, new { UserPoolId = app.Pool.Id, Username = "ana" });

        Assert.Equal(Revoked, await world.Admission(tokens.Access));
    }

    [Fact]
    public async Task Refuses_unknown_users_and_pools()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var nowhere = new TestPool(world, "us-east-1_000000000", pool.ClientId);

        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            await world.LeavesNothing(() => world.Admin(pool, Operation, "ana")));
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            await world.LeavesNothing(() => world.Admin(nowhere, Operation, "ana")));
    }
}
