using Lifeguard.Wire.Tests.Devices;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>Second factors in custom sign-ins that begin with the password: they come right after it, and the
/// define trigger is asked once they are answered.</summary>
public sealed class CustomAuthFactorTests
{
    private const string Phone = "+15551230000";

    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";

    [Theory]
    [InlineData("ON", "")]
    [InlineData("OPTIONAL", "SMS_MFA")]
    public async Task Comes_after_the_password_and_the_trigger_hears_of_it(string mfa, string preferred)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world, MfaPools.Sms(mfa));
        await app.Pool.ConfirmedUser("bob", phone: Phone);
        if (preferred == "SMS_MFA")
        {
            await world.Admin(
                app.Pool,
                "AdminSetUserMFAPreference",
                "bob",
                new { SMSMfaSettings = new { Enabled = true, PreferredMfa = true } });
        }

        var challenge = await Proved(app, "bob");
        var events = world.Triggers.Events.Count;

        Assert.Equal("SMS_MFA", TestApp.Outcome(challenge));
        Assert.Equal(Invalid, TestApp.Outcome(await app.Guess(challenge, "green", "bob")));
        Assert.Equal(
            "CodeMismatchException: Invalid code or auth state for the user.",
            TestApp.Outcome(await Code(app, challenge, MfaPools.Other(world.LastSmsCode()))));
        Assert.Equal(events, world.Triggers.Events.Count);
        challenge = await Code(app, challenge, world.LastSmsCode());
        Assert.Equal("CUSTOM_CHALLENGE", TestApp.Outcome(challenge));
        Assert.Equal("SRP_A+ PASSWORD_VERIFIER+ SMS_MFA+", Heard(world));
        Assert.Equal("tokens", TestApp.Outcome(await app.Guess(challenge, "green", "bob")));
        Assert.Equal("SRP_A+ PASSWORD_VERIFIER+ SMS_MFA+ CUSTOM_CHALLENGE+", Heard(world));
    }

    [Fact]
    public async Task Of_several_one_is_chosen()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Create(world, "se");
        await app.Pool.ConfirmedUser("bob", "bob@example.com", Phone);

        var challenge = await Proved(app, "bob");
        Assert.Equal("SELECT_MFA_TYPE", TestApp.Outcome(challenge));
        challenge = await app.Answer(
            "SELECT_MFA_TYPE", MfaPools.SessionOf(challenge), ("USERNAME", "bob"), ("ANSWER", "EMAIL_OTP"));
        Assert.Equal("EMAIL_OTP", TestApp.Outcome(challenge));
        challenge = await app.Answer(
            "EMAIL_OTP",
            MfaPools.SessionOf(challenge),
            ("USERNAME", "bob"),
            ("EMAIL_OTP_CODE", world.LastEmailCode()));

        Assert.Equal("CUSTOM_CHALLENGE", TestApp.Outcome(challenge));
        Assert.Equal("SRP_A+ PASSWORD_VERIFIER+ EMAIL_OTP+", Heard(world));
    }

    [Fact]
    public async Task An_authenticator_that_is_set_up_on_the_way_counts_as_answered()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Create(world, "t");

        var challenge = await Proved(app, "ana");
        Assert.Equal("MFA_SETUP", TestApp.Outcome(challenge));
        var associated = await world.Must(
            "AssociateSoftwareToken", new { Session = MfaPools.SessionOf(challenge) });
        var authenticator = new Authenticator(world, associated["SecretCode"]!.GetValue<string>());
        var verified = await world.Must(
            "VerifySoftwareToken",
            new { Session = MfaPools.SessionOf(associated), UserCode = authenticator.Code() });
        challenge = await app.Answer("MFA_SETUP", MfaPools.SessionOf(verified), ("USERNAME", "ana"));

        Assert.Equal("CUSTOM_CHALLENGE", TestApp.Outcome(challenge));
        Assert.Equal("SRP_A+ PASSWORD_VERIFIER+ SOFTWARE_TOKEN_MFA+", Heard(world));
        Assert.Equal("tokens", TestApp.Outcome(await app.Guess(challenge, "green")));
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        challenge = await Proved(app, "ana");
        Assert.Equal("SOFTWARE_TOKEN_MFA", TestApp.Outcome(challenge));
    }

    [Fact]
    public async Task A_number_that_is_set_up_on_the_way_counts_as_answered()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Create(world, "s");

        var challenge = await Proved(app, "ana");
        Assert.Equal("MFA_SETUP", TestApp.Outcome(challenge));
        challenge = await app.Answer(
            "MFA_SETUP", MfaPools.SessionOf(challenge), ("USERNAME", "ana"), ("PHONE_NUMBER", Phone));
        challenge = await Code(app, challenge, world.LastSmsCode(), "ana");

        Assert.Equal("CUSTOM_CHALLENGE", TestApp.Outcome(challenge));
        Assert.Equal("SRP_A+ PASSWORD_VERIFIER+ SMS_MFA+", Heard(world));
    }

    // A remembered device that stands in for the factor, and one that does not: it comes last in either case.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_remembered_device_counts_as_in_other_sign_ins(bool trusts)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device) = await Remembered(world, trusts);

        var challenge = await Proved(app, "bob", ("DEVICE_KEY", device.Key));
        if (!trusts)
        {
            Assert.Equal("SMS_MFA", TestApp.Outcome(challenge));
            challenge = await Code(app, challenge, world.LastSmsCode());
        }

        challenge = await app.Guess(challenge, "green", "bob");

        Assert.Equal("DEVICE_SRP_AUTH", TestApp.Outcome(challenge));
        Assert.Equal("tokens", TestApp.Outcome(await device.Prove(app, challenge, "bob")));
    }

    [Fact]
    public async Task A_device_that_is_forgotten_meanwhile_stands_in_for_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, device) = await Remembered(world, trusts: true);
        var challenge = await Proved(app, "bob", ("DEVICE_KEY", device.Key));
        Assert.Equal("CUSTOM_CHALLENGE", TestApp.Outcome(challenge));
        await world.Admin(app.Pool, "AdminForgetDevice", "bob", new { DeviceKey = device.Key });

        challenge = await app.Guess(challenge, "green", "bob");

        Assert.Equal("SMS_MFA", TestApp.Outcome(challenge));
        Assert.Equal("tokens", TestApp.Outcome(await Code(app, challenge, world.LastSmsCode())));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_temporary_password_is_replaced_when_the_trigger_asks_for_it(bool needsFactor)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = needsFactor ? await Create(world, "s") : await ChallengePools.Create(world);
        await app.Pool.InvitedUser("bob", phone: Phone);
        world.Triggers.On(ChallengePools.DefineArn, input =>
        {
            var (past, response) = (ChallengePools.Past(input), input["response"]!);
            if (past is ["SRP_A+"]) response["challengeName"] = "PASSWORD_VERIFIER";
            else if (past is [_, "PASSWORD_VERIFIER+"]) response["challengeName"] = "NEW_PASSWORD_REQUIRED";
            else if (past[^1] == "CUSTOM_CHALLENGE+") response["issueTokens"] = true;
            else response["challengeName"] = "CUSTOM_CHALLENGE";
        });

        var challenge = await Proved(app, "bob");
        Assert.Equal("NEW_PASSWORD_REQUIRED", TestApp.Outcome(challenge));
        challenge = await app.Answer(
            "NEW_PASSWORD_REQUIRED",
            MfaPools.SessionOf(challenge),
            ("USERNAME", "bob"),
            ("NEW_PASSWORD", "New-1234!"));
        Assert.Equal("CONFIRMED", await app.Pool.StatusOf("bob"));
        if (needsFactor)
        {
            Assert.Equal("SMS_MFA", TestApp.Outcome(challenge));
            challenge = await Code(app, challenge, world.LastSmsCode());
        }

        Assert.Equal("CUSTOM_CHALLENGE", TestApp.Outcome(challenge));
        Assert.Equal(
            "SRP_A+ PASSWORD_VERIFIER+ NEW_PASSWORD_REQUIRED+" + (needsFactor ? " SMS_MFA+" : ""),
            Heard(world));
        Assert.Equal("tokens", TestApp.Outcome(await app.Guess(challenge, "green", "bob")));
    }

    // Nothing to replace; nothing proved.
    [Theory]
    [InlineData("ana", true)]
    [InlineData("bob", false)]
    public async Task No_password_is_replaced_without_the_proof_of_a_temporary_one(string name, bool proves)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        await app.Pool.InvitedUser("bob");
        world.Triggers.On(ChallengePools.DefineArn, input => input["response"]!["challengeName"] =
            ChallengePools.Past(input) is ["SRP_A+"] ? "PASSWORD_VERIFIER" : "NEW_PASSWORD_REQUIRED");

        var answer = proves
            ? await Proved(app, name)
            : await app.Start("CUSTOM_AUTH", ("USERNAME", name));

        Assert.Equal("InvalidLambdaResponseException", answer.Code);
    }

    /// <summary>Everybody has to have one of these factors.</summary>
    private static async Task<TestApp> Create(World world, string factors, object? settings = null)
    {
        var app = await ChallengePools.Create(world, Calls.Merge(MfaPools.Sms("OFF"), settings));
        await world.Must(
            "SetUserPoolMfaConfig",
            new
            {
                UserPoolId = app.Pool.Id,
                MfaConfiguration = "ON",
                SmsMfaConfiguration = factors.Contains('s')
                    ? new { SmsConfiguration = new { SnsCallerArn = "arn:aws:iam::000000000000:role/sms" } }
                    : null,
                SoftwareTokenMfaConfiguration = factors.Contains('t') ? new { Enabled = true } : null,
                EmailMfaConfiguration = factors.Contains('e') ? new { } : null,
            });
        return app;
    }

    /// <summary>A pool that asks bob for SMS, and his remembered device.</summary>
    private static async Task<(TestApp App, TestDevice Device)> Remembered(World world, bool trusts)
    {
        var app = await ChallengePools.Create(
            world, Calls.Merge(MfaPools.Sms("OFF"), DevicePools.Settings(trusts)));
        await app.Pool.ConfirmedUser("bob", phone: Phone);
        var device = await TestDevice.Confirmed(world, app, "bob");
        await world.Must("SetUserPoolMfaConfig", Calls.Merge(
            new { UserPoolId = app.Pool.Id }, new { MfaConfiguration = "ON" }));
        return (app, device);
    }

    /// <summary>CUSTOM_AUTH up to the proof of the password.</summary>
    private static async Task<Answer> Proved(
        TestApp app, string username, params (string Name, string Value)[] more)
    {
        var srp = new SrpClient();
        var challenge = await app.Start(
            "CUSTOM_AUTH", [("USERNAME", username), ("SRP_A", srp.PublicHex), .. more]);
        return await app.Answer(
            "PASSWORD_VERIFIER", MfaPools.SessionOf(challenge), app.Proof(challenge, srp));
    }

    private static Task<Answer> Code(TestApp app, Answer challenge, string code, string username = "bob") =>
        app.Answer(
            "SMS_MFA", MfaPools.SessionOf(challenge), ("USERNAME", username), ("SMS_MFA_CODE", code));

    /// <summary>What the define trigger was told of when it was asked last.</summary>
    private static string Heard(World world) => string.Join(
        ' ',
        ChallengePools.Past(world.Triggers.Events.Last(
            each => each["triggerSource"]!.GetValue<string>() == "DefineAuthChallenge_Authentication")));
}
