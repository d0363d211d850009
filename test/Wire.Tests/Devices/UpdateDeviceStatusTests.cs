using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Devices;

public sealed class UpdateDeviceStatusTests
{
    [Theory, EachDatabase]
    public async Task Has_a_device_remembered_and_not_any_more(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await DevicePools.Create(world, asks: true);
        var signedIn = await app.Password("ana");
        var (device, token) = (TestDevice.Of(world, signedIn), TestTokens.Of(signedIn).Access);
        await device.MustConfirm(TestTokens.Of(signedIn));
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        world.Transcript.Clear();

        await world.Own(
            token,
            "UpdateDeviceStatus",
            new { DeviceKey = device.Key, DeviceRememberedStatus = "remembered" });
        await device.SignIn(app, "ana");
        await world.Own(
            token,
            "UpdateDeviceStatus",
            new { DeviceKey = device.Key, DeviceRememberedStatus = "not_remembered" });
        await device.SignIn(app, "ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_what_is_no_status_and_what_is_no_device_of_the_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        await app.Pool.ConfirmedUser("bob");
        var device = await TestDevice.Confirmed(world, app, "ana");
        var (ana, bob) = (await app.SignedIn("ana"), await app.SignedIn("bob"));

        Assert.Equal(
            "InvalidParameterException: Missing required parameter DeviceRememberedStatus",
            await Try(ana, null));
        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected: Value 'valid' at "
            + "'deviceRememberedStatus'",
            await Try(ana, "valid"),
            StringComparison.Ordinal);
        Assert.Equal(DeviceCalls.NoDevice, await Try(bob, "not_remembered"));

        Task<string> Try(TestTokens tokens, string? status) => world.LeavesNothing(() => world.Own(
            tokens.Access,
            "UpdateDeviceStatus",
            new { DeviceKey = device.Key, DeviceRememberedStatus = status }));
    }

    [Fact]
    public async Task A_device_may_be_remembered_before_it_is_confirmed()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world, asks: true);
        var signedIn = await app.Password("ana");
        var device = TestDevice.Of(world, signedIn);
        await world.Own(
            TestTokens.Of(signedIn).Access,
            "UpdateDeviceStatus",
            new { DeviceKey = device.Key, DeviceRememberedStatus = "remembered" });
        Assert.Equal("tokens", TestApp.Outcome(await device.SignIn(app, "ana")));

        await device.MustConfirm(TestTokens.Of(signedIn));

        Assert.Equal("DEVICE_SRP_AUTH", TestApp.Outcome(await device.SignIn(app, "ana")));
    }
}
