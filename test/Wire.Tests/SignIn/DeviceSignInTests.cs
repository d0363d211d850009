using Lifeguard.Contract;
using Lifeguard.Wire.Tests.Devices;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>Devices in sign-ins: new ones, known ones, and remembered ones that prove their
/// secret.</summary>
public sealed class DeviceSignInTests
{
    [Theory, EachDatabase]
    public async Task A_remembered_device_proves_its_secret_instead_of_a_second_factor(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (app, authenticator) = await DevicePools.WithAuthenticator(world);
        var srp = new SrpClient(2);
        var challenge = await app.Srp("ana", srp: srp);
        var signedIn = await Code(app, challenge, authenticator);
        var device = TestDevice.Of(world, signedIn);
        await device.MustConfirm(TestTokens.Of(signedIn), "laptop");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        challenge = await app.Start(
            "USER_SRP_AUTH", ("USERNAME", "ana"), ("SRP_A", srp.PublicHex), ("DEVICE_KEY", device.Key));
        challenge = await app.Answer("PASSWORD_VERIFIER", null, app.Proof(challenge, srp));
        await device.Prove(app, challenge);

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("USER_PASSWORD_AUTH", false)]
    [InlineData("ADMIN_USER_PASSWORD_AUTH", true)]
    public async Task So_in_every_flow_with_a_password(string flow, bool byAdministrator)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (first, authenticator) = await DevicePools.WithAuthenticator(world);
        var app = new TestApp(world, first.Pool, byAdministrator);
        var device = await Remembered(world, app, authenticator);

        var challenge = await app.Start(
            flow, ("USERNAME", "ana"), ("PASSWORD", TestPool.Password), ("DEVICE_KEY", device.Key));

