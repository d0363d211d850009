using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Devices;

public sealed class ForgetDeviceTests
{
    private const string Invalid = "NotAuthorizedException: Invalid Refresh Token.";

    [Theory, EachDatabase]
    public async Task Removes_the_device_and_ends_its_refresh_tokens(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await DevicePools.Create(world);
        var signedIn = await app.Password("ana");
        var (device, tokens) = (TestDevice.Of(world, signedIn), TestTokens.Of(signedIn));
        await device.MustConfirm(tokens, "laptop");
        world.Transcript.Clear();

        await world.Own(tokens.Access, "ForgetDevice", new { DeviceKey = device.Key });
        await world.Own(tokens.Access, "ListDevices");
        await Refresh(app, tokens, device.Key);
        await device.SignIn(app, "ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Leaves_other_devices_and_the_access_token_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        var (first, second) = (await app.Password("ana"), await app.Password("ana"));
        var (tokens, others) = (TestTokens.Of(first), TestTokens.Of(second));
        var (device, other) = (TestDevice.Of(world, first), TestDevice.Of(world, second));

        Assert.True(
            (await world.Own(others.Access, "ForgetDevice", new { DeviceKey = device.Key })).IsSuccess);

        Assert.Equal(Invalid, TestApp.Outcome(await Refresh(app, tokens, device.Key)));
        Assert.Equal("tokens", TestApp.Outcome(await Refresh(app, others, other.Key)));
        Assert.True((await world.Own(tokens.Access, "GetUser")).IsSuccess);
    }

    [Fact]
    public async Task Refuses_a_device_that_is_gone_or_somebody_else_s()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        await app.Pool.ConfirmedUser("bob");
        var device = await TestDevice.Confirmed(world, app, "ana");
        var (ana, bob) = (await app.SignedIn("ana"), await app.SignedIn("bob"));

        Assert.Equal(DeviceCalls.NoDevice, await Forget(bob));
        Assert.Equal("DEVICE_SRP_AUTH", TestApp.Outcome(await device.SignIn(app, "ana")));
        Assert.True(
            (await world.Own(ana.Access, "ForgetDevice", new { DeviceKey = device.Key })).IsSuccess);
        Assert.Equal(DeviceCalls.NoDevice, await Forget(ana));

        Task<string> Forget(TestTokens tokens) => world.LeavesNothing(
            () => world.Own(tokens.Access, "ForgetDevice", new { DeviceKey = device.Key }));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_one_forgets(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await DevicePools.Create(world);
        var signedIn = await app.Password("ana");

        var answers = await world.Burst(8, "ForgetDevice", _ => new
        {
            AccessToken = TestTokens.Of(signedIn).Access,
            DeviceKey = TestDevice.Of(world, signedIn).Key,
        });

        Assert.Equal((1, 7), (answers["200"], answers["ResourceNotFoundException"]));
    }

    private static Task<Answer> Refresh(TestApp app, TestTokens tokens, string deviceKey) => app.Start(
        "REFRESH_TOKEN_AUTH", ("REFRESH_TOKEN", tokens.Refresh!), ("DEVICE_KEY", deviceKey));
}
