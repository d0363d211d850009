using Lifeguard.Wire.Tests.Devices;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: what is taken for a proof, and what is
/// not.</summary>
public sealed class DeviceProofTests
{
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";
    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";
    private const string Used =
        "NotAuthorizedException: Invalid session for the user, session can only be used once.";

    private const string Locked = "NotAuthorizedException: Password attempts exceeded";

    private const string Expired =
        "NotAuthorizedException: Invalid session for the user, session is expired.";

    [Fact]
    public async Task Needs_no_session_with_the_proof()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, challenge) = await Begun(world);
        var (srp, verifier) = await First(app, device, challenge);

        Assert.Equal(
            "tokens",
            TestApp.Outcome(await app.Answer("DEVICE_PASSWORD_VERIFIER", null, device.Proof(verifier, srp))));
    }

    [Fact]
    public async Task Needs_none_with_A_either_once_and_in_time()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, _) = await Begun(world);
        var srp = new SrpClient();

        var verifier = await Begin();
        Assert.Equal("DEVICE_PASSWORD_VERIFIER", TestApp.Outcome(verifier));
        Assert.Equal(Used, TestApp.Outcome(await Begin()));
        Assert.Equal(
            "tokens",
            TestApp.Outcome(await app.Answer("DEVICE_PASSWORD_VERIFIER", null, device.Proof(verifier, srp))));

        await device.SignIn(app, "ana");
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(Expired, TestApp.Outcome(await Begin()));

        Task<Answer> Begin() => app.Answer(
            "DEVICE_SRP_AUTH",
            null,
            ("USERNAME", "ana"),
            ("DEVICE_KEY", device.Key),
            ("SRP_A", srp.PublicHex));
    }

    [Theory]
    [InlineData("DEVICE_SRP_AUTH", "USERNAME")]
    [InlineData("DEVICE_SRP_AUTH", "DEVICE_KEY")]
    [InlineData("DEVICE_SRP_AUTH", "SRP_A")]
    [InlineData("DEVICE_PASSWORD_VERIFIER", "USERNAME")]
    [InlineData("DEVICE_PASSWORD_VERIFIER", "DEVICE_KEY")]
    [InlineData("DEVICE_PASSWORD_VERIFIER", "PASSWORD_CLAIM_SECRET_BLOCK")]
    [InlineData("DEVICE_PASSWORD_VERIFIER", "PASSWORD_CLAIM_SIGNATURE")]
    [InlineData("DEVICE_PASSWORD_VERIFIER", "TIMESTAMP")]
    public async Task Names_what_is_missing(string name, string parameter)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, challenge) = await Begun(world);
        var srp = new SrpClient();
        (string Name, string Value)[] responses =
            [("USERNAME", "ana"), ("DEVICE_KEY", device.Key), ("SRP_A", srp.PublicHex)];
        if (name == "DEVICE_PASSWORD_VERIFIER")
        {
            challenge = await device.Begin(app, challenge, srp);
            responses = device.Proof(challenge, srp);
        }

        var answer = await world.LeavesNothing(() => app.Answer(
            name, MfaPools.SessionOf(challenge), [.. responses.Where(each => each.Name != parameter)]));

        Assert.Equal($"InvalidParameterException: Missing required parameter {parameter}", answer);
        Assert.Equal(
            "200", (await app.Answer(name, MfaPools.SessionOf(challenge), responses)).ToString());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("no hex")]
    [InlineData("N")]
    [InlineData("2N")]
    public async Task Refuses_a_public_value_that_proves_nothing(string value)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, challenge) = await Begun(world);
        var n = Protocol.Srp.SrpGroup.N;
        var hex = value switch { "N" => n.ToString("x"), "2N" => (2 * n).ToString("x"), _ => value };

        Assert.Equal(
            "InvalidParameterException: Invalid SRP_A value.",
            await world.LeavesNothing(() => app.Answer(
                "DEVICE_SRP_AUTH",
                MfaPools.SessionOf(challenge),
                ("USERNAME", "ana"),
                ("DEVICE_KEY", device.Key),
                ("SRP_A", hex))));
    }

    [Fact]
    public async Task Each_session_and_block_is_good_for_one_answer()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, challenge) = await Begun(world);
        var (srp, verifier) = await First(app, device, challenge);
        Assert.Equal(Used, TestApp.Outcome(await device.Begin(app, challenge, new SrpClient(2))));

        var proof = device.Proof(verifier, srp);
        Assert.Equal("tokens", await Answer(app, verifier, proof));
        Assert.Equal(Used, await Answer(app, verifier, proof));
    }

    [Fact]
    public async Task A_wrong_proof_uses_the_block_up()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, challenge) = await Begun(world);
        var (srp, verifier) = await First(app, device, challenge);

        Assert.Equal(Wrong, await Answer(app, verifier, Impostor(world, device).Proof(verifier, srp)));
        Assert.Equal(Used, await Answer(app, verifier, device.Proof(verifier, srp)));
    }

    [Fact]
    public async Task Wrong_proofs_are_counted_as_wrong_passwords_are()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, challenge) = await Begun(world);
        var begun = new List<Answer> { challenge };
        for (var i = 0; i < 5; i++) begun.Add(await device.SignIn(app, "ana"));
        foreach (var one in begun[..5])
        {
            var (guess, posed) = await First(app, device, one);
            Assert.Equal(Wrong, await Answer(app, posed, Impostor(world, device).Proof(posed, guess)));
        }

        var (srp, verifier) = await First(app, device, begun[5]);
        Assert.Equal(Locked, await Answer(app, verifier, device.Proof(verifier, srp)));
        Assert.Equal(Locked, TestApp.Outcome(await app.Password("ana")));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("tokens", await Answer(app, verifier, device.Proof(verifier, srp)));
    }

    [Theory]
    [InlineData(299, "tokens")]
    [InlineData(-299, "tokens")]
    [InlineData(301, Wrong)]
    [InlineData(-301, Wrong)]
    public async Task Takes_a_clock_that_is_minutes_off(int seconds, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, challenge) = await Begun(world);
        var (srp, verifier) = await First(app, device, challenge);

        var proof = device.Proof(verifier, srp, clockOff: TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, await Answer(app, verifier, proof));
    }

    [Fact]
    public async Task The_time_to_answer_begins_anew_with_each_leg_and_ends()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, challenge) = await Begun(world);
        world.Clock.Advance(TimeSpan.FromSeconds(179));
        var (srp, verifier) = await First(app, device, challenge);
        world.Clock.Advance(TimeSpan.FromSeconds(180));

        Assert.Equal(Expired, await Answer(app, verifier, device.Proof(verifier, srp)));
        challenge = await device.SignIn(app, "ana");
        world.Clock.Advance(TimeSpan.FromSeconds(180));
        Assert.Equal(Expired, TestApp.Outcome(await device.Begin(app, challenge, srp)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_device_that_was_forgotten_meanwhile_does_not_exist(int leg)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, challenge) = await Begun(world);
        var srp = new SrpClient();
        if (leg == 1) challenge = await device.Begin(app, challenge, srp);
        await world.Admin(app.Pool, "AdminForgetDevice", "ana", new { DeviceKey = device.Key });

        var answer = leg == 0
            ? await device.Begin(app, challenge, srp)
            : await app.Answer("DEVICE_PASSWORD_VERIFIER", null, device.Proof(challenge, srp));

        Assert.Equal(DeviceCalls.NoDevice, answer.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Nor_does_one_prove_anything_that_is_not_remembered_any_more(int leg)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, challenge) = await Begun(world);
        var srp = new SrpClient();
        if (leg == 1) challenge = await device.Begin(app, challenge, srp);
        await world.Admin(
            app.Pool,
            "AdminUpdateDeviceStatus",
            "ana",
            new { DeviceKey = device.Key, DeviceRememberedStatus = "not_remembered" });

        var answer = leg == 0
            ? await device.Begin(app, challenge, srp)
            : await app.Answer("DEVICE_PASSWORD_VERIFIER", null, device.Proof(challenge, srp));

        Assert.Equal(Invalid, answer.ToString());
    }

    [Fact]
    public async Task What_ends_the_sign_in_ends_the_proof()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device, challenge) = await Begun(world);
        var (srp, verifier) = await First(app, device, challenge);
        await world.Admin(app.Pool, "AdminDisableUser", "ana");

        Assert.Equal(
            "NotAuthorizedException: User is disabled.",
            await Answer(app, verifier, device.Proof(verifier, srp)));
        await world.Admin(app.Pool, "AdminEnableUser", "ana");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.Must(
            "AdminSetUserPassword",
            new { UserPoolId = app.Pool.Id, Username = "ana", Password = "New-1234!", Permanent = true });
        Assert.Equal(Invalid, await Answer(app, verifier, device.Proof(verifier, srp)));
    }

    [Fact]
    public async Task A_client_with_a_secret_hashes_it_in_both_legs()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, DevicePools.Settings(), new { GenerateSecret = true });
        var app = new TestApp(world, pool);
        await pool.ConfirmedUser("ana");
        var device = await TestDevice.Confirmed(world, app, "ana");
        var challenge = await app.Start(
            "USER_PASSWORD_AUTH",
            [
                ("USERNAME", "ana"), ("PASSWORD", TestPool.Password), ("DEVICE_KEY", device.Key),
                .. app.Hash("ana"),
            ]);
        var srp = new SrpClient();
        const string missing = "is configured with secret but SECRET_HASH was not received";

        Assert.Contains(missing, (await device.Begin(app, challenge, srp)).Message, StringComparison.Ordinal);
        var verifier = await app.Answer(
            "DEVICE_SRP_AUTH",
            MfaPools.SessionOf(challenge),
            [("USERNAME", "ana"), ("DEVICE_KEY", device.Key), ("SRP_A", srp.PublicHex), .. app.Hash("ana")]);
        var proof = device.Proof(verifier, srp);
        Assert.Contains(missing, await Answer(app, verifier, proof), StringComparison.Ordinal);
        Assert.Equal("tokens", await Answer(app, verifier, [.. proof, .. app.Hash("ana")]));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_one_proof_in_many_calls_at_once_one_gets_tokens(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (app, device, challenge) = await Begun(world);
        var (srp, verifier) = await First(app, device, challenge);
        var proof = device.Proof(verifier, srp).ToDictionary(each => each.Name, each => each.Value);

        var answers = await world.Burst(8, "RespondToAuthChallenge", _ => new
        {
            app.Pool.ClientId,
            ChallengeName = "DEVICE_PASSWORD_VERIFIER",
            Session = MfaPools.SessionOf(verifier),
            ChallengeResponses = proof,
        });

        Assert.Equal((1, 7), (answers["200"], answers["NotAuthorizedException"]));
    }

    internal static async Task<(TestApp App, TestDevice Device, Answer Challenge)> Begun(World world)
    {
        var app = await DevicePools.Create(world);
        var device = await TestDevice.Confirmed(world, app, "ana");
        return (app, device, await device.SignIn(app, "ana"));
    }

    internal static async Task<(SrpClient Srp, Answer Verifier)> First(
        TestApp app, TestDevice device, Answer challenge)
    {
        var srp = new SrpClient();
        return (srp, await device.Begin(app, challenge, srp));
    }

    private static TestDevice Impostor(World world, TestDevice device) =>
        new(world, device.Key, device.GroupKey) { Password = "guess" };

    private static async Task<string> Answer(
        TestApp app, Answer verifier, (string Name, string Value)[] proof) => TestApp.Outcome(
        await app.Answer("DEVICE_PASSWORD_VERIFIER", MfaPools.SessionOf(verifier), proof));
}
