using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Lifeguard.Worlds.Passkeys;
using Xunit;

namespace Lifeguard.Wire.Tests.Passkeys;

public sealed class CompleteWebAuthnRegistrationTests
{
    private const string Invalid = "InvalidParameterException: Credential data is not valid";

    [Theory, EachDatabase]
    public async Task Stores_the_passkey_that_the_authenticator_has_made(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (_, accessToken) = await Ana(world);
        var authenticator = world.Steady();
        authenticator.Transports = ["usb", "nfc", "usb"];
        authenticator.Attachment = "cross-platform";
        authenticator.Aaguid = Guid.Empty;
        authenticator.Counts = true;
        authenticator.SignCount = 5;
        var credential = authenticator.Create(await world.StartPasskey(accessToken));
        world.Transcript.Clear();

        await world.CompletePasskey(accessToken, credential);
        await world.CompletePasskey(accessToken, credential);
        await world.Call("ListWebAuthnCredentials", new { AccessToken = accessToken });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("ES256", "200")]
    [InlineData("RS256", "200")]
    [InlineData("EdDSA", "WebAuthnCredentialNotSupportedException")]
    [InlineData("ES384", "WebAuthnCredentialNotSupportedException")]
    public async Task Takes_the_algorithms_that_were_offered(string algorithm, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (_, accessToken) = await Ana(world);
        var authenticator = algorithm switch
        {
            "ES256" => new SoftwareAuthenticator(),
            "RS256" => world.Steady(),
            "EdDSA" => new SoftwareAuthenticator(PasskeyKey.EdDsa()),
            _ => new SoftwareAuthenticator(PasskeyKey.Es384()),
        };

        var answer = await Register(world, accessToken, authenticator);

        Assert.Equal(expected, answer.Code ?? "200");
    }

    [Fact]
    public async Task Takes_statements_that_hold_and_none_at_all()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (_, accessToken) = await Ana(world);

