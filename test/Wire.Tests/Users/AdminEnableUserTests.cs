using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

public sealed class AdminEnableUserTests
{
    [Theory, EachDatabase]
    public async Task Lets_a_disabled_user_sign_in_again(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await world.Admin(pool, "AdminDisableUser", "ana");
        world.Transcript.Clear();

        await pool.SignIn("ana");
        await world.Admin(pool, "AdminEnableUser", "ana");
        await pool.SignIn("ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Does_not_bring_back_tokens()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var token = await pool.AccessTokenOf("ana");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.Admin(pool, "AdminDisableUser", "ana");
        await world.Admin(pool, "AdminEnableUser", "ana");

        Assert.Equal(
            "NotAuthorizedException: Access Token has been revoked",
            (await world.Call("GetUser", new { AccessToken = token })).ToString());
    }

    [Theory]
    [InlineData("UNCONFIRMED")]
    [InlineData("RESET_REQUIRED")]
    [InlineData("FORCE_CHANGE_PASSWORD")]
    public async Task Keeps_the_status_and_may_be_repeated(string status)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await world.SetStatus(pool.Id, "ana", status);

        for (var i = 0; i < 2; i++)
            Assert.Equal("200", (await world.Admin(pool, "AdminEnableUser", "ana")).ToString());
        Assert.Equal(status, await pool.StatusOf("ana"));
    }

    [Fact]
    public async Task Refuses_unknown_users_and_pools()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var nowhere = new TestPool(world, "us-east-1_000000000", pool.ClientId);

        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            await world.LeavesNothing(() => world.Admin(pool, "AdminEnableUser", "ana")));
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            await world.LeavesNothing(() => world.Admin(nowhere, "AdminEnableUser", "ana")));
    }
}