        Assert.Equal("DEVICE_SRP_AUTH", TestApp.Outcome(challenge));
        Assert.Equal(
            $$"""{"USERNAME":"ana","DEVICE_KEY":"{{device.Key}}"}""",
            challenge["ChallengeParameters"]!.ToJsonString());
        var signedIn = await device.Prove(app, challenge);
        Assert.Equal("tokens", TestApp.Outcome(signedIn));
        Assert.Null(signedIn["AuthenticationResult"]!["NewDeviceMetadata"]);
        Assert.Equal(device.Key, TestTokens.Of(signedIn).AccessClaims["device_key"]!.GetValue<string>());
    }

    [Fact]
    public async Task Where_it_stands_in_for_nothing_it_comes_after_the_second_factor()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, authenticator) = await DevicePools.WithAuthenticator(world, trusts: false);
        var device = await Remembered(world, app, authenticator);

        var challenge = await device.SignIn(app, "ana");
        Assert.Equal("SOFTWARE_TOKEN_MFA", TestApp.Outcome(challenge));
        challenge = await Code(app, challenge, authenticator);
        Assert.Equal("DEVICE_SRP_AUTH", TestApp.Outcome(challenge));
        Assert.Equal("tokens", TestApp.Outcome(await device.Prove(app, challenge)));
    }

    [Theory]
    [InlineData("OPTIONAL")]
    [InlineData("ON")]
    public async Task A_device_that_is_not_remembered_is_asked_for_the_second_factor(string mfa)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, authenticator) = await DevicePools.WithAuthenticator(world, asks: true, mfa: mfa);
        var device = await Remembered(world, app, authenticator);

        var challenge = await device.SignIn(app, "ana");

        Assert.Equal("SOFTWARE_TOKEN_MFA", TestApp.Outcome(challenge));
        var signedIn = await Code(app, challenge, authenticator, ("DEVICE_KEY", device.Key));
        Assert.Null(signedIn["AuthenticationResult"]!["NewDeviceMetadata"]);
        Assert.Equal(device.Key, TestTokens.Of(signedIn).AccessClaims["device_key"]!.GetValue<string>());
    }

    [Fact]
    public async Task Each_sign_in_without_a_device_makes_a_new_one()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);

        var signIns = new[] { await app.Password("ana"), await app.Password("ana"), await app.Srp("ana") };

        var keys = signIns.Select(signedIn => TestDevice.Of(world, signedIn).Key).ToList();
        Assert.Equal(3, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches(
            @"\Aus-east-1_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z", key));
        Assert.All(signIns, signedIn => Assert.Matches(
            @"\A-[A-Za-z0-9]{8}\z", TestDevice.Of(world, signedIn).GroupKey));
        Assert.Equal(
            keys,
            signIns.Select(one => TestTokens.Of(one).AccessClaims["device_key"]!.GetValue<string>()));
        Assert.All(signIns, one => Assert.False(TestTokens.Of(one).IdClaims.ContainsKey("device_key")));
    }

    [Fact]
    public async Task A_pool_that_tracks_none_ignores_what_clients_say_of_them()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");

        var signedIn = await DeviceCalls.Nowhere(world).SignIn(app, "ana");

        Assert.Null(signedIn["AuthenticationResult"]!["NewDeviceMetadata"]);
        Assert.False(TestTokens.Of(signedIn).AccessClaims.ContainsKey("device_key"));
        Assert.Empty(await world.RowsOf("device"));
    }

    [Fact]
    public async Task A_device_nobody_knows_is_refused_once_the_password_is_right()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        await app.Pool.ConfirmedUser("bob");
        var bobs = await TestDevice.Confirmed(world, app, "bob");
        var keys = (string[])
            [bobs.Key, DeviceCalls.Nowhere(world).Key, "no key", "\0", new string('a', 56)];

        foreach (var key in keys)
        {
            var device = new TestDevice(world, key, "-abcdefgh");
            Assert.Equal(
                DeviceCalls.NoDevice, await world.LeavesNothing(() => device.SignIn(app, "ana")));
        }

        Assert.Equal(
            "NotAuthorizedException: Incorrect username or password.",
            TestApp.Outcome(await DeviceCalls.Nowhere(world).SignIn(app, "ana", "Wrong-1234!")));
    }

    [Fact]
    public async Task Clients_repeat_the_proof_of_the_password_without_a_device_that_is_gone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        var (srp, gone) = (new SrpClient(), DeviceCalls.Nowhere(world));
        var challenge = await app.Start(
            "USER_SRP_AUTH", ("USERNAME", "ana"), ("SRP_A", srp.PublicHex), ("DEVICE_KEY", gone.Key));
        var proof = app.Proof(challenge, srp);

        Assert.Equal(
            DeviceCalls.NoDevice,
            (await app.Answer("PASSWORD_VERIFIER", null, [.. proof, ("DEVICE_KEY", gone.Key)])).ToString());
        var signedIn = await app.Answer("PASSWORD_VERIFIER", null, proof);

        Assert.NotEqual(gone.Key, TestDevice.Of(world, signedIn).Key);
        Assert.Equal(
            "NotAuthorizedException: Incorrect username or password.",
            TestApp.Outcome(await app.Answer("PASSWORD_VERIFIER", null, proof)));
    }

    [Fact]
    public async Task A_device_may_be_named_in_a_later_answer()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, authenticator) = await DevicePools.WithAuthenticator(world, trusts: false);
        var device = await Remembered(world, app, authenticator);
        var (srp, challenge) = (new SrpClient(), await app.Password("ana"));

        challenge = await Code(app, challenge, authenticator, ("DEVICE_KEY", device.Key));
        Assert.Equal("DEVICE_SRP_AUTH", TestApp.Outcome(challenge));

        world.Clock.Advance(TimeSpan.FromSeconds(30));
        challenge = await app.StartSrp("ana", srp.PublicHex);
        var proof = app.Proof(challenge, srp);
        challenge = await app.Answer("PASSWORD_VERIFIER", null, [.. proof, ("DEVICE_KEY", device.Key)]);
        Assert.Equal("SOFTWARE_TOKEN_MFA", TestApp.Outcome(challenge));
        Assert.Equal(
            DeviceCalls.NoDevice,
            TestApp.Outcome(await Code(
                app, challenge, authenticator, ("DEVICE_KEY", DeviceCalls.Nowhere(world).Key))));
        challenge = await Code(app, challenge, authenticator);
        Assert.Equal("tokens", TestApp.Outcome(await device.Prove(app, challenge)));
    }

    [Fact]
    public async Task A_temporary_password_is_replaced_first()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        var device = await TestDevice.Confirmed(world, app, "ana");
        await world.Must(
            "AdminSetUserPassword",
            new { UserPoolId = app.Pool.Id, Username = "ana", Password = "Temp-1234!", Permanent = false });

        var challenge = await device.SignIn(app, "ana", "Temp-1234!");
        Assert.Equal("NEW_PASSWORD_REQUIRED", TestApp.Outcome(challenge));
        challenge = await app.Answer(
            "NEW_PASSWORD_REQUIRED",
            MfaPools.SessionOf(challenge),
            ("USERNAME", "ana"),
            ("NEW_PASSWORD", "New-1234!"));

        Assert.Equal("DEVICE_SRP_AUTH", TestApp.Outcome(challenge));
        Assert.Equal("tokens", TestApp.Outcome(await device.Prove(app, challenge)));
    }

    [Fact]
    public async Task The_sign_in_is_noted_at_the_device()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(
            world,
            await TestPool.Create(
                world,
                DevicePools.Settings(),
                new { GenerateSecret = true, EnablePropagateAdditionalUserContextData = true }));
        await app.Pool.ConfirmedUser("ana");
        var key = TestDevice.Of(world, await SignIn("198.51.100.7", null)).Key;
        Assert.Equal(("198.51.100.7", 1772769909.0), await Noted());

        world.Clock.Advance(TimeSpan.FromMilliseconds(61_900));
        await SignIn("nonsense", key);
        Assert.Equal(("192.0.2.1", 1772769970.0), await Noted());

        Task<Answer> SignIn(string address, string? deviceKey) => world.Call(
            "InitiateAuth",
            new
            {
                app.Pool.ClientId,
                AuthFlow = "USER_PASSWORD_AUTH",
                AuthParameters = new Dictionary<string, string?>
                {
                    ["USERNAME"] = "ana",
                    ["PASSWORD"] = TestPool.Password,
                    ["SECRET_HASH"] = app.Hash("ana")[0].Value,
                    ["DEVICE_KEY"] = deviceKey,
                },
                UserContextData = new { IpAddress = address },
            });

        async Task<(string? Ip, double At)> Noted()
        {
            var answer = await world.Admin(app.Pool, "AdminGetDevice", "ana", new { DeviceKey = key });
            var device = answer["Device"]!;
            return (
                Calls.ValueIn(device["DeviceAttributes"], "last_ip_used"),
                device["DeviceLastAuthenticatedDate"]!.GetValue<double>());
        }
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task The_trigger_after_the_sign_in_hears_of_new_devices(bool isKnown, bool expected)
    {
        const string after = "arn:aws:lambda:us-east-1:000000000000:function:after";
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.On(after, _ => { });
        var app = new TestApp(
            world,
            await TestPool.Create(
                world,
                Calls.Merge(
                    DevicePools.Settings(asks: true),
                    new { LambdaConfig = new { PostAuthentication = after } })));
        await app.Pool.ConfirmedUser("ana");
        var device = TestDevice.Of(world, await app.Password("ana"));

        if (isKnown) await device.SignIn(app, "ana");

        Assert.Equal(
            expected, world.Triggers.Events[^1]["request"]!["newDeviceUsed"]!.GetValue<bool>());
    }

    internal static async Task<TestDevice> Remembered(World world, TestApp app, Authenticator authenticator)
    {
        var signedIn = await Code(app, await app.Password("ana"), authenticator);
        var device = TestDevice.Of(world, signedIn);
        await device.MustConfirm(TestTokens.Of(signedIn));
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        return device;
    }

    private static Task<Answer> Code(
        TestApp app, Answer challenge, Authenticator authenticator,
        params (string Name, string Value)[] more) => app.Answer(
        ChallengeNameType.SoftwareTokenMfa,
        MfaPools.SessionOf(challenge),
        [("USERNAME", "ana"), ("SOFTWARE_TOKEN_MFA_CODE", authenticator.Code()), .. more]);
}
