using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Devices;

public sealed class AdminUpdateDeviceStatusTests
{
    [Theory, EachDatabase]
    public async Task Has_a_user_s_device_remembered_or_not(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await DevicePools.Create(world);
        var device = await TestDevice.Confirmed(world, app, "ana");
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        world.Transcript.Clear();

        await Set("not_remembered");
        await device.SignIn(app, "ana");
        await Set("remembered");
        await device.SignIn(app, "ana");

        world.Transcript.ShouldMatchApproved();

        Task<Answer> Set(string status) => world.Admin(
            app.Pool,
            "AdminUpdateDeviceStatus",
            "ana",
            new { DeviceKey = device.Key, DeviceRememberedStatus = status });
    }

    [Fact]
    public async Task Refuses_what_is_not_there_and_what_says_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            DeviceCalls.AllRefusals,
            await DeviceCalls.Refusals(
                world, "AdminUpdateDeviceStatus", new { DeviceRememberedStatus = "remembered" }));
        var app = await DevicePools.Create(world);
        var device = await TestDevice.Confirmed(world, app, "ana");
        Assert.Equal(
            "InvalidParameterException: Missing required parameter DeviceRememberedStatus",
            await world.LeavesNothing(() => world.Admin(
                app.Pool, "AdminUpdateDeviceStatus", "ana", new { DeviceKey = device.Key })));
    }
}
