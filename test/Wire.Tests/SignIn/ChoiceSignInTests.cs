using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>USER_AUTH: which ways in a user is offered, and how one is chosen.</summary>
public sealed class ChoiceSignInTests
{
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";
    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";
    private const string Spent =
        "NotAuthorizedException: Invalid session for the user, session can only be used once.";

    [Theory, EachDatabase]
    public async Task Lets_the_user_choose_and_goes_on_with_the_choice(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "pesw"));
        await world.UserWithPasskey(app.Pool, "ana", world.Steady());
        world.Transcript.Clear();

        var choice = await app.Start("ana");
        await app.Choose(choice, "ana", "WEB_AUTHN");
        var password = await app.Choose(choice, "ana", "PASSWORD");
        await app.Respond(password, "ana", ("PASSWORD", TestPool.Password));

        world.Transcript.ShouldMatchApproved();
    }

    // Letters of first factors, status, contacts; what is offered.
    [Theory]
    [InlineData("p", "CONFIRMED", "ep", "PASSWORD_SRP PASSWORD")]
    [InlineData("pe", "CONFIRMED", "e", "PASSWORD_SRP PASSWORD EMAIL_OTP")]
    [InlineData("ep", "CONFIRMED", "e", "PASSWORD_SRP PASSWORD EMAIL_OTP")]
    [InlineData("pes", "CONFIRMED", "ep", "PASSWORD_SRP PASSWORD EMAIL_OTP SMS_OTP")]
    [InlineData("pes", "CONFIRMED", "p", "PASSWORD_SRP PASSWORD SMS_OTP")]
    [InlineData("pes", "CONFIRMED", "", "PASSWORD_SRP PASSWORD")]
    [InlineData("es", "CONFIRMED", "e", "EMAIL_OTP")]
    [InlineData("pe", "FORCE_CHANGE_PASSWORD", "e", "PASSWORD_SRP PASSWORD")]
    [InlineData("pe", "UNCONFIRMED", "e", "PASSWORD_SRP PASSWORD EMAIL_OTP")]
    [InlineData("pw", "CONFIRMED", "e", "PASSWORD_SRP PASSWORD")]
    public async Task Offers_what_the_pool_allows_and_the_user_has(
        string factors, string status, string contacts, string offered)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, factors));
        await app.Pool.ConfirmedUser(
            "ana",
            contacts.Contains('e') ? "ana@example.com" : null,
            contacts.Contains('p') ? "+15550001234" : null);
        await world.SetStatus(app.Pool.Id, "ana", status);

        var answer = await app.Start("ana");

        Assert.Equal("SELECT_CHALLENGE", TestApp.Outcome(answer));
        Assert.Equal(offered, ChoiceApp.Offered(answer));
        Assert.Empty(answer["ChallengeParameters"]!.AsObject());
    }

    [Theory]
    [InlineData("PASSWORD", "PASSWORD")]
    [InlineData("PASSWORD_SRP", "PASSWORD_SRP")]
    [InlineData("EMAIL_OTP", "EMAIL_OTP")]
    [InlineData("SMS_OTP", "SELECT_CHALLENGE")]
    [InlineData("WEB_AUTHN", "SELECT_CHALLENGE")]
    public async Task Begins_with_the_preferred_way_in_where_it_can(string preferred, string challenge)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "pesw"));
        await app.Pool.ConfirmedUser("ana", "ana@example.com");

        var answer = await app.Start("ana", preferred);

        Assert.Equal(challenge, TestApp.Outcome(answer));
        Assert.Equal("PASSWORD_SRP PASSWORD EMAIL_OTP", ChoiceApp.Offered(answer));
    }

    [Fact]
    public async Task Takes_the_password_at_once_or_with_the_choice_or_when_asked()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "p"));
        await app.Pool.ConfirmedUser("ana");
        var (right, wrong) = (("PASSWORD", TestPool.Password), ("PASSWORD", "Wrong-1234!"));

        Assert.Equal("tokens", TestApp.Outcome(await app.Start("ana", "PASSWORD", right)));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Start("ana", "PASSWORD", wrong)));
        var choice = await app.Start("ana");
        Assert.Equal(Wrong, TestApp.Outcome(await app.Choose(choice, "ana", "PASSWORD", wrong)));
        Assert.Equal(Spent, TestApp.Outcome(await app.Choose(choice, "ana", "PASSWORD", right)));
        choice = await app.Start("ana");
        Assert.Equal("tokens", TestApp.Outcome(await app.Choose(choice, "ana", "PASSWORD", right)));
        var asked = await app.Start("ana", "PASSWORD");
        Assert.Equal("tokens", TestApp.Outcome(await app.Respond(asked, "ana", right)));
        Assert.Equal(Spent, TestApp.Outcome(await app.Respond(asked, "ana", right)));
    }

    [Fact]
    public async Task Proves_the_password_by_SRP_at_once_or_with_the_choice_or_when_asked()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "p"));
        await app.Pool.ConfirmedUser("ana");
        var srp = new SrpClient();
        var a = ("SRP_A", srp.PublicHex);

        Answer[] begun =
        [
            await app.Start("ana", "PASSWORD_SRP", a),
            await app.Choose(await app.Start("ana"), "ana", "PASSWORD_SRP", a),
            await app.Respond(await app.Start("ana", "PASSWORD_SRP"), "ana", a),
        ];

        foreach (var challenge in begun)
        {
            Assert.Equal("PASSWORD_VERIFIER", TestApp.Outcome(challenge));
            Assert.Equal("tokens", TestApp.Outcome(await app.Plain.Answer(
                "PASSWORD_VERIFIER", MfaPools.SessionOf(challenge), app.Plain.Proof(challenge, srp))));
        }
    }

    [Fact]
    public async Task The_user_changes_to_another_way_in()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "pew"));
        await world.UserWithPasskey(app.Pool, "ana");

        var challenge = await app.Start("ana", "WEB_AUTHN");
        foreach (var next in (string[])["EMAIL_OTP", "PASSWORD_SRP", "PASSWORD", "WEB_AUTHN", "EMAIL_OTP"])
        {
            challenge = await app.Choose(challenge, "ana", next);
            Assert.Equal(next, TestApp.Outcome(challenge));
        }

        Assert.Equal(
            "tokens",
            TestApp.Outcome(await app.Respond(challenge, "ana", ("EMAIL_OTP_CODE", world.LastEmailCode()))));
    }

    [Fact]
    public async Task A_temporary_password_has_to_be_replaced()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "p"));
        await app.Pool.InvitedUser("ana");

        var challenge = await app.Start("ana", "PASSWORD", ("PASSWORD", TestPool.Password));

        Assert.Equal("NEW_PASSWORD_REQUIRED", TestApp.Outcome(challenge));
        Assert.Equal(
            "tokens", TestApp.Outcome(await app.Respond(challenge, "ana", ("NEW_PASSWORD", "New-1234!"))));
    }

    [Fact]
    public async Task After_the_password_comes_the_second_factor_and_nothing_else_can_begin()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world, "pew", MfaPools.Sms("OFF"));
        var app = new ChoiceApp(world, pool);
        await world.UserWithPasskey(pool, "ana");
        await world.Must("SetUserPoolMfaConfig", new { UserPoolId = pool.Id, MfaConfiguration = "OPTIONAL" });
        Assert.Equal(
            "PASSWORD_SRP PASSWORD EMAIL_OTP WEB_AUTHN", ChoiceApp.Offered(await app.Start("ana")));
        await world.Must(
            "AdminSetUserMFAPreference",
            new { UserPoolId = pool.Id, Username = "ana", SMSMfaSettings = new { Enabled = true } });

        var choice = await app.Start("ana", "EMAIL_OTP");
        Assert.Equal("SELECT_CHALLENGE", TestApp.Outcome(choice));
        Assert.Equal("PASSWORD_SRP PASSWORD", ChoiceApp.Offered(choice));
        var challenge = await app.Choose(choice, "ana", "PASSWORD", ("PASSWORD", TestPool.Password));
        Assert.Equal("SMS_MFA", TestApp.Outcome(challenge));
        Assert.Equal(
            "tokens",
            TestApp.Outcome(await app.Respond(challenge, "ana", ("SMS_MFA_CODE", world.LastSmsCode()))));
        // What was begun before the factor was switched on does not get round it.
        Assert.Equal(Invalid, TestApp.Outcome(await app.Choose(challenge, "ana", "PASSWORD")));
    }

    [Fact]
    public async Task A_server_signs_users_in_as_well()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world, "pe", client: new { GenerateSecret = true });
        var app = new ChoiceApp(world, pool, byAdministrator: true);
        await pool.ConfirmedUser("ana", "ana@example.com");

        var choice = await app.Start("ana");
        var challenge = await app.Choose(choice, "ana", "EMAIL_OTP");

        Assert.Equal("PASSWORD_SRP PASSWORD EMAIL_OTP", ChoiceApp.Offered(choice));
        Assert.Equal(
            "tokens",
            TestApp.Outcome(await app.Respond(challenge, "ana", ("EMAIL_OTP_CODE", world.LastEmailCode()))));
    }

    [Fact]
    public async Task Refuses_what_is_no_choice()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "pe"));
        await app.Pool.ConfirmedUser("ana", "ana@example.com");
        await app.Pool.ConfirmedUser("ben");
        var choice = await app.Start("ana");

        Assert.Equal("InvalidParameterException", (await app.Start("ana", "CUSTOM_CHALLENGE")).Code);
        Assert.Equal("InvalidParameterException", (await app.Choose(choice, "ana", "WEB_AUTHN")).Code);
        Assert.Equal("InvalidParameterException", (await app.Choose(choice, "ana", "x")).Code);
        Assert.Equal(
            "InvalidParameterException: Missing required parameter ANSWER",
            TestApp.Outcome(await app.Respond(choice, "ana")));
        Assert.Equal(Invalid, TestApp.Outcome(await app.Choose(choice, "ben", "PASSWORD")));
        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            TestApp.Outcome(await app.Choose(choice, "nobody", "PASSWORD")));
        Assert.Equal(Invalid, TestApp.Outcome(await app.Plain.Answer(
            "PASSWORD", MfaPools.SessionOf(choice), ("USERNAME", "ana"), ("PASSWORD", TestPool.Password))));
        var elsewhere = new ChoiceApp(
            world, await app.Pool.AnotherClient(new { ExplicitAuthFlows = PasskeyPools.Flows }));
        Assert.Equal(Invalid, TestApp.Outcome(await elsewhere.Choose(choice, "ana", "PASSWORD")));
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(
            "NotAuthorizedException: Invalid session for the user, session is expired.",
            TestApp.Outcome(await app.Choose(choice, "ana", "PASSWORD")));
    }

    [Fact]
    public async Task Does_not_take_the_session_of_another_flow()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world, "pe");
        var app = new ChoiceApp(world, pool);
        await pool.InvitedUser("ana", "ana@example.com");

        var challenge = await app.Plain.Password("ana");

        Assert.Equal("NEW_PASSWORD_REQUIRED", TestApp.Outcome(challenge));
        Assert.Equal(Invalid, TestApp.Outcome(await app.Choose(challenge, "ana", "PASSWORD")));
    }

    [Theory]
    [InlineData("disabled", "NotAuthorizedException: User is disabled.")]
    [InlineData("RESET_REQUIRED", "PasswordResetRequiredException: Password reset required for the user")]
    [InlineData("UNCONFIRMED", "UserNotConfirmedException: User is not confirmed.")]
    public async Task Statuses_stand_in_the_way_of_the_password(string status, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "p"));
        await app.Pool.ConfirmedUser("ana");
        if (status == "disabled") await world.Admin(app.Pool, "AdminDisableUser", "ana");
        else await world.SetStatus(app.Pool.Id, "ana", status);

        Assert.Equal(
            expected,
            TestApp.Outcome(await app.Start("ana", "PASSWORD", ("PASSWORD", TestPool.Password))));
    }

    [Fact]
    public async Task Wrong_passwords_count_whatever_the_flow()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "p"));
        await app.Pool.ConfirmedUser("ana");

        for (var i = 0; i < 5; i++) await app.Start("ana", "PASSWORD", ("PASSWORD", "Wrong-1234!"));

        Assert.Equal(
            "NotAuthorizedException: Password attempts exceeded",
            TestApp.Outcome(await app.Plain.Password("ana")));
    }

    [Theory]
    [InlineData("pe", "PASSWORD_SRP PASSWORD EMAIL_OTP")]
    [InlineData("e", "EMAIL_OTP")]
    [InlineData("pw", "PASSWORD_SRP PASSWORD")]
    public async Task Nobody_seems_to_be_there_and_stays_the_same(string factors, string offered)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(
            world, factors, client: new { PreventUserExistenceErrors = "ENABLED" });
        var app = new ChoiceApp(world, pool);
        await pool.ConfirmedUser("ana", "ana@example.com");

        var length = MfaPools.SessionOf(await app.Start("ana")).Length;
        foreach (var name in (string[])["ana", "nobody", "nobody"])
        {
            var choice = await app.Start(name);
            Assert.Equal(length, MfaPools.SessionOf(choice).Length);
            Assert.Equal("SELECT_CHALLENGE", TestApp.Outcome(choice));
            Assert.Equal(offered, ChoiceApp.Offered(choice));
            if (!factors.Contains('p')) continue;
            Assert.Equal(
                Wrong,
                TestApp.Outcome(await app.Choose(choice, name, "PASSWORD", ("PASSWORD", "Wrong-1234!"))));
            var srp = new SrpClient();
            var verifier = await app.Start(name, "PASSWORD_SRP", ("SRP_A", srp.PublicHex));
            Assert.Equal("PASSWORD_VERIFIER", TestApp.Outcome(verifier));
            Assert.Equal(Wrong, TestApp.Outcome(await app.Plain.Prove(verifier, srp, "Wrong-1234!")));
        }
    }

    [Fact]
    public async Task Codes_for_nobody_look_like_any_other_and_are_never_right()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(
            world, "pes", client: new { PreventUserExistenceErrors = "ENABLED" });
        var app = new ChoiceApp(world, pool);

        var first = await app.Start("nobody", "EMAIL_OTP");
        var second = await app.Start("nobody", "EMAIL_OTP");
        var sms = await app.Start("nobody", "SMS_OTP");

        Assert.Equal(
            first["ChallengeParameters"]!.ToJsonString(), second["ChallengeParameters"]!.ToJsonString());
        Assert.Matches(
            @"^[a-z]\*\*\*@[a-z]\*\*\*$",
            first["ChallengeParameters"]!["CODE_DELIVERY_DESTINATION"]!.GetValue<string>());
        Assert.Matches(
            @"^\+\*+\d{4}$", sms["ChallengeParameters"]!["CODE_DELIVERY_DESTINATION"]!.GetValue<string>());
        Assert.Empty(world.Email.Sent);
        Assert.Equal(
            "CodeMismatchException: Invalid code or auth state for the user.",
            TestApp.Outcome(await app.Respond(first, "nobody", ("EMAIL_OTP_CODE", "12345678"))));
        Assert.Equal(
            "n***@e***",
            (await app.Start("nobody@example.com", "EMAIL_OTP"))
                ["ChallengeParameters"]!["CODE_DELIVERY_DESTINATION"]!.GetValue<string>());
    }

    [Fact]
    public async Task Clients_that_reveal_existence_say_that_nobody_is_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "pe"));

        Assert.Equal(
            "UserNotFoundException: User does not exist.", TestApp.Outcome(await app.Start("nobody")));
    }
}
