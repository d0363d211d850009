using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Devices;

public sealed class AdminForgetDeviceTests
{
    [Theory, EachDatabase]
    public async Task Removes_a_lost_device_which_then_signs_in_as_an_unknown_one(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await DevicePools.Create(world);
        var signedIn = await app.Password("ana");
        var (device, tokens) = (TestDevice.Of(world, signedIn), TestTokens.Of(signedIn));
        await device.MustConfirm(tokens);
        world.Transcript.Clear();

        await world.Admin(app.Pool, "AdminForgetDevice", "ana", new { DeviceKey = device.Key });
        await app.Start(
            "REFRESH_TOKEN_AUTH", ("REFRESH_TOKEN", tokens.Refresh!), ("DEVICE_KEY", device.Key));
        await device.SignIn(app, "ana");
        await app.Password("ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_what_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(DeviceCalls.AllRefusals, await DeviceCalls.Refusals(world, "AdminForgetDevice"));
    }

    [Fact]
    public async Task Deleting_the_user_deletes_the_devices()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        await TestDevice.Confirmed(world, app, "ana");
        Assert.NotEmpty(await world.RowsOf("device"));

        await world.Admin(app.Pool, "AdminDeleteUser", "ana");

        Assert.Empty(await world.RowsOf("device"));
    }
}