        Assert.Equal("200", await Outcome(world, accessToken, new() { Statement = PasskeyStatement.Self }));
        Assert.Equal(
            "200", await Outcome(world, accessToken, new() { Statement = PasskeyStatement.Certified() }));
        Assert.Equal(
            "WebAuthnCredentialNotSupportedException",
            await Outcome(world, accessToken, new()
            {
                Statement = PasskeyStatement.Certified(new() { IsAuthority = true }),
            }));
    }

    [Theory]
    [InlineData("https://example.org", "200")]
    [InlineData("https://app.example.org:8443", "200")]
    [InlineData("http://example.org", "WebAuthnOriginNotAllowedException")]
    [InlineData("https://badexample.org", "WebAuthnOriginNotAllowedException")]
    [InlineData("https://example.org.evil.test", "WebAuthnOriginNotAllowedException")]
    public async Task The_page_has_to_be_the_relying_party_s(string origin, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (_, accessToken) = await Ana(world);

        Assert.Equal(expected, await Outcome(world, accessToken, new() { Origin = origin }));
    }

    [Fact]
    public async Task A_local_page_needs_no_TLS()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, accessToken) = await Ana(world);
        await PasskeyPools.Configure(world, pool, new { RelyingPartyId = "localhost" });

        Assert.Equal("200", await Outcome(world, accessToken, new() { Origin = "http://localhost:3000" }));
    }

    [Fact]
    public async Task A_passkey_for_another_relying_party_is_refused()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, accessToken) = await Ana(world);
        var options = await world.StartPasskey(accessToken);
        await PasskeyPools.Configure(world, pool, new { RelyingPartyId = "login.example.org" });

        var authenticator = new SoftwareAuthenticator { Origin = "https://login.example.org" };
        Assert.Equal(
            "WebAuthnRelyingPartyMismatchException",
            (await world.CompletePasskey(accessToken, authenticator.Create(options))).Code);
        await PasskeyPools.Configure(world, pool, new { UserVerification = "preferred" });
        Assert.Equal(
            "WebAuthnRelyingPartyMismatchException",
            (await world.CompletePasskey(accessToken, authenticator.Create(options))).Code);
    }

    [Fact]
    public async Task The_user_has_to_be_verified_where_the_pool_requires_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, accessToken) = await Ana(world);

        Assert.Equal("200", await Outcome(world, accessToken, new() { IsUserVerified = false }));
        await PasskeyPools.Configure(
            world, pool, new { RelyingPartyId = PasskeyPools.Party, UserVerification = "required" });
        Assert.Equal(
            "WebAuthnCredentialNotSupportedException",
            await Outcome(world, accessToken, new() { IsUserVerified = false }));
        Assert.Equal("200", await Outcome(world, accessToken, new()));
    }

    [Fact]
    public async Task A_challenge_is_good_for_five_minutes()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (_, accessToken) = await Ana(world);
        var options = await world.StartPasskey(accessToken);
        world.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Equal("200", await Taken(world, accessToken, options));

        options = await world.StartPasskey(accessToken);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.StartsWith("WebAuthnChallengeNotFoundException", await Refused(world, accessToken, options));
    }

    [Fact]
    public async Task A_challenge_is_good_for_one_user_one_client_and_one_passkey()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, anas) = await Ana(world);
        await pool.ConfirmedUser("ben");
        var bens = await pool.AccessTokenOf("ben");
        var options = await world.StartPasskey(anas);
        Assert.StartsWith("WebAuthnChallengeNotFoundException", await Refused(world, bens, options));

        var elsewhere = await pool.AnotherClient();
        Assert.StartsWith(
            "WebAuthnClientMismatchException",
            await Refused(world, await elsewhere.AccessTokenOf("ana"), options));

        Assert.Equal("200", await Taken(world, anas, options));
        Assert.StartsWith("WebAuthnChallengeNotFoundException", await Refused(world, anas, options));

        options["challenge"] = "AAECAwQFBgcICQoLDA0ODw";
        Assert.StartsWith("WebAuthnChallengeNotFoundException", await Refused(world, anas, options));
    }

    [Fact]
    public async Task A_challenge_of_another_pool_is_none()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (_, anas) = await Ana(world);
        var (_, others) = await Ana(world);

        Assert.StartsWith(
            "WebAuthnChallengeNotFoundException",
            await Refused(world, anas, await world.StartPasskey(others)));
    }

    [Fact]
    public async Task An_id_stands_for_one_passkey_of_the_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, anas) = await Ana(world);
        await pool.ConfirmedUser("ben");
        var bens = await pool.AccessTokenOf("ben");
        var authenticator = await world.RegisterPasskey(anas);

        Assert.Equal("InvalidParameterException", await Outcome(world, anas, authenticator));
        Assert.Equal("InvalidParameterException", await Outcome(world, bens, authenticator));
        Assert.Single(await world.RowsOf("web_authn_credential"));
    }

    [Fact]
    public async Task What_is_no_answer_to_a_registration_is_refused()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (_, accessToken) = await Ana(world);
        var options = await world.StartPasskey(accessToken);
        Action<JsonObject>[] alterations =
        [
            json => json.Remove("response"),
            json => json["type"] = "password",
            json => json["id"] = "AAAA",
            json => json["response"]!["clientDataJSON"] = "e30",
            json => json["response"]!["attestationObject"] = "oA",
            json => json["response"]!["attestationObject"] = new string('A', 60_000),
        ];
        foreach (var alter in alterations)
        {
            var credential = new SoftwareAuthenticator().Create(options);
            alter(credential);
            Assert.Equal(
                Invalid, await world.LeavesNothing(() => world.CompletePasskey(accessToken, credential)));
        }

        JsonNode[] others =
            [JsonValue.Create("text")!, JsonValue.Create(7), new JsonArray(), new JsonObject()];
        foreach (var other in others)
        {
            Assert.Equal(
                Invalid,
                await world.LeavesNothing(() => world.CompletePasskey(accessToken, other)));
        }
    }

    [Fact]
    public async Task A_proof_of_a_passkey_is_no_registration()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (_, accessToken) = await Ana(world);
        var options = await world.StartPasskey(accessToken);

        var credential = new SoftwareAuthenticator { AlterClientData = data => data["type"] = "webauthn.get" }
            .Create(options);

        Assert.Equal(Invalid, (await world.CompletePasskey(accessToken, credential)).ToString());
    }

    [Fact]
    public async Task Answers_the_first_thing_that_is_wrong()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, accessToken) = await Ana(world);
        var credential = new SoftwareAuthenticator().Create(await world.StartPasskey(accessToken));

        Assert.Equal(
            "InvalidParameterException",
            (await world.Call("CompleteWebAuthnRegistration", new { AccessToken = accessToken })).Code);
        Assert.Equal(
            "NotAuthorizedException: Invalid Access Token",
            (await world.CompletePasskey("e30.e30.e30", credential)).ToString());
        var policies = new { SignInPolicy = new { AllowedFirstAuthFactors = new[] { "PASSWORD" } } };
        await world.Must("UpdateUserPool", new { UserPoolId = pool.Id, Policies = policies });
        Assert.Equal(
            "WebAuthnNotEnabledException", (await world.CompletePasskey(accessToken, credential)).Code);
        await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");
        Assert.Equal(
            "PasswordResetRequiredException", (await world.CompletePasskey(accessToken, credential)).Code);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_with_one_challenge_one_is_stored(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (_, accessToken) = await Ana(world);
        var options = await world.StartPasskey(accessToken);

        var answers = await world.Burst(
            8,
            "CompleteWebAuthnRegistration",
            _ => new { AccessToken = accessToken, Credential = new SoftwareAuthenticator().Create(options) });

        Assert.Equal(1, answers["200"]);
        Assert.Single(await world.RowsOf("web_authn_credential"));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Many_at_once_do_not_get_past_the_limit(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (_, accessToken) = await Ana(world);
        for (var i = 0; i < 18; i++) await world.RegisterPasskey(accessToken);
        var options = new List<JsonNode>();
        for (var i = 0; i < 6; i++) options.Add(await world.StartPasskey(accessToken));

        var answers = await world.Burst(
            6,
            "CompleteWebAuthnRegistration",
            i => new
            {
                AccessToken = accessToken,
                Credential = new SoftwareAuthenticator().Create(options[i]),
            });

        Assert.Equal(2, answers["200"]);
        Assert.Equal(20, (await world.RowsOf("web_authn_credential")).Count);
    }

    [Fact]
    public async Task A_deleted_user_s_passkeys_are_gone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, accessToken) = await Ana(world);
        await world.RegisterPasskey(accessToken);

        await world.Admin(pool, "AdminDeleteUser", "ana");

        Assert.Empty(await world.RowsOf("web_authn_credential"));
    }

    private static async Task<(TestPool Pool, string AccessToken)> Ana(World world)
    {
        var pool = await PasskeyPools.Create(world);
        await pool.ConfirmedUser("ana");
        return (pool, await pool.AccessTokenOf("ana"));
    }

    private static async Task<Answer> Register(
        World world, string accessToken, SoftwareAuthenticator authenticator) =>
        await world.CompletePasskey(accessToken, authenticator.Create(await world.StartPasskey(accessToken)));

    private static async Task<string> Outcome(
        World world, string accessToken, SoftwareAuthenticator authenticator) =>
        (await Register(world, accessToken, authenticator)).Code ?? "200";

    private static async Task<string> Taken(World world, string accessToken, JsonNode options)
    {
        var credential = new SoftwareAuthenticator().Create(options);
        return (await world.CompletePasskey(accessToken, credential)).Code ?? "200";
    }

    private static Task<string> Refused(World world, string accessToken, JsonNode options) =>
        world.LeavesNothing(
            () => world.CompletePasskey(accessToken, new SoftwareAuthenticator().Create(options)));
}
