using Lifeguard.Worlds;
using Lifeguard.Worlds.Passkeys;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>WEB_AUTHN: signing in with a passkey.</summary>
public sealed class PasskeySignInTests
{
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";
    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";
    private const string NoCredential = "InvalidParameterException: Credential data is not valid";

    [Theory, EachDatabase]
    public async Task Signs_in_with_a_passkey_that_counts_its_uses(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world));
        var authenticator = world.Steady();
        authenticator.Counts = true;
        authenticator.Transports = ["usb"];
        await world.UserWithPasskey(app.Pool, "ana", authenticator);
        world.Transcript.Clear();

        var challenge = await app.Start("ana", "WEB_AUTHN");
        var credential = ChoiceApp.Credential(challenge, authenticator);
        await app.Respond(challenge, "ana", ("CREDENTIAL", credential));
        await app.Respond(challenge, "ana", ("CREDENTIAL", credential));

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("RS256")]
    public async Task Signs_in_again_and_again(string algorithm)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var aliases = new { AliasAttributes = new[] { "email" } };
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, settings: aliases));
        var authenticator = await world.UserWithPasskey(
            app.Pool, "ana", algorithm == "ES256" ? new() : world.Steady());

        for (var i = 0; i < 3; i++)
            Assert.Equal("tokens", TestApp.Outcome(await app.Passkey("ana", authenticator)));
        authenticator.SaysWhose = false;
        Assert.Equal("tokens", TestApp.Outcome(await app.Passkey("ana@example.com", authenticator)));
    }

    [Fact]
    public async Task Takes_the_proof_with_the_choice()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world));
        var authenticator = await world.UserWithPasskey(app.Pool, "ana");
        var challenge = await app.Start("ana", "WEB_AUTHN");

        var answer = await app.Choose(
            challenge, "ana", "WEB_AUTHN", ("CREDENTIAL", ChoiceApp.Credential(challenge, authenticator)));

        Assert.Equal("tokens", TestApp.Outcome(answer));
    }

    [Fact]
    public async Task Any_of_the_user_s_passkeys_will_do_and_nobody_else_s()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world));
        var anas = await world.UserWithPasskey(app.Pool, "ana");
        var second = await world.RegisterPasskey(await app.Pool.AccessTokenOf("ana"));
        await app.Pool.ConfirmedUser("ben");
        var bens = await world.RegisterPasskey(await app.Pool.AccessTokenOf("ben"));

        var allowed = ChoiceApp.Options(await app.Start("ana", "WEB_AUTHN"))["allowCredentials"]!.AsArray()
            .Select(each => each!["id"]!.GetValue<string>());
        Assert.Equal(new[] { anas.IdText, second.IdText }.Order(), allowed.Order());
        Assert.Equal("tokens", TestApp.Outcome(await app.Passkey("ana", second)));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Passkey("ana", bens)));
        bens.Id = anas.Id;
        Assert.Equal(Wrong, TestApp.Outcome(await app.Passkey("ana", bens)));
        bens.UserHandle = anas.UserHandle;
        Assert.Equal(Wrong, TestApp.Outcome(await app.Passkey("ana", bens)));
    }

    [Fact]
    public async Task Every_rule_of_the_ceremony_is_kept()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world));
        var authenticator = await world.UserWithPasskey(app.Pool, "ana");

        Assert.Equal(Wrong, await With(each => each.Origin = "https://badexample.org"));
        Assert.Equal(Wrong, await With(each => each.IsUserPresent = false));
        Assert.Equal(Wrong, await With(each => each.IsSynced = false));
        Assert.Equal(Wrong, await With(each => each.AlterClientData = data => data["challenge"] = "AAAA"));
        Assert.Equal(Wrong, await With(each => each.AlterClientData = data => data["crossOrigin"] = true));
        Assert.Equal(
            NoCredential,
            await With(each => each.AlterClientData = data => data["type"] = "webauthn.create"));
        Assert.Equal(
            Wrong, await With(each => each.AlterProof = bytes => [.. bytes[..^1], (byte)~bytes[^1]]));
        Assert.Equal("tokens", await With(_ => { }));

        async Task<string> With(Action<SoftwareAuthenticator> alter)
        {
            (authenticator.Origin, authenticator.IsUserPresent, authenticator.IsSynced) =
                ("https://example.org", true, true);
            (authenticator.AlterClientData, authenticator.AlterProof) = (null, bytes => bytes);
            alter(authenticator);
            return TestApp.Outcome(await app.Passkey("ana", authenticator));
        }
    }

    [Fact]
    public async Task A_copy_of_a_key_is_found_out_by_its_counter()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world));
        var authenticator = await world.UserWithPasskey(app.Pool, "ana", new() { Counts = true });
        Assert.Equal("tokens", TestApp.Outcome(await app.Passkey("ana", authenticator)));
        Assert.Equal("tokens", TestApp.Outcome(await app.Passkey("ana", authenticator)));

        authenticator.SignCount = 1;

        Assert.Equal(Wrong, TestApp.Outcome(await app.Passkey("ana", authenticator)));
        Assert.Equal("tokens", TestApp.Outcome(await app.Passkey("ana", authenticator)));
    }

    [Fact]
    public async Task A_challenge_is_for_one_session_and_a_session_for_one_proof()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world));
        var authenticator = await world.UserWithPasskey(app.Pool, "ana");
        var (first, second) = (await app.Start("ana", "WEB_AUTHN"), await app.Start("ana", "WEB_AUTHN"));
        var credential = ("CREDENTIAL", ChoiceApp.Credential(first, authenticator));

        Assert.NotEqual(
            ChoiceApp.Options(first)["challenge"]!.GetValue<string>(),
            ChoiceApp.Options(second)["challenge"]!.GetValue<string>());
        Assert.Equal(Wrong, TestApp.Outcome(await app.Respond(second, "ana", credential)));
        Assert.Equal("tokens", TestApp.Outcome(await app.Respond(first, "ana", credential)));
        Assert.Equal(
            "NotAuthorizedException: Invalid session for the user, session can only be used once.",
            TestApp.Outcome(await app.Respond(first, "ana", credential)));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_equal_proofs_at_once_one_signs_in(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world));
        var authenticator = await world.UserWithPasskey(app.Pool, "ana", new() { Counts = true });
        var challenge = await app.Start("ana", "WEB_AUTHN");
        var credential = ChoiceApp.Credential(challenge, authenticator);

        var answers = await world.Burst(
            8,
            "RespondToAuthChallenge",
            _ => new
            {
                app.Pool.ClientId,
                ChallengeName = "WEB_AUTHN",
                Session = MfaPools.SessionOf(challenge),
                ChallengeResponses = new { USERNAME = "ana", CREDENTIAL = credential },
            });

        Assert.Equal(1, answers["200"]);
    }

    [Fact]
    public async Task What_is_no_credential_is_refused()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world));
        var authenticator = await world.UserWithPasskey(app.Pool, "ana");
        var challenge = await app.Start("ana", "WEB_AUTHN");

        string[] texts = ["{", "7", "{}", "\0", new string('[', 1000), """{"id":"AA","rawId":"AA"}"""];
        foreach (var text in texts)
        {
            Assert.Equal(
                NoCredential, TestApp.Outcome(await app.Respond(challenge, "ana", ("CREDENTIAL", text))));
        }

        Assert.Equal(
            "InvalidParameterException: Missing required parameter CREDENTIAL",
            TestApp.Outcome(await app.Respond(challenge, "ana")));
        Assert.Equal("tokens", TestApp.Outcome(await app.Respond(
            challenge, "ana", ("CREDENTIAL", ChoiceApp.Credential(challenge, authenticator)))));
    }

    [Theory]
    [InlineData("deleted passkey", Wrong)]
    [InlineData("other relying party", Wrong)]
    [InlineData("no passkeys", Wrong)]
    [InlineData("disabled", Invalid)]
    [InlineData("RESET_REQUIRED", "PasswordResetRequiredException: Password reset required for the user")]
    [InlineData("UNCONFIRMED", "UserNotConfirmedException: User is not confirmed.")]
    public async Task What_happens_meanwhile_counts(string what, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world);
        var app = new ChoiceApp(world, pool);
        var authenticator = await world.UserWithPasskey(pool, "ana");
        var accessToken = await pool.AccessTokenOf("ana");
        var challenge = await app.Start("ana", "WEB_AUTHN");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await Happen();

        Assert.Equal(expected, TestApp.Outcome(await app.Respond(
            challenge, "ana", ("CREDENTIAL", ChoiceApp.Credential(challenge, authenticator)))));

        Task Happen() => what switch
        {
            "deleted passkey" => world.Must(
                "DeleteWebAuthnCredential",
                new { AccessToken = accessToken, CredentialId = authenticator.IdText }),
            "other relying party" =>
                PasskeyPools.Configure(world, pool, new { RelyingPartyId = "other.example.org" }),
            "no passkeys" => world.Must(
                "UpdateUserPool",
                new
                {
                    UserPoolId = pool.Id,
                    Policies = new { SignInPolicy = new { AllowedFirstAuthFactors = new[] { "PASSWORD" } } },
                }),
            "disabled" => world.Admin(pool, "AdminDisableUser", "ana"),
            _ => world.SetStatus(pool.Id, "ana", what),
        };
    }

    [Fact]
    public async Task Passkeys_of_another_relying_party_are_not_asked_for()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world));
        await world.UserWithPasskey(app.Pool, "ana");
        await PasskeyPools.Configure(world, app.Pool, new { RelyingPartyId = "other.example.org" });

        var answer = await app.Start("ana", "WEB_AUTHN");

        Assert.Equal("SELECT_CHALLENGE", TestApp.Outcome(answer));
        Assert.Equal("PASSWORD_SRP PASSWORD", ChoiceApp.Offered(answer));
    }

    [Fact]
    public async Task A_verified_user_with_a_passkey_needs_no_second_factor_where_the_pool_says_so()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, authenticator) = await PasskeyAsBothFactors(world);
        Assert.Equal("PASSWORD_SRP PASSWORD", ChoiceApp.Offered(await app.Start("ana")));

        await SwitchOn(world, app, passkeys: true);
        var challenge = await app.Start("ana", "WEB_AUTHN");
        Assert.Equal("PASSWORD_SRP PASSWORD WEB_AUTHN", ChoiceApp.Offered(challenge));
        Assert.Equal(
            "required", ChoiceApp.Options(challenge)["userVerification"]!.GetValue<string>());
        Assert.Equal("tokens", TestApp.Outcome(await app.Passkey("ana", authenticator)));

        authenticator.IsUserVerified = false;
        Assert.Equal(Wrong, TestApp.Outcome(await app.Passkey("ana", authenticator)));
        // The password still needs a second one.
        Assert.Equal(
            "SMS_MFA",
            TestApp.Outcome(await app.Start("ana", "PASSWORD", ("PASSWORD", TestPool.Password))));
    }

    [Fact]
    public async Task A_passkey_alone_does_not_do_where_it_is_one_factor_of_two()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, authenticator) = await PasskeyAsBothFactors(world);
        await SwitchOn(world, app, passkeys: true);
        var challenge = await app.Start("ana", "WEB_AUTHN");
        await SwitchOn(world, app, passkeys: false);

        Assert.Equal(Wrong, TestApp.Outcome(await app.Respond(
            challenge, "ana", ("CREDENTIAL", ChoiceApp.Credential(challenge, authenticator)))));
    }

    [Fact]
    public async Task The_factors_of_a_user_show_passkeys()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world, "pw");
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");
        string[] before = ["PASSWORD"];
        string[] after = ["PASSWORD", "WEB_AUTHN"];

        Assert.Equal(before, await Factors(accessToken));
        await world.RegisterPasskey(accessToken);
        Assert.Equal(after, await Factors(accessToken));
        Assert.Equal(after, Names(await world.Admin(pool, "AdminGetUserAuthFactors", "ana")));

        async Task<string[]> Factors(string token) =>
            Names(await world.Must("GetUserAuthFactors", new { AccessToken = token }));

        static string[] Names(Answer answer) =>
        [
            .. answer["ConfiguredUserAuthFactors"]!.AsArray().Select(each => each!.GetValue<string>()),
        ];
    }

    private static async Task<(ChoiceApp App, SoftwareAuthenticator Authenticator)> PasskeyAsBothFactors(
        World world)
    {
        var pool = await PasskeyPools.Create(
            world,
            settings: MfaPools.Sms("OFF"),
            configuration: new
            {
                RelyingPartyId = PasskeyPools.Party,
                FactorConfiguration = "MULTI_FACTOR_WITH_USER_VERIFICATION",
            });
        var authenticator = await world.UserWithPasskey(pool, "ana");
        await world.Must("SetUserPoolMfaConfig", new { UserPoolId = pool.Id, MfaConfiguration = "ON" });
        return (new(world, pool), authenticator);
    }

    private static Task<Answer> SwitchOn(World world, ChoiceApp app, bool passkeys) => world.Must(
        "AdminSetUserMFAPreference",
        new
        {
            UserPoolId = app.Pool.Id,
            Username = "ana",
            SMSMfaSettings = new { Enabled = true },
            WebAuthnMfaSettings = new { Enabled = passkeys },
        });
}
