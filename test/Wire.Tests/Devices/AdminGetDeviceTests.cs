using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Devices;

public sealed class AdminGetDeviceTests
{
    [Theory, EachDatabase]
    public async Task Shows_an_administrator_more_than_the_user(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await DevicePools.Create(world);
        var device = await TestDevice.Confirmed(world, app, "ana", "Ana's laptop");
        var other = TestDevice.Of(world, await app.Password("ana"));
        world.Transcript.Clear();

        await world.Admin(app.Pool, "AdminGetDevice", "ana", new { DeviceKey = device.Key });
        await world.Admin(app.Pool, "AdminGetDevice", "ana", new { DeviceKey = other.Key });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Calls_the_owner_by_the_user_name_whatever_was_asked_for()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, Calls.Merge(DevicePools.Settings(), new { AliasAttributes = new[] { "email" } }));
        var ana = await pool.ConfirmedUser("ana", email: "ana@example.com");
        var device = await TestDevice.Confirmed(world, new TestApp(world, pool), "ana");

        foreach (var name in (string[])["ana@example.com", ana.Sub])
        {
            var answer = await world.Admin(pool, "AdminGetDevice", name, new { DeviceKey = device.Key });
            var attributes = answer["Device"]!["DeviceAttributes"];
            Assert.Equal($"ana.{pool.Id}", Calls.ValueIn(attributes, "dev:device_owner"));
        }
    }

    [Fact]
    public async Task Refuses_what_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(DeviceCalls.AllRefusals, await DeviceCalls.Refusals(world, "AdminGetDevice"));
    }
}
