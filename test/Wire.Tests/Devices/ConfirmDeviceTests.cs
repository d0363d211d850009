using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Devices;

public sealed class ConfirmDeviceTests
{
    private const string BadSecret =
        "InvalidParameterException: DeviceSecretVerifierConfig needs a Salt and a PasswordVerifier in "
        + "base64.";

    private const string NotIssued = "InvalidParameterException: Invalid device key given.";

    [Theory, EachDatabase]
    public async Task Gives_the_device_of_the_sign_in_a_secret_and_remembers_it(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await DevicePools.Create(world);
        world.Transcript.Clear();

        var signedIn = await app.Password("ana");
        await TestDevice.Of(world, signedIn).Confirm(TestTokens.Of(signedIn), "Ana's laptop");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData(false, false, "remembered")]
    [InlineData(true, true, "not_remembered")]
    public async Task Leaves_remembering_to_the_user_where_the_pool_says_so(
        bool asks, bool isNecessary, string status)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world, asks: asks);
        var signedIn = await app.Password("ana");
        var device = TestDevice.Of(world, signedIn);

        var answer = await device.Confirm(TestTokens.Of(signedIn));

        Assert.Equal(isNecessary, answer["UserConfirmationNecessary"]!.GetValue<bool>());
        Assert.Equal(status, await DeviceCalls.StatusOf(world, app.Pool, "ana", device.Key));
    }

    [Fact]
    public async Task Works_once()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        var signedIn = await app.Password("ana");
        var device = TestDevice.Of(world, signedIn);
        await device.MustConfirm(TestTokens.Of(signedIn), "first");

        Assert.Equal(
            "DeviceKeyExistsException: Device already exists.",
            await world.LeavesNothing(() => device.Confirm(TestTokens.Of(signedIn), "second")));
    }

    [Fact]
    public async Task Takes_no_key_but_that_of_the_token()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        await app.Pool.ConfirmedUser("bob");
        var (first, second) = (await app.Password("ana"), await app.Password("ana"));
        var bobs = await app.Password("bob");

        foreach (var other in (Answer[])[second, bobs])
        {
            Assert.Equal(
                NotIssued,
                await world.LeavesNothing(() => TestDevice.Of(world, other).Confirm(TestTokens.Of(first))));
        }

        var nobodys = new TestDevice(world, "us-east-1_00000000-0000-4000-8000-000000000000", "-abcdefgh");
        Assert.Equal(NotIssued, (await nobodys.Confirm(TestTokens.Of(first))).ToString());
        Assert.True((await TestDevice.Of(world, first).Confirm(TestTokens.Of(first))).IsSuccess);
    }

    [Fact]
    public async Task Takes_the_device_of_a_token_that_was_refreshed()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        var signedIn = await app.Password("ana");
        var device = TestDevice.Of(world, signedIn);
        var refreshed = TestTokens.Of(await app.Start(
            "REFRESH_TOKEN_AUTH",
            ("REFRESH_TOKEN", TestTokens.Of(signedIn).Refresh!),
            ("DEVICE_KEY", device.Key)));

        Assert.True((await device.Confirm(refreshed)).IsSuccess);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("AQID", null)]
    [InlineData(null, "AQID")]
    [InlineData("", "AQID")]
    [InlineData("AQID", "")]
    [InlineData("no-base64", "AQID")]
    [InlineData("AQID", "!!!!")]
    // A verifier of zero would take any proof.
    [InlineData("AQID", "AAAA")]
    public async Task Refuses_a_secret_that_is_none(string? salt, string? verifier)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        var signedIn = await app.Password("ana");
        var device = TestDevice.Of(world, signedIn);

        Assert.Equal(BadSecret, await world.LeavesNothing(() => world.Own(
            TestTokens.Of(signedIn).Access,
            "ConfirmDevice",
            new
            {
                DeviceKey = device.Key,
                DeviceSecretVerifierConfig = new { Salt = salt, PasswordVerifier = verifier },
            })));
        Assert.Equal(BadSecret, (await world.Own(
            TestTokens.Of(signedIn).Access, "ConfirmDevice", new { DeviceKey = device.Key })).ToString());
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2052, false)]
    public async Task Bounds_the_secret(int length, bool isTaken)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        var signedIn = await app.Password("ana");
        var device = TestDevice.Of(world, signedIn);

        var answer = await world.Own(
            TestTokens.Of(signedIn).Access,
            "ConfirmDevice",
            new
            {
                DeviceKey = device.Key,
                DeviceSecretVerifierConfig = new
                {
                    Salt = "AQID",
                    PasswordVerifier = new string('A', length - 4) + "AQID",
                },
            });

        Assert.Equal(isTaken ? "200" : BadSecret, answer.ToString());
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public async Task Takes_a_name_of_up_to_1024_characters(int length, bool isTaken)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        var signedIn = await app.Password("ana");
        var device = TestDevice.Of(world, signedIn);
        var name = new string('\u2603', length);

        var answer = await device.Confirm(TestTokens.Of(signedIn), name);

        Assert.Equal(isTaken, answer.IsSuccess);
        if (isTaken) Assert.Equal(name, await DeviceCalls.NameOf(world, app.Pool, "ana", device.Key));
    }

    [Fact]
    public async Task Refuses_where_the_pool_tracks_no_devices_or_has_stopped()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var plain = new TestApp(world, await TestPool.Create(world));
        await plain.Pool.ConfirmedUser("ana");
        var tokens = await plain.SignedIn("ana");
        Assert.False(tokens.AccessClaims.ContainsKey("device_key"));

        Assert.Equal(DeviceCalls.NotTracked, (await DeviceCalls.Nowhere(world).Confirm(tokens)).ToString());

        var app = await DevicePools.Create(world);
        var signedIn = await app.Password("ana");
        await world.Must("UpdateUserPool", new { UserPoolId = app.Pool.Id });
        Assert.Equal(
            DeviceCalls.NotTracked,
            (await TestDevice.Of(world, signedIn).Confirm(TestTokens.Of(signedIn))).ToString());
    }

    [Fact]
    public async Task Refuses_a_device_that_was_forgotten_meanwhile()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        var signedIn = await app.Password("ana");
        var device = TestDevice.Of(world, signedIn);
        await world.Own(TestTokens.Of(signedIn).Access, "ForgetDevice", new { DeviceKey = device.Key });

        Assert.Equal(
            DeviceCalls.NoDevice,
            await world.LeavesNothing(() => device.Confirm(TestTokens.Of(signedIn))));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_one_gives_the_secret(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await DevicePools.Create(world);
        var signedIn = await app.Password("ana");
        var device = TestDevice.Of(world, signedIn);

        var answers = await world.Burst(8, "ConfirmDevice", i => new
        {
            AccessToken = TestTokens.Of(signedIn).Access,
            DeviceKey = device.Key,
            DeviceName = $"name {i}",
            DeviceSecretVerifierConfig = device.Secret,
        });

        Assert.Equal(1, answers["200"]);
        Assert.Equal(7, answers["DeviceKeyExistsException"]);
    }
}
