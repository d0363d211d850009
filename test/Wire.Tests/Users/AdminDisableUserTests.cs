using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

public sealed class AdminDisableUserTests
{
    private const string Disabled = "NotAuthorizedException: User is disabled.";
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";

    [Theory, EachDatabase]
    public async Task Stops_sign_in_and_every_token(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var signedIn = await pool.SignIn("ana");
        var tokens = signedIn["AuthenticationResult"]!;
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        world.Transcript.Clear();

        await world.Admin(pool, "AdminDisableUser", "ana");
        await world.Call("GetUser", new { AccessToken = tokens["AccessToken"]!.GetValue<string>() });
        await world.Call(
            "InitiateAuth",
            new
            {
                AuthFlow = "REFRESH_TOKEN_AUTH",
                pool.ClientId,
                AuthParameters = new { REFRESH_TOKEN = tokens["RefreshToken"]!.GetValue<string>() },
            });
        await pool.SignIn("ana");
        await world.Admin(pool, "AdminGetUser", "ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("LEGACY", TestPool.Password, Disabled)]
    [InlineData("LEGACY", "Wrong-1234!", Disabled)]
    [InlineData("ENABLED", TestPool.Password, Disabled)]
    [InlineData("ENABLED", "Wrong-1234!", Wrong)]
    public async Task Tells_it_at_sign_in_as_the_client_allows(string hides, string password, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: new { PreventUserExistenceErrors = hides });
        await pool.ConfirmedUser("ana");
        await world.Admin(pool, "AdminDisableUser", "ana");

        Assert.Equal(expected, (await pool.SignIn("ana", password)).ToString());
    }

    [Theory]
    [InlineData("CONFIRMED")]
    [InlineData("RESET_REQUIRED")]
    [InlineData("FORCE_CHANGE_PASSWORD")]
    public async Task Keeps_the_status_and_may_be_repeated(string status)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await world.SetStatus(pool.Id, "ana", status);

        for (var i = 0; i < 2; i++)
            Assert.Equal("200", (await world.Admin(pool, "AdminDisableUser", "ana")).ToString());
        Assert.Equal(status, await pool.StatusOf("ana"));
        var user = await world.Admin(pool, "AdminGetUser", "ana");
        Assert.False(user["Enabled"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Refuses_unknown_users_and_pools()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var nowhere = new TestPool(world, "us-east-1_000000000", pool.ClientId);

        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            await world.LeavesNothing(() => world.Admin(pool, "AdminDisableUser", "ana")));
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            await world.LeavesNothing(() => world.Admin(nowhere, "AdminDisableUser", "ana")));
    }
}
