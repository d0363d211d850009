using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>The choice among several second factors.</summary>
public sealed class SelectMfaTypeTests
{
    private const string Spent =
        "NotAuthorizedException: Invalid session for the user, session can only be used once.";

    [Theory, EachDatabase]
    public async Task Lets_the_user_choose_and_goes_on_with_the_choice(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (app, authenticator) = await Enrolled(world);
        world.Transcript.Clear();

        var choice = await app.Password("ana");
        var challenge = await Choose(app, choice, "SMS_MFA");
        await app.Answer(
            "SMS_MFA",
            MfaPools.SessionOf(challenge),
            ("USERNAME", "ana"),
            ("SMS_MFA_CODE", world.LastSmsCode()));
        await Choose(app, choice, "EMAIL_OTP");
        challenge = await Choose(app, await app.Password("ana"), "SOFTWARE_TOKEN_MFA");
        await app.Answer(
            "SOFTWARE_TOKEN_MFA",
            MfaPools.SessionOf(challenge),
            ("USERNAME", "ana"),
            ("SOFTWARE_TOKEN_MFA_CODE", authenticator.Code()));

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("SMS_MFA", "SMS_MFA")]
    [InlineData("SOFTWARE_TOKEN_MFA", "SOFTWARE_TOKEN_MFA")]
    [InlineData("EMAIL_OTP", "EMAIL_OTP")]
    // The documentation's name for the same.
    [InlineData("EMAIL_MFA", "EMAIL_OTP")]
    [InlineData("WEB_AUTHN", "InvalidParameterException: Invalid MFA type selected.")]
    [InlineData("sms_mfa", "InvalidParameterException: Invalid MFA type selected.")]
    [InlineData("", "InvalidParameterException: Missing required parameter ANSWER")]
    public async Task Takes_the_name_of_a_factor(string answer, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Enrolled(world);

        Assert.Equal(expected, TestApp.Outcome(await Choose(app, await app.Password("ana"), answer)));
    }

    [Theory]
    [InlineData("sms=off", "MFAMethodNotFoundException: No usable MFA method was found for the user.")]
    [InlineData("email=off", "SMS_MFA")]
    public async Task Offers_only_what_is_switched_on_now(string change, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Enrolled(world);
        var choice = await app.Password("ana");
        await world.Admin(
            app.Pool, "AdminSetUserMFAPreference", "ana", Mfa.SetUserMFAPreferenceTests.Blocks(change));

        var challenge = await Choose(app, choice, "SMS_MFA");

        Assert.Equal(expected, TestApp.Outcome(challenge));
        // A choice that was refused uses nothing up.
        Assert.Equal(
            challenge.IsSuccess ? Spent : "SOFTWARE_TOKEN_MFA",
            TestApp.Outcome(await Choose(app, choice, "SOFTWARE_TOKEN_MFA")));
    }

    private static async Task<(TestApp App, Authenticator Authenticator)> Enrolled(World world)
    {
        var app = new TestApp(world, await MfaPools.Create(world, "OPTIONAL", "ste"));
        await app.Pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        var authenticator = await Authenticator.Enrol(world, app.Pool, "ana");
        await world.Admin(
            app.Pool,
            "AdminSetUserMFAPreference",
            "ana",
            Mfa.SetUserMFAPreferenceTests.Blocks("sms=on;email=on"));
        return (app, authenticator);
    }

    private static Task<Answer> Choose(TestApp app, Answer choice, string answer) => app.Answer(
        "SELECT_MFA_TYPE", MfaPools.SessionOf(choice), ("USERNAME", "ana"), ("ANSWER", answer));
}
