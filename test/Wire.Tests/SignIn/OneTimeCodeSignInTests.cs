using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>EMAIL_OTP and SMS_OTP as first factors.</summary>
public sealed class OneTimeCodeSignInTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:all";
    private const string Mismatch = "CodeMismatchException: Invalid code or auth state for the user.";
    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";
    private const string Reset = "PasswordResetRequiredException: Password reset required for the user";
    private const string Spent =
        "NotAuthorizedException: Invalid session for the user, session can only be used once.";

    [Theory, EachDatabase]
    public async Task Signs_in_with_the_code_that_was_sent_and_nothing_else(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "es"));
        await world.Must(
            "AdminCreateUser",
            new
            {
                UserPoolId = app.Pool.Id,
                Username = "ana",
                MessageAction = "SUPPRESS",
                UserAttributes = Calls.Attributes("email=ana@example.com;phone_number=+15550001234"),
            });
        world.Transcript.Clear();

        var challenge = await app.Start("ana", "EMAIL_OTP");
        await app.Respond(
            challenge, "ana", ("EMAIL_OTP_CODE", MfaPools.Other(world.LastEmailCode())));
        await app.Respond(challenge, "ana", ("EMAIL_OTP_CODE", world.LastEmailCode()));
        challenge = await app.Start("ana", "SMS_OTP");
        await app.Respond(challenge, "ana", ("SMS_OTP_CODE", world.LastSmsCode()));

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Confirms_a_user_who_was_not_confirmed_yet()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "pe"));
        await world.Must(
            "SignUp",
            new
            {
                app.Pool.ClientId,
                Username = "ana",
                TestPool.Password,
                UserAttributes = Calls.Attributes("email=ana@example.com"),
            });
        Assert.Equal("UNCONFIRMED", await app.Pool.StatusOf("ana"));

        var challenge = await app.Start("ana", "EMAIL_OTP");
        Assert.Equal(
            "tokens",
            TestApp.Outcome(await app.Respond(challenge, "ana", ("EMAIL_OTP_CODE", world.LastEmailCode()))));

        Assert.Equal("CONFIRMED", await app.Pool.StatusOf("ana"));
        Assert.Equal("true", await world.AttributeOf(app.Pool, "ana", "email_verified"));
        Assert.Equal("tokens", TestApp.Outcome(await app.Plain.Password("ana")));
    }

    [Fact]
    public async Task A_confirmation_is_told_before_anything_may_refuse_and_counts_for_the_tokens()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "pe", new
        {
            LambdaConfig = new { PostConfirmation = Arn, PostAuthentication = Arn, PreTokenGeneration = Arn },
        }));
        await world.Must("CreateGroup", new { UserPoolId = app.Pool.Id, GroupName = "people" });
        await world.SignUp(app.Pool, "ana", "email=ana@example.com");
        List<string> sources = [];
        world.Triggers.On(Arn, async input =>
        {
            sources.Add(input["triggerSource"]!.GetValue<string>());
            if (sources.Count > 1) return;
            await world.Must(
                "AdminAddUserToGroup",
                new { UserPoolId = app.Pool.Id, Username = "ana", GroupName = "people" });
        });

        var challenge = await app.Start("ana", "EMAIL_OTP");
        var signedIn = await app.Respond(challenge, "ana", ("EMAIL_OTP_CODE", world.LastEmailCode()));

        Assert.Equal(
            ["PostConfirmation_ConfirmSignUp", "PostAuthentication_Authentication",
                "TokenGeneration_Authentication"],
            sources);
        Assert.Equal("people", TestTokens.Of(signedIn).IdClaims["cognito:groups"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Codes_have_eight_digits_by_e_mail_and_six_by_SMS()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await Ana(world));
        await app.Start("ana", "EMAIL_OTP");
        await app.Start("ana", "SMS_OTP");

        Assert.Matches("^[0-9]{8}$", world.LastEmailCode());
        Assert.Matches("^[0-9]{6}$", world.LastSmsCode());
    }

    [Fact]
    public async Task A_code_is_good_for_its_session_alone_and_once()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await Ana(world));
        var first = await app.Start("ana", "EMAIL_OTP");
        var code = world.LastEmailCode();
        var second = await app.Start("ana", "EMAIL_OTP");

        Assert.Equal(Mismatch, TestApp.Outcome(await app.Respond(second, "ana", ("EMAIL_OTP_CODE", code))));
        Assert.Equal("tokens", TestApp.Outcome(await app.Respond(first, "ana", ("EMAIL_OTP_CODE", code))));
        Assert.Equal(Spent, TestApp.Outcome(await app.Respond(first, "ana", ("EMAIL_OTP_CODE", code))));
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(
            "NotAuthorizedException: Invalid session for the user, session is expired.",
            TestApp.Outcome(await app.Respond(
                second, "ana", ("EMAIL_OTP_CODE", world.LastEmailCode()))));
    }

    [Fact]
    public async Task A_code_does_not_survive_the_address_it_went_to()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await Ana(world));
        var challenge = await app.Start("ana", "EMAIL_OTP");
        await world.Must(
            "AdminUpdateUserAttributes",
            new
            {
                UserPoolId = app.Pool.Id,
                Username = "ana",
                UserAttributes = Calls.Attributes("email=other@example.com"),
            });

        Assert.Equal(
            Mismatch,
            TestApp.Outcome(await app.Respond(challenge, "ana", ("EMAIL_OTP_CODE", world.LastEmailCode()))));
    }

    [Theory]
    [InlineData("disabled", Invalid)]
    [InlineData("disabled and enabled", Invalid)]
    [InlineData("RESET_REQUIRED", Reset)]
    [InlineData("FORCE_CHANGE_PASSWORD", Mismatch)]
    public async Task What_happens_to_the_user_meanwhile_counts(string what, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await Ana(world));
        var challenge = await app.Start("ana", "EMAIL_OTP");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        if (what.StartsWith("disabled", StringComparison.Ordinal))
            await world.Admin(app.Pool, "AdminDisableUser", "ana");
        else await world.SetStatus(app.Pool.Id, "ana", what);
        if (what == "disabled and enabled") await world.Admin(app.Pool, "AdminEnableUser", "ana");

        Assert.Equal(
            expected,
            TestApp.Outcome(await app.Respond(challenge, "ana", ("EMAIL_OTP_CODE", world.LastEmailCode()))));
    }

    [Theory]
    [InlineData("LEGACY", "NotAuthorizedException: User is disabled.")]
    [InlineData("ENABLED", "EMAIL_OTP")]
    public async Task A_disabled_user_gets_no_code(string existence, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(
            world, await Ana(world, new { PreventUserExistenceErrors = existence }));
        await world.Admin(app.Pool, "AdminDisableUser", "ana");

        Assert.Equal(expected, TestApp.Outcome(await app.Start("ana", "EMAIL_OTP")));
        Assert.Empty(world.Email.Sent);
    }

    // Where existence is hidden the right code has to be there first.
    [Theory]
    [InlineData("LEGACY", false)]
    [InlineData("ENABLED", false)]
    [InlineData("LEGACY", true)]
    [InlineData("ENABLED", true)]
    public async Task Until_the_password_is_reset_no_code_signs_in(string existence, bool chooses)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(
            world, await Ana(world, new { PreventUserExistenceErrors = existence }));
        var begun = await app.Start("ana");
        await world.Admin(app.Pool, "AdminResetUserPassword", "ana");
        var (isHidden, mails) = (existence == "ENABLED", world.Email.Sent.Count);

        var asked = chooses
            ? await app.Choose(begun, "ana", "EMAIL_OTP")
            : await app.Start("ana", "EMAIL_OTP");

        Assert.Equal(isHidden ? "EMAIL_OTP" : Reset, TestApp.Outcome(asked));
        Assert.Equal(isHidden ? mails + 1 : mails, world.Email.Sent.Count);
        if (!isHidden) return;
        var (code, unknown) = (world.LastEmailCode(), await app.Start("nobody", "EMAIL_OTP"));
        Assert.Equal(ChoiceApp.Offered(unknown), ChoiceApp.Offered(asked));
        Assert.Equal(Mismatch, await Answered(MfaPools.Other(code)));
        Assert.Equal(Reset, await Answered(code));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.Public(
            app.Pool,
            "ConfirmForgotPassword",
            "ana",
            new { ConfirmationCode = world.LastSmsCode(), Password = "New-1234!" });
        Assert.Equal("CONFIRMED", await app.Pool.StatusOf("ana"));
        Assert.Equal(Invalid, await Answered(code));

        async Task<string> Answered(string digits) =>
            TestApp.Outcome(await app.Respond(asked, "ana", ("EMAIL_OTP_CODE", digits)));
    }

    [Fact]
    public async Task Guesses_are_counted_whatever_the_session_of_the_sign_in()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await Ana(world));
        var challenge = await app.Start("ana", "EMAIL_OTP");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(
                Mismatch,
                TestApp.Outcome(await app.Respond(
                    challenge, "ana", ("EMAIL_OTP_CODE", MfaPools.Other(world.LastEmailCode())))));
            challenge = await app.Choose(challenge, "ana", "EMAIL_OTP");
        }

        Assert.Equal(
            "NotAuthorizedException: Invalid session for the user, session is expired.",
            TestApp.Outcome(await app.Respond(challenge, "ana", ("EMAIL_OTP_CODE", world.LastEmailCode()))));
    }

    [Theory]
    [InlineData("ana")]
    [InlineData("nobody")]
    public async Task So_many_codes_are_sent_in_an_hour(string name)
    {
        await using var world = await World.Start(DatabaseKind.Memory, new() { SignInCodeRequests = 3 });
        var app = new ChoiceApp(
            world, await Ana(world, new { PreventUserExistenceErrors = "ENABLED" }));
        for (var i = 0; i < 3; i++) Assert.True((await app.Start(name, "EMAIL_OTP")).IsSuccess);

        Assert.Equal("TooManyRequestsException", (await app.Start(name, "EMAIL_OTP")).Code);
        Assert.Equal("TooManyRequestsException", (await app.Start(name, "SMS_OTP")).Code);
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True((await app.Start(name, "SMS_OTP")).IsSuccess);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_right_codes_at_once_one_signs_in(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new ChoiceApp(world, await Ana(world));
        var challenge = await app.Start("ana", "EMAIL_OTP");
        var code = world.LastEmailCode();

        var answers = await world.Burst(
            5,
            "RespondToAuthChallenge",
            _ => new
            {
                app.Pool.ClientId,
                ChallengeName = "EMAIL_OTP",
                Session = MfaPools.SessionOf(challenge),
                ChallengeResponses = new { USERNAME = "ana", EMAIL_OTP_CODE = code },
            });

        Assert.Equal(1, answers["200"]);
    }

    // Names that people have beside names that nobody has: the same masks, the same ways in.
    [Theory]
    [InlineData("email", "ana@corp.example", "ghost@corp.example", "EMAIL_OTP")]
    [InlineData("phone_number", "+4915112345678", "+4915112345999", "SMS_OTP")]
    public async Task A_name_that_nobody_has_seems_to_get_a_code_where_it_says(
        string attribute, string name, string nobody, string challenge)
    {
        foreach (var isAlias in (bool[])[false, true])
        {
            await using var world = await World.Start(DatabaseKind.Memory);
            object names = isAlias
                ? new { AliasAttributes = (string[])["email", "phone_number"] }
                : new { UsernameAttributes = (string[])["email", "phone_number"] };
            var app = new ChoiceApp(world, await PasskeyPools.Create(
                world, "pes", names, new { PreventUserExistenceErrors = "ENABLED" }));
            await app.Pool.ConfirmedUser(
                isAlias ? "ana" : name,
                attribute == "email" ? name : null,
                attribute == "phone_number" ? name : null);
            if (attribute == "phone_number")
            {
                await world.Admin(
                    app.Pool, "AdminUpdateUserAttributes", name,
                    new { UserAttributes = Calls.Attributes("phone_number_verified=true") });
            }

            var (known, unknown) = (await app.Start(name, challenge), await app.Start(nobody, challenge));

            Assert.Equal(ChoiceApp.Offered(known), ChoiceApp.Offered(unknown));
            Assert.Equal(Mask(nobody), Destination(unknown));
            Assert.Equal(Mask(name), Destination(known));
        }

        static string Mask(string contact) => contact[0] == '+'
            ? "+" + new string('*', contact.Length - 5) + contact[^4..]
            : $"{contact[0]}***@{contact[contact.IndexOf('@') + 1]}***";

        static string Destination(Answer answer) =>
            answer["ChallengeParameters"]!["CODE_DELIVERY_DESTINATION"]!.GetValue<string>();
    }

    private static async Task<TestPool> Ana(World world, object? client = null)
    {
        var pool = await PasskeyPools.Create(world, "pes", client: client);
        await pool.ConfirmedUser("ana", "ana@example.com", "+15550001234");
        return pool;
    }
}
