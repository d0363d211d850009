using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Registration;

public sealed class ConfirmSignUpTests
{
    private const string PostConfirmation = "arn:aws:lambda:us-east-1:000000000000:function:confirmed";
    private const string Expired =
        "ExpiredCodeException: Invalid code provided, please request a code again.";
    private const string AliasTaken = "AliasExistsException: An account with the email already exists.";
    private const string Mismatch =
        "CodeMismatchException: Invalid verification code provided, please try again.";
    private const string Limit =
        "LimitExceededException: Attempt limit exceeded, please try after some time.";
    private const string Confirmed =
        "NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED";

    [Theory, EachDatabase]
    public async Task Confirms_and_verifies_what_the_code_went_to(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        world.Triggers.On(PostConfirmation, _ => { });
        var pool = await TestPool.Create(
            world, Calls.Merge(PoolKinds.Of("email alias"), new { LambdaConfig = new { PostConfirmation } }));
        await world.SignUp(pool, "ana", "email=ana@example.com;phone_number=+15551230000");
        world.Transcript.Clear();

        await world.Public(pool, "ConfirmSignUp", "ana", new { ConfirmationCode = Other(pool.LastCode()) });
        await world.Public(
            pool,
            "ConfirmSignUp",
            "ana",
            new { ConfirmationCode = pool.LastCode(), ClientMetadata = new { ticket = "T-17" } });
        await world.Public(pool, "ConfirmSignUp", "ana", new { ConfirmationCode = pool.LastCode() });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Gives_an_address_to_one_user_and_to_another_only_when_forced(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        await world.SignUp(pool, "ana", "email=both@example.com");
        await Confirm(world, pool, "ana", pool.LastCode());
        await world.SignUp(pool, "ben", "email=both@example.com");
        var code = pool.LastCode();

        // The code was right: being refused for the alias uses up neither it nor its tries.
        for (var i = 0; i < 6; i++) Assert.Equal(AliasTaken, await Confirm(world, pool, "ben", code));
        Assert.Equal("UNCONFIRMED", await pool.StatusOf("ben"));
        Assert.Equal("200", await Confirm(world, pool, "ben", code, force: true));

        Assert.Equal("false", await world.AttributeOf(pool, "ana", "email_verified"));
        Assert.Equal("true", await world.AttributeOf(pool, "ben", "email_verified"));
        Assert.Equal("CONFIRMED", await pool.StatusOf("ana"));
        var owner = await world.Admin(pool, "AdminGetUser", "both@example.com");
        Assert.Equal("ben", owner["Username"]!.GetValue<string>());
        Assert.Equal("200", (await pool.SignIn("ana")).ToString());
    }

    [Fact]
    public async Task Checks_in_order()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies email"));
        await world.SignUp(pool, "ana", "email=ana@example.com");
        var code = pool.LastCode();

        Assert.Equal(
            "ResourceNotFoundException: User pool client nobody does not exist.",
            await Confirm(world, new(world, pool.Id, "nobody"), "ben", code));
        Assert.Equal(
            "UserNotFoundException: Username/client id combination not found.",
            await Confirm(world, pool, "ben", code));
        await world.Admin(pool, "AdminDisableUser", "ana");
        Assert.Equal("NotAuthorizedException: User is disabled.", await Confirm(world, pool, "ana", code));
        await world.Admin(pool, "AdminEnableUser", "ana");
        world.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(Expired, await Confirm(world, pool, "ana", Other(code)));
        await world.Admin(pool, "AdminConfirmSignUp", "ana");
        Assert.Equal(Confirmed, await Confirm(world, pool, "ana", code));
    }

    [Theory]
    [InlineData("RESET_REQUIRED")]
    [InlineData("FORCE_CHANGE_PASSWORD")]
    [InlineData("EXTERNAL_PROVIDER")]
    public async Task Confirms_only_who_waits_for_it(string status)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies email"));
        await world.SignUp(pool, "ana", "email=ana@example.com");
        await world.SetStatus(pool.Id, "ana", status);

