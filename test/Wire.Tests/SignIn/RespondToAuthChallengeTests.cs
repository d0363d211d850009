using Lifeguard.Protocol.Srp;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

public sealed class RespondToAuthChallengeTests
{
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";

    [Theory, EachDatabase]
    public async Task Proves_the_password_by_SRP_and_replaces_a_temporary_one(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.InvitedUser("ana", email: "ana@example.com");
        world.Transcript.Clear();

        await app.Srp("ana", "Wrong-1234!");
        var challenge = await app.Srp("ana");
        await app.Answer(
            "NEW_PASSWORD_REQUIRED",
            challenge["Session"]!.GetValue<string>(),
            ("USERNAME", "ana"),
            ("NEW_PASSWORD", "New-1234!"),
            ("userAttributes.name", "Ana"));
        await app.Srp("ana", "New-1234!");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Takes_proofs_of_public_and_confidential_clients_by_users_and_servers(
        bool hasSecret, bool byAdministrator)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, new { UsernameAttributes = new[] { "email" } }, new { GenerateSecret = hasSecret });
        var ana = await pool.ConfirmedUser("ana@example.com", email: "ana@example.com");
        var app = new TestApp(world, pool, byAdministrator);
        var srp = new SrpClient();

        var challenge = await app.StartSrp("ana@example.com", srp.PublicHex);
        var answer = await app.Prove(challenge, srp);

