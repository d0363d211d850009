using System.Text.Json;
using Lifeguard.Wire.Tests.Devices;
using Lifeguard.Wire.Tests.SignIn;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>What somebody can do with a device, or a part of its sign-in, that is not theirs.</summary>
public sealed class BorrowedDeviceTests
{
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";
    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";
    private const string InvalidRefresh = "NotAuthorizedException: Invalid Refresh Token.";

    [Fact]
    public async Task A_device_without_the_password_opens_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        var device = await TestDevice.Confirmed(world, app, "ana");
        var srp = new SrpClient();

        Assert.Equal(Wrong, TestApp.Outcome(await device.SignIn(app, "ana", "Wrong-1234!")));
        Assert.Equal(
            "InvalidParameterException: Missing required parameter Session",
            TestApp.Outcome(await app.Answer(
                "DEVICE_SRP_AUTH",
                null,
                ("USERNAME", "ana"),
                ("DEVICE_KEY", device.Key),
                ("SRP_A", srp.PublicHex))));
    }

    [Fact]
    public async Task The_key_of_a_device_without_its_secret_skips_no_second_factor()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, authenticator) = await DevicePools.WithAuthenticator(world, mfa: "ON");
        var device = await DeviceSignInTests.Remembered(world, app, authenticator);
        var thief = new TestDevice(world, device.Key, device.GroupKey) { Password = "guess" };

        var challenge = await thief.SignIn(app, "ana");

        Assert.Equal("DEVICE_SRP_AUTH", TestApp.Outcome(challenge));
        Assert.Equal(Wrong, TestApp.Outcome(await thief.Prove(app, challenge)));
        // Nor does it help to leave the device out, or to answer another challenge with its session.
        Assert.Equal("SOFTWARE_TOKEN_MFA", TestApp.Outcome(await app.Password("ana")));
        foreach (var other in (string[])["SOFTWARE_TOKEN_MFA", "NEW_PASSWORD_REQUIRED", "MFA_SETUP"])
        {
            Assert.Equal(Invalid, TestApp.Outcome(await app.Answer(
                other,
                MfaPools.SessionOf(challenge),
                ("USERNAME", "ana"),
                ("SOFTWARE_TOKEN_MFA_CODE", authenticator.Code()),
                ("NEW_PASSWORD", "New-1234!"))));
        }
    }

    [Fact]
    public async Task A_stolen_device_takes_over_no_sign_in_that_its_owner_has_begun()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, challenge) = await DeviceProofTests.Begun(world);
        var another = new TestApp(world, await app.Pool.AnotherClient());
        var stolen = JsonSerializer.Serialize(new
        {
            app.Pool.ClientId,
            ChallengeName = "DEVICE_SRP_AUTH",
            ChallengeResponses = new
            {
                USERNAME = "ana",
                DEVICE_KEY = device.Key,
                SRP_A = new SrpClient().PublicHex,
            },
        });

        Assert.Equal(
            "InvalidParameterException: Missing required parameter Session",
            (await world.Send("RespondToAuthChallenge", stolen, source: "198.51.100.66")).ToString());
        Assert.Equal(Invalid, TestApp.Outcome(await another.Answer(
            "DEVICE_SRP_AUTH",
            null,
            ("USERNAME", "ana"),
            ("DEVICE_KEY", device.Key),
            ("SRP_A", new SrpClient().PublicHex))));
        Assert.Equal("tokens", TestApp.Outcome(await device.Prove(app, challenge)));
    }

    [Fact]
    public async Task A_device_of_one_user_stands_in_for_no_other()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        await app.Pool.ConfirmedUser("bob");
        var (anas, bobs) = (
            await TestDevice.Confirmed(world, app, "ana"), await TestDevice.Confirmed(world, app, "bob"));
        var challenge = await bobs.SignIn(app, "bob");
        var srp = new SrpClient();

        Assert.Equal(DeviceCalls.NoDevice, TestApp.Outcome(await anas.SignIn(app, "bob")));
        Assert.Equal(DeviceCalls.NoDevice, TestApp.Outcome(await anas.Begin(app, challenge, srp, "bob")));
        Assert.Equal(Invalid, TestApp.Outcome(await anas.Begin(app, challenge, srp, "ana")));
        var verifier = await bobs.Begin(app, challenge, srp, "bob");
        Assert.Equal(DeviceCalls.NoDevice, await Answer(app, verifier, anas.Proof(verifier, srp, "bob")));
        Assert.Equal(Invalid, await Answer(app, verifier, bobs.Proof(verifier, srp, "ana")));
        Assert.Equal("tokens", await Answer(app, verifier, bobs.Proof(verifier, srp, "bob")));
    }

    [Fact]
    public async Task The_block_for_one_device_proves_no_other_of_the_same_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        var (first, second) = (
            await TestDevice.Confirmed(world, app, "ana"), await TestDevice.Confirmed(world, app, "ana"));
        var srp = new SrpClient();
        var verifier = await first.Begin(app, await first.SignIn(app, "ana"), srp);

        Assert.Equal(Wrong, await Answer(app, verifier, second.Proof(verifier, srp)));
    }

    [Fact]
    public async Task Blocks_and_sessions_of_one_kind_pass_for_none_of_another()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, challenge) = await DeviceProofTests.Begun(world);
        var (srp, verifier) = await DeviceProofTests.First(app, device, challenge);
        var password = await app.StartSrp("ana", srp.PublicHex);
        var passwordBlock = password["ChallengeParameters"]!["SECRET_BLOCK"]!.GetValue<string>();
        var deviceBlock = verifier["ChallengeParameters"]!["SECRET_BLOCK"]!.GetValue<string>();

        Assert.Equal(
            Wrong,
            await Answer(app, verifier, With(device.Proof(verifier, srp), passwordBlock)));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Answer(
            "PASSWORD_VERIFIER", null, With(app.Proof(password, srp), deviceBlock))));
        Assert.Equal(Invalid, TestApp.Outcome(await app.Answer(
            "DEVICE_SRP_AUTH",
            MfaPools.SessionOf(verifier),
            ("USERNAME", "ana"),
            ("DEVICE_KEY", device.Key),
            ("SRP_A", srp.PublicHex))));
        // Another sign-in's session beside the block.
        var other = await device.Begin(app, await device.SignIn(app, "ana"), srp);
        Assert.Equal(Invalid, await Answer(app, other, device.Proof(verifier, srp)));
    }

    [Fact]
    public async Task A_sign_in_belongs_to_its_client_and_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, challenge) = await DeviceProofTests.Begun(world);
        var another = new TestApp(world, await app.Pool.AnotherClient());
        var elsewhere = await DevicePools.Create(world);
        var srp = new SrpClient();

        foreach (var foreign in (TestApp[])[another, elsewhere])
            Assert.Equal(Invalid, TestApp.Outcome(await device.Begin(foreign, challenge, srp)));
        var verifier = await device.Begin(app, challenge, srp);
        Assert.Equal(Invalid, await Answer(another, verifier, device.Proof(verifier, srp)));
        Assert.Equal(Wrong, await Answer(elsewhere, verifier, device.Proof(verifier, srp)));
        Assert.Equal("tokens", await Answer(app, verifier, device.Proof(verifier, srp)));
    }

    [Fact]
    public async Task A_refresh_token_is_of_no_use_without_its_device()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        var (first, second) = (await app.Password("ana"), await app.Password("ana"));
        var (tokens, key) = (TestTokens.Of(first), TestDevice.Of(world, first).Key);

        Assert.Equal(InvalidRefresh, TestApp.Outcome(await app.Refresh(tokens.Refresh!)));
        Assert.Equal(InvalidRefresh, await Refresh(TestDevice.Of(world, second).Key));
        Assert.Equal(InvalidRefresh, await Refresh(DeviceCalls.Nowhere(world).Key));
        Assert.Equal(InvalidRefresh, await Refresh("\0"));
        Assert.Equal("tokens", await Refresh(key));

        // Who looks after the pool has given up telling devices apart.
        await world.Must("UpdateUserPool", new { UserPoolId = app.Pool.Id });
        Assert.Equal("tokens", TestApp.Outcome(await app.Refresh(tokens.Refresh!)));

        async Task<string> Refresh(string deviceKey) => TestApp.Outcome(await app.Start(
            "REFRESH_TOKEN_AUTH", ("REFRESH_TOKEN", tokens.Refresh!), ("DEVICE_KEY", deviceKey)));
    }

    [Fact]
    public async Task Tokens_from_before_devices_were_tracked_go_on_refreshing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        await world.Must(
            "UpdateUserPool", Calls.Merge(new { UserPoolId = app.Pool.Id }, DevicePools.Settings()));

        Assert.Equal("tokens", TestApp.Outcome(await app.Refresh(tokens.Refresh!)));
        Assert.Equal(
            "InvalidParameterException: Invalid device key given.",
            (await DeviceCalls.Nowhere(world).Confirm(tokens)).ToString());
    }

    private static (string Name, string Value)[] With((string Name, string Value)[] proof, string block) =>
    [
        .. proof.Where(each => each.Name != "PASSWORD_CLAIM_SECRET_BLOCK"),
        ("PASSWORD_CLAIM_SECRET_BLOCK", block),
    ];

    private static async Task<string> Answer(
        TestApp app, Answer verifier, (string Name, string Value)[] proof) => TestApp.Outcome(
        await app.Answer("DEVICE_PASSWORD_VERIFIER", MfaPools.SessionOf(verifier), proof));
}
