using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>E-mail as second factor.</summary>
public sealed class EmailMfaTests
{
    [Theory, EachDatabase]
    public async Task Asks_for_the_code_that_was_mailed_and_verifies_the_address(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await MfaPools.Create(world, "ON", "e"));
        await world.Must(
            "AdminCreateUser",
            new
            {
                UserPoolId = app.Pool.Id,
                Username = "ana",
                MessageAction = "SUPPRESS",
                UserAttributes = Calls.Attributes("email=ana@example.com"),
            });
        await world.Admin(
            app.Pool, "AdminSetUserPassword", "ana", new { TestPool.Password, Permanent = true });
        world.Transcript.Clear();

        var challenge = await app.Password("ana");
        var code = world.LastEmailCode();
        await Answer(app, challenge, MfaPools.Other(code));
        await Answer(app, challenge, code);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task The_pool_s_texts_word_the_mail()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await MfaPools.Create(world, "ON", "e"));
        await world.Must(
            "SetUserPoolMfaConfig",
            new
            {
                UserPoolId = app.Pool.Id,
                EmailMfaConfiguration = new { Subject = "Shop", Message = "Your <b>code</b>: {####}" },
            });
        await app.Pool.ConfirmedUser("ana", email: "ana@example.com");

        await app.Password("ana");

        var mail = world.Email.Sent[^1];
        Assert.Equal("Shop", mail.Subject);
        Assert.Matches("^Your <b>code</b>: [0-9]{6}$", mail.Body);
        Assert.Equal("ana@example.com", mail.To);
    }

    [Fact]
    public async Task A_code_by_SMS_is_none_by_mail()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await MfaPools.Create(world, "OPTIONAL", "se"));
        await app.Pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        await world.Admin(
            app.Pool,
            "AdminSetUserMFAPreference",
            "ana",
            new
            {
                SMSMfaSettings = new { Enabled = true, PreferredMfa = true },
                EmailMfaSettings = new { Enabled = true },
            });
        var challenge = await app.Password("ana");

        Assert.Equal("SMS_MFA", TestApp.Outcome(challenge));
        Assert.Equal(
            "NotAuthorizedException: Invalid session for the user.",
            TestApp.Outcome(await Answer(app, challenge, world.LastSmsCode())));
    }

    private static Task<Answer> Answer(TestApp app, Answer challenge, string code) => app.Answer(
        "EMAIL_OTP", MfaPools.SessionOf(challenge), ("USERNAME", "ana"), ("EMAIL_OTP_CODE", code));
}