        Assert.Equal(
            "NotAuthorizedException: User cannot be confirmed. Current status is " + status,
            await Confirm(world, pool, "ana", pool.LastCode()));
    }

    [Fact]
    public async Task Takes_a_code_for_24_hours()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies email"));
        await world.SignUp(pool, "ana", "email=ana@example.com");
        world.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(Mismatch, await Confirm(world, pool, "ana", Other(pool.LastCode())));
        Assert.Equal("200", await Confirm(world, pool, "ana", pool.LastCode()));
    }

    [Fact]
    public async Task Has_no_code_to_take_where_none_was_sent()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await world.SignUp(pool, "ana", "email=ana@example.com");

        Assert.Equal(Expired, await Confirm(world, pool, "ana", "123456"));
    }

    [Fact]
    public async Task Takes_no_code_that_went_to_an_address_of_the_past()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies email"));
        await world.SignUp(pool, "ana", "email=ana@example.com");
        var code = pool.LastCode();
        await world.Admin(
            pool,
            "AdminUpdateUserAttributes",
            "ana",
            new { UserAttributes = Calls.Attributes("email=victim@example.com") });

        Assert.Equal(Expired, await Confirm(world, pool, "ana", code));
        Assert.NotEqual("true", await world.AttributeOf(pool, "ana", "email_verified"));
    }

    [Fact]
    public async Task Finds_nobody_by_an_alias_that_is_not_active_yet()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        await world.SignUp(pool, "ana", "email=ana@example.com");

        Assert.Equal(
            "UserNotFoundException: Username/client id combination not found.",
            await Confirm(world, pool, "ana@example.com", pool.LastCode()));
    }

    [Fact]
    public async Task Allows_five_tries_a_code_and_fifteen_wrong_ones_an_hour()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies email"));
        await world.SignUp(pool, "ana", "email=ana@example.com");

        for (var codes = 0; codes < 3; codes++)
        {
            for (var i = 0; i < 5; i++)
                Assert.Equal(Mismatch, await Confirm(world, pool, "ana", Other(pool.LastCode())));
            Assert.Equal(Limit, await Confirm(world, pool, "ana", pool.LastCode()));
            Assert.Equal("200", (await world.Public(pool, "ResendConfirmationCode", "ana")).ToString());
        }

        Assert.Equal(Limit, await Confirm(world, pool, "ana", pool.LastCode()));
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("200", await Confirm(world, pool, "ana", pool.LastCode()));
    }

    [Theory]
    [InlineData("ENABLED", "unknown", Mismatch)]
    [InlineData("ENABLED", "waiting", Mismatch)]
    [InlineData("ENABLED", "disabled", Mismatch)]
    [InlineData("ENABLED", "confirmed", Mismatch)]
    [InlineData("LEGACY", "unknown", "UserNotFoundException: Username/client id combination not found.")]
    [InlineData("LEGACY", "waiting", Mismatch)]
    [InlineData("LEGACY", "disabled", "NotAuthorizedException: User is disabled.")]
    [InlineData("LEGACY", "confirmed", Confirmed)]
    public async Task Tells_users_apart_only_where_the_client_does(string hides, string who, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, PoolKinds.Of("verifies email"), new { PreventUserExistenceErrors = hides });
        if (who != "unknown") await world.SignUp(pool, "ana", "email=ana@example.com");
        var code = who == "unknown" ? "123456" : Other(pool.LastCode());
        if (who == "disabled") await world.Admin(pool, "AdminDisableUser", "ana");
        if (who == "confirmed") await world.Admin(pool, "AdminConfirmSignUp", "ana");

        Assert.Equal(expected, await Confirm(world, pool, "ana", code));
        if (hides == "LEGACY") return;
        for (var i = 1; i < 5; i++) Assert.Equal(Mismatch, await Confirm(world, pool, "ana", code));
        Assert.Equal(Limit, await Confirm(world, pool, "ana", code));
        world.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(Limit, await Confirm(world, pool, "ana", code));
    }

    [Fact]
    public async Task Only_who_holds_an_expired_code_hears_of_it_where_existence_is_hidden()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, PoolKinds.Of("verifies email"), new { PreventUserExistenceErrors = "ENABLED" });
        await world.SignUp(pool, "ana", "email=ana@example.com");
        world.Clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal(Mismatch, await Confirm(world, pool, "nobody", Other(pool.LastCode())));
        Assert.Equal(Mismatch, await Confirm(world, pool, "ana", Other(pool.LastCode())));
        Assert.Equal(Expired, await Confirm(world, pool, "ana", pool.LastCode()));
    }

    [Fact]
    public async Task Reports_a_failing_trigger_after_the_change()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.Answers(PostConfirmation, new TriggerAnswer.Failed("no"));
        var pool = await TestPool.Create(
            world,
            Calls.Merge(PoolKinds.Of("verifies email"), new { LambdaConfig = new { PostConfirmation } }));
        await world.SignUp(pool, "ana", "email=ana@example.com");

        Assert.Equal(
            "UserLambdaValidationException: PostConfirmation failed with error no.",
            await Confirm(world, pool, "ana", pool.LastCode()));
        Assert.Equal("CONFIRMED", await pool.StatusOf("ana"));
        Assert.Equal("true", await world.AttributeOf(pool, "ana", "email_verified"));
    }

    [Theory]
    [InlineData(null, "Client {0} is configured with secret but SECRET_HASH was not received")]
    [InlineData("ben", "Unable to verify secret hash for client {0}")]
    [InlineData("ana", null)]
    public async Task Needs_the_hash_of_a_client_with_a_secret(string? hashOf, string? words)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies email"));
        await world.SignUp(pool, "ana", "email=ana@example.com");
        var (other, secret) = await world.AnotherClient(pool, new { GenerateSecret = true });
        var hash = hashOf is null ? null : Protocol.SecretHash.Compute(secret!, hashOf, other.ClientId);

        var answer = await world.Public(
            other,
            "ConfirmSignUp",
            "ana",
            hash is null
                ? new { ConfirmationCode = pool.LastCode() }
                : new { ConfirmationCode = pool.LastCode(), SecretHash = hash });

        Assert.Equal(
            words is null ? "200" : "NotAuthorizedException: " + string.Format(null, words, other.ClientId),
            answer.ToString());
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_guesses_at_once_five_are_looked_at(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies email"));
        await world.SignUp(pool, "ana", "email=ana@example.com");
        var wrong = Other(pool.LastCode());

        var answers = await world.Burst(
            100, "ConfirmSignUp", _ => new { pool.ClientId, Username = "ana", ConfirmationCode = wrong });

        Assert.Equal(5, answers["CodeMismatchException"]);
        Assert.Equal(95, answers["LimitExceededException"]);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_right_codes_at_once_one_confirms(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies email"));
        await world.SignUp(pool, "ana", "email=ana@example.com");
        var code = pool.LastCode();

        var answers = await world.Burst(
            50, "ConfirmSignUp", _ => new { pool.ClientId, Username = "ana", ConfirmationCode = code });

        Assert.Equal(1, answers["200"]);
        Assert.Equal("CONFIRMED", await pool.StatusOf("ana"));
    }

    /// <summary>A code of the same form that is not this one.</summary>
    private static string Other(string code) => (code[0] == '9' ? '0' : '9') + code[1..];

    private static async Task<string> Confirm(
        World world, TestPool pool, string username, string code, bool force = false) =>
        (await world.Public(
            pool,
            "ConfirmSignUp",
            username,
            new { ConfirmationCode = code, ForceAliasCreation = force }))
        .ToString();
}