        Assert.Equal(ana.Sub, challenge["ChallengeParameters"]!["USER_ID_FOR_SRP"]!.GetValue<string>());
        Assert.Null(challenge["Session"]);
        Assert.Equal(ana.Sub, TestTokens.Of(answer).AccessClaims["username"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("lower")]
    [InlineData("upper")]
    [InlineData("zeros")]
    [InlineData("odd")]
    [InlineData("odd upper")]
    public async Task Takes_SRP_A_in_every_way_of_writing_it(string form)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var isOdd = form.StartsWith("odd", StringComparison.Ordinal);
        var srp = isOdd ? SrpClient.WithOddLength() : new SrpClient();
        var text = srp.PublicHex;
        if (form.EndsWith("upper", StringComparison.Ordinal)) text = text.ToUpperInvariant();
        if (form == "zeros") text = "000" + text;

        var challenge = await app.StartSrp("ana", text);

        Assert.Equal("tokens", TestApp.Outcome(await app.Prove(challenge, srp)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0000")]
    [InlineData("N")]
    [InlineData("2N")]
    [InlineData("not hexadecimal")]
    [InlineData("-1")]
    [InlineData("long")]
    public async Task Refuses_an_SRP_A_that_would_fix_the_key(string clientPublic)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var text = clientPublic switch
        {
            "N" => SrpGroup.N.ToString("x"),
            "2N" => (2 * SrpGroup.N).ToString("x"),
            "long" => new string('f', 1025),
            _ => clientPublic,
        };

        // The words are not known; only the type is.
        Assert.Equal("InvalidParameterException", (await app.StartSrp("ana", text)).Code);
    }

    [Fact]
    public async Task Takes_each_block_once()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var srp = new SrpClient();
        var proved = await app.StartSrp("ana", srp.PublicHex);
        var guessed = await app.StartSrp("ana", srp.PublicHex);

        Assert.Equal("tokens", TestApp.Outcome(await app.Prove(proved, srp)));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Prove(proved, srp)));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Prove(guessed, srp, "Wrong-1234!")));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Prove(guessed, srp)));
    }

    [Fact]
    public async Task Uses_a_block_up_even_where_the_user_may_not_enter()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        await world.SetStatus(app.Pool.Id, "ana", "RESET_REQUIRED");
        var srp = new SrpClient();
        var challenge = await app.StartSrp("ana", srp.PublicHex);

        Assert.Equal("PasswordResetRequiredException", (await app.Prove(challenge, srp)).Code);
        await world.SetStatus(app.Pool.Id, "ana", "CONFIRMED");
        Assert.Equal(Wrong, TestApp.Outcome(await app.Prove(challenge, srp)));
    }

    [Fact]
    public async Task A_block_used_again_does_not_forgive_wrong_guesses()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var srp = new SrpClient();
        var challenge = await app.StartSrp("ana", srp.PublicHex);
        await app.Prove(challenge, srp);
        for (var i = 0; i < 4; i++) await app.Password("ana", "Wrong-1234!");

        Assert.Equal(Wrong, TestApp.Outcome(await app.Prove(challenge, srp)));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Password("ana", "Wrong-1234!")));
        Assert.Equal(
            "NotAuthorizedException: Password attempts exceeded", TestApp.Outcome(await app.Password("ana")));
    }

    [Fact]
    public async Task A_second_beginning_leaves_the_first_one_good()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var (one, two) = (new SrpClient(1), new SrpClient(2));
        var first = await app.StartSrp("ana", one.PublicHex);
        var second = await app.StartSrp("ana", two.PublicHex);

        Assert.Equal("tokens", TestApp.Outcome(await app.Prove(first, one)));
        Assert.Equal("tokens", TestApp.Outcome(await app.Prove(second, two)));
    }

    [Fact]
    public async Task Refuses_a_block_of_another_client_and_of_another_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var elsewhere = await TestPool.Create(world);
        await elsewhere.ConfirmedUser("ana");
        var srp = new SrpClient();
        var app = new TestApp(world, pool);
        var proof = app.Proof(await app.StartSrp("ana", srp.PublicHex), srp);

        foreach (var other in (TestPool[])[await pool.AnotherClient(), elsewhere])
        {
            var answer = await new TestApp(world, other).Answer("PASSWORD_VERIFIER", null, proof);
            Assert.Equal(Wrong, TestApp.Outcome(answer));
        }

        Assert.Equal("tokens", TestApp.Outcome(await app.Answer("PASSWORD_VERIFIER", null, proof)));
    }

    [Theory]
    [InlineData(null, 179, "tokens")]
    [InlineData(null, 180, Wrong)]
    [InlineData(5, 299, "tokens")]
    [InlineData(5, 300, Wrong)]
    public async Task A_block_lives_as_long_as_a_session_of_the_client(
        int? minutes, int seconds, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = minutes is null ? null : new { AuthSessionValidity = minutes };
        var app = new TestApp(world, await TestPool.Create(world, null, client));
        await app.Pool.ConfirmedUser("ana");
        var srp = new SrpClient();
        var challenge = await app.StartSrp("ana", srp.PublicHex);
        world.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, TestApp.Outcome(await app.Prove(challenge, srp)));
    }

    [Theory]
    [InlineData(-300, "tokens")]
    [InlineData(300, "tokens")]
    [InlineData(-301, Wrong)]
    [InlineData(301, Wrong)]
    public async Task Allows_clocks_to_differ_by_five_minutes(int seconds, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var srp = new SrpClient();
        var challenge = await app.StartSrp("ana", srp.PublicHex);

        var answer = await app.Prove(challenge, srp, clockOff: TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, TestApp.Outcome(answer));
    }

    [Theory]
    [InlineData("PASSWORD_CLAIM_SIGNATURE", "AAAA")]
    [InlineData("PASSWORD_CLAIM_SIGNATURE", "not base64")]
    [InlineData("PASSWORD_CLAIM_SECRET_BLOCK", "AAAA")]
    [InlineData("PASSWORD_CLAIM_SECRET_BLOCK", "not base64")]
    [InlineData("TIMESTAMP", "2026-03-06T04:05:09Z")]
    [InlineData("TIMESTAMP", "Fri Mar 6 04:05:10 UTC 2026")]
    public async Task Takes_a_spoilt_proof_for_a_wrong_password(string name, string value)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var srp = new SrpClient();
        var proof = app.Proof(await app.StartSrp("ana", srp.PublicHex), srp);

        var answer = await app.Answer(
            "PASSWORD_VERIFIER", null, [.. proof.Where(pair => pair.Name != name), (name, value)]);

        Assert.Equal(Wrong, TestApp.Outcome(answer));
    }

    [Fact]
    public async Task Answers_the_first_thing_that_is_wrong()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, null, new { GenerateSecret = true });
        await pool.ConfirmedUser("ana");
        var app = new TestApp(world, pool);
        var srp = new SrpClient();
        var proof = app.Proof(await app.StartSrp("ana", srp.PublicHex), srp);
        const string unused = "1234567890abcdefghijklmnop";
        var unknown = await world.Call(
            "RespondToAuthChallenge", new { ClientId = unused, ChallengeName = "PASSWORD_VERIFIER" });
        Assert.Equal(
            $"ResourceNotFoundException: User pool client {unused} does not exist.", unknown.ToString());
        Assert.Equal(
            "InvalidParameterException: Missing required parameter USERNAME",
            (await world.Call(
                "RespondToAuthChallenge",
                new { pool.ClientId, ChallengeName = "PASSWORD_VERIFIER" })).ToString());

        foreach (var name in (string[])
            ["USERNAME", "PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK", "TIMESTAMP"])
        {
            var expected = $"InvalidParameterException: Missing required parameter {name}";
            Assert.Equal(expected, await Without(name));
        }

        Assert.Equal(
            $"NotAuthorizedException: Client {pool.ClientId} is configured with secret "
            + "but SECRET_HASH was not received",
            await Without("SECRET_HASH"));
        Assert.Equal(
            $"NotAuthorizedException: Unable to verify secret hash for client {pool.ClientId}",
            await Without("SECRET_HASH", ("SECRET_HASH", "bm90IHRoZSBoYXNo")));
        Assert.Equal("tokens", await Without("nothing"));

        async Task<string> Without(string name, params (string, string)[] instead) => TestApp.Outcome(
            await app.Answer(
                "PASSWORD_VERIFIER", null, [.. proof.Where(pair => pair.Name != name), .. instead]));
    }

    [Fact]
    public async Task Cannot_answer_what_is_the_name_of_a_flow()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));

        var answer = await app.Answer("ADMIN_NO_SRP_AUTH", null, ("USERNAME", "ana"));

        Assert.Equal("InvalidParameterException", answer.Code);
    }

    [Theory]
    [InlineData("deleted", Wrong)]
    [InlineData("disabled", "NotAuthorizedException: User is disabled.")]
    public async Task Looks_at_the_user_again_at_the_second_leg(string fate, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var srp = new SrpClient();
        var challenge = await app.StartSrp("ana", srp.PublicHex);
        await world.Must(
            fate == "deleted" ? "AdminDeleteUser" : "AdminDisableUser",
            new { UserPoolId = app.Pool.Id, Username = "ana" });

        Assert.Equal(expected, TestApp.Outcome(await app.Prove(challenge, srp)));
    }
}
