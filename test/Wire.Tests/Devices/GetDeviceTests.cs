using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Devices;

public sealed class GetDeviceTests
{
    [Theory, EachDatabase]
    public async Task Shows_a_user_a_device_of_theirs(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await DevicePools.Create(world);
        var device = await TestDevice.Confirmed(world, app, "ana", "Ana's laptop");
        world.Clock.Advance(TimeSpan.FromMilliseconds(90_123));
        var signedIn = await app.Password("ana");
        var token = TestTokens.Of(signedIn).Access;
        world.Transcript.Clear();

        await world.Own(token, "GetDevice", new { DeviceKey = device.Key });
        await world.Own(token, "GetDevice", new { DeviceKey = TestDevice.Of(world, signedIn).Key });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Shows_nobody_else_s()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        await app.Pool.ConfirmedUser("bob");
        var device = await TestDevice.Confirmed(world, app, "ana");
        var bob = await app.SignedIn("bob");

        foreach (var key in (string[])[device.Key, DeviceCalls.Nowhere(world).Key, "a_0"])
        {
            Assert.Equal(
                DeviceCalls.NoDevice,
                (await world.Own(bob.Access, "GetDevice", new { DeviceKey = key })).ToString());
        }
    }

    [Theory]
    [InlineData("GetDevice")]
    [InlineData("ForgetDevice")]
    [InlineData("UpdateDeviceStatus")]
    public async Task Refuses_where_the_pool_tracks_no_devices_as_its_neighbours_do(string operation)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");

        var answer = await world.Own(
            await pool.AccessTokenOf("ana"),
            operation,
            new { DeviceKey = DeviceCalls.Nowhere(world).Key, DeviceRememberedStatus = "remembered" });

        Assert.Equal(DeviceCalls.NotTracked, answer.ToString());
    }

    [Theory]
    [InlineData("GetDevice")]
    [InlineData("ForgetDevice")]
    public async Task Needs_the_token_that_the_model_calls_optional(string operation)
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            "InvalidParameterException: 1 validation error detected: Value null at 'accessToken' failed to "
            + "satisfy constraint: Member must not be null",
            (await world.Call(operation, new { DeviceKey = "a_0" })).ToString());
        Assert.Equal(
            "NotAuthorizedException: Invalid Access Token",
            (await world.Own("garbage", operation, new { DeviceKey = "a_0" })).ToString());
    }

    [Theory]
    [InlineData(
        "AdminResetUserPassword", "PasswordResetRequiredException: Password reset required for the user")]
    [InlineData("AdminDisableUser", "NotAuthorizedException: Access Token has been revoked")]
    [InlineData("AdminDeleteUser", "UserNotFoundException: User does not exist.")]
    public async Task Is_refused_to_whom_everything_is(string fate, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world, DevicePools.Settings()));
        await app.Pool.ConfirmedUser("ana", email: "ana@example.com");
        var tokens = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await world.Admin(app.Pool, fate, "ana")).IsSuccess);

        var answer = await world.Own(tokens.Access, "GetDevice", new { DeviceKey = "a_0" });

        Assert.Equal(expected, answer.ToString());
    }
}
