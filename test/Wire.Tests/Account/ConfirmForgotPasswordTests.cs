using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Account;

public sealed class ConfirmForgotPasswordTests
{
    private const string New = "New-1234!";
    private const string PostConfirmation = "arn:aws:lambda:us-east-1:000000000000:function:confirmed";
    private const string NotFound = "UserNotFoundException: Username/client id combination not found.";
    private const string Disabled = "NotAuthorizedException: User is disabled.";
    private const string Expired =
        "ExpiredCodeException: Invalid code provided, please request a code again.";
    private const string CannotReset =
        "NotAuthorizedException: User password cannot be reset in the current state.";
    private const string Mismatch =
        "CodeMismatchException: Invalid verification code provided, please try again.";
    private const string Limit =
        "LimitExceededException: Attempt limit exceeded, please try after some time.";

    [Theory, EachDatabase]
    public async Task Sets_a_new_password_with_the_code(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        world.Triggers.On(PostConfirmation, _ => { });
        var pool = await TestPool.Create(world, new { LambdaConfig = new { PostConfirmation } });
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await Forget(world, pool);
        var code = pool.LastCode();
        world.Transcript.Clear();

        await Confirm(world, pool, Other(code));
        await Confirm(world, pool, code, "weak");
        await world.Public(
            pool,
            "ConfirmForgotPassword",
            "ana",
            new { ConfirmationCode = code, Password = New, ClientMetadata = new { ticket = "T-17" } });
        await Confirm(world, pool, code);
        await pool.SignIn("ana");
        await pool.SignIn("ana", New);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Checks_in_order()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        Assert.Equal(
            "ResourceNotFoundException: User pool client nobody does not exist.",
            await Confirm(world, new(world, pool.Id, "nobody"), "123456", "weak"));
        Assert.Equal(NotFound, await Confirm(world, pool, "123456", "weak"));

        await pool.ConfirmedUser("ana", email: "ana@example.com");
        Assert.Equal(Expired, await Confirm(world, pool, "123456", "weak"));
        await Forget(world, pool);
        var code = pool.LastCode();
        await world.Admin(pool, "AdminDisableUser", "ana");
        Assert.Equal(Disabled, await Confirm(world, pool, Other(code), "weak"));
        await world.Admin(pool, "AdminEnableUser", "ana");
        foreach (var status in (string[])["FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER"])
        {
            await world.SetStatus(pool.Id, "ana", status);
            Assert.Equal(CannotReset, await Confirm(world, pool, Other(code), "weak"));
        }

        await world.SetStatus(pool.Id, "ana", "CONFIRMED");
        Assert.Equal(Mismatch, await Confirm(world, pool, Other(code), "weak"));
        Assert.StartsWith(
            "InvalidPasswordException", await Confirm(world, pool, code, "weak"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ab1!", "Password not long enough")]
    [InlineData("Abcdefg!", "Password must have numeric characters")]
    [InlineData("Abcdefg1", "Password must have symbol characters")]
    [InlineData("abcdef1!", "Password must have uppercase characters")]
    [InlineData("ABCDEF1!", "Password must have lowercase characters")]
    public async Task Keeps_the_code_when_the_password_breaks_the_policy(string password, string reason)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await Forget(world, pool);

        // More often than a code has tries.
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(
                "InvalidPasswordException: Password does not conform to policy: " + reason,
                await Confirm(world, pool, pool.LastCode(), password));
        }

        Assert.True((await pool.SignIn("ana")).IsSuccess);
        Assert.Equal("200", await Confirm(world, pool, pool.LastCode()));
    }

    [Fact]
    public async Task Keeps_the_code_when_the_password_is_remembered()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var policy = new { MinimumLength = 8, PasswordHistorySize = 1 };
        var pool = await TestPool.Create(world, new { Policies = new { PasswordPolicy = policy } });
        await world.SignUp(pool, "ana", "email=ana@example.com");
        await world.Admin(pool, "AdminConfirmSignUp", "ana");
        await world.Admin(
            pool,
            "AdminUpdateUserAttributes",
            "ana",
            new { UserAttributes = Calls.Attributes("email_verified=true") });
        await Forget(world, pool);

        Assert.StartsWith(
            "PasswordHistoryPolicyViolationException",
            await Confirm(world, pool, pool.LastCode(), TestPool.Password),
            StringComparison.Ordinal);
        Assert.Equal("200", await Confirm(world, pool, pool.LastCode()));
    }

    [Theory]
    [InlineData("CONFIRMED")]
    [InlineData("RESET_REQUIRED")]
    [InlineData("UNCONFIRMED")]
    public async Task Leaves_the_user_confirmed_and_the_contact_as_it_was(string status)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await world.SetStatus(pool.Id, "ana", status);
        await Forget(world, pool);

        Assert.Equal("200", await Confirm(world, pool, pool.LastCode()));

        Assert.Equal("CONFIRMED", await pool.StatusOf("ana"));
        Assert.Equal("true", await world.AttributeOf(pool, "ana", "email_verified"));
    }

    [Fact]
    public async Task May_set_the_old_password_again_where_no_history_is_kept()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await Forget(world, pool);

        Assert.Equal("200", await Confirm(world, pool, pool.LastCode(), TestPool.Password));
    }

    [Fact]
    public async Task Ends_a_lockout_and_no_session()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = await pool.AccessTokenOf("ana");
        for (var i = 0; i < 8; i++) await pool.SignIn("ana", "Wrong-1234!");
        await Forget(world, pool);

        Assert.Equal(
            "NotAuthorizedException: Password attempts exceeded", (await pool.SignIn("ana")).ToString());
        Assert.Equal("200", await Confirm(world, pool, pool.LastCode()));
        Assert.Equal("200", (await pool.SignIn("ana", New)).ToString());
        Assert.Equal("200", (await world.Call("GetUser", new { AccessToken = token })).ToString());
    }

    [Fact]
    public async Task Takes_a_code_for_an_hour()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await Forget(world, pool);
        world.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(Mismatch, await Confirm(world, pool, Other(pool.LastCode())));
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Expired, await Confirm(world, pool, pool.LastCode()));
    }

    [Fact]
    public async Task Allows_five_tries_a_code_and_twenty_wrong_ones_an_hour()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        for (var codes = 0; codes < 4; codes++)
        {
            await Forget(world, pool);
            for (var i = 0; i < 5; i++)
                Assert.Equal(Mismatch, await Confirm(world, pool, Other(pool.LastCode())));
            Assert.Equal(Limit, await Confirm(world, pool, pool.LastCode()));
        }

        await Forget(world, pool);
        Assert.Equal(Limit, await Confirm(world, pool, pool.LastCode()));
        world.Clock.Advance(TimeSpan.FromHours(1));
        await Forget(world, pool);
        Assert.Equal("200", await Confirm(world, pool, pool.LastCode()));
    }

    // Who asked for a code, and who did not: the answers and the kinds of rows must be the same for all.
    [Theory]
    [InlineData("unknown")]
    [InlineData("disabled")]
    [InlineData("invited")]
    [InlineData("without contact")]
    [InlineData("known")]
    public async Task Tells_nobody_apart_for_a_client_that_hides(string who)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, PoolKinds.Of("verifies email"), new { PreventUserExistenceErrors = "ENABLED" });
        if (who == "invited") await pool.InvitedUser("ana", email: "ana@example.com");
        else if (who == "without contact") await pool.ConfirmedUser("ana");
        else if (who != "unknown") await pool.ConfirmedUser("ana", email: "ana@example.com");
        if (who == "disabled") await world.Admin(pool, "AdminDisableUser", "ana");

        Assert.Equal((Mismatch, "+attempt +confirmation_code"), await Guess());
        Assert.Equal("200", await Forget(world, pool));
        Assert.Equal(
            (Mismatch, "+attempt +confirmation_code -attempt -confirmation_code"), await Guess());
        for (var i = 1; i < 5; i++) Assert.Equal(Mismatch, (await Guess()).Answer);
        Assert.Equal(Limit, (await Guess()).Answer);
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Limit, (await Guess()).Answer);

        Task<(string Answer, string Rows)> Guess() => world.KindsOfRows(() => world.Public(
            pool,
            "ConfirmForgotPassword",
            "ana",
            new { ConfirmationCode = Wrong(), Password = New }));

        string Wrong() => world.Email.Sent.Count > 0 ? Other(pool.LastCode()) : "123456";
    }

    // Codes that others have sent: one who guesses must not learn of them.
    [Theory]
    [InlineData("nobody")]
    [InlineData("ana")]
    [InlineData("waiting")]
    [InlineData("too late")]
    public async Task A_client_that_hides_does_not_tell_who_waits_for_a_code(string who)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, null, new { PreventUserExistenceErrors = "ENABLED" });
        if (who != "nobody") await pool.ConfirmedUser("ana", email: "ana@example.com");
        if (who is "waiting" or "too late") await world.Admin(pool, "AdminResetUserPassword", "ana");
        world.Clock.Advance(TimeSpan.FromMinutes(who == "too late" ? 90 : 50));
        var wrong = who is "waiting" or "too late" ? Other(pool.LastCode()) : "123456";

        var answers = new List<string>();
        for (var i = 0; i < 6; i++) answers.Add(await Confirm(world, pool, wrong));
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        answers.Add(await Confirm(world, pool, wrong));

        Assert.Equal([.. Enumerable.Repeat(Mismatch, 5), Limit, Limit], answers);
    }

    [Fact]
    public async Task Who_holds_the_code_hears_that_it_has_expired_also_where_existence_is_hidden()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, null, new { PreventUserExistenceErrors = "ENABLED" });
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await Forget(world, pool);
        world.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(Mismatch, await Confirm(world, pool, Other(pool.LastCode())));
        Assert.Equal(Expired, await Confirm(world, pool, pool.LastCode()));
        await Forget(world, pool);
        Assert.Equal("200", await Confirm(world, pool, pool.LastCode()));
    }

    [Fact]
    public async Task Reports_a_failing_trigger_after_the_change()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.Answers(PostConfirmation, new TriggerAnswer.Failed("no"));
        var pool = await TestPool.Create(world, new { LambdaConfig = new { PostConfirmation } });
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await Forget(world, pool);

        Assert.Equal(
            "UserLambdaValidationException: PostConfirmation failed with error no.",
            await Confirm(world, pool, pool.LastCode()));
        Assert.True((await pool.SignIn("ana", New)).IsSuccess);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_a_thousand_guesses_at_once_five_are_looked_at(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await Forget(world, pool);
        var code = int.Parse(pool.LastCode(), null);

        var answers = await world.Burst(1000, "ConfirmForgotPassword", i => new
        {
            pool.ClientId,
            Username = "ana",
            ConfirmationCode = $"{(code + 1 + i) % 1_000_000:D6}",
            Password = New,
        });

        Assert.Equal(5, answers["CodeMismatchException"]);
        Assert.Equal(995, answers["LimitExceededException"]);
        Assert.Equal(Limit, await Confirm(world, pool, pool.LastCode()));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_fifty_redemptions_at_once_one_counts(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await Forget(world, pool);
        var code = pool.LastCode();

        var answers = await world.Burst(50, "ConfirmForgotPassword", i => new
        {
            pool.ClientId,
            Username = "ana",
            ConfirmationCode = code,
            Password = $"Parallel-{i}!",
        });

        Assert.Equal(1, answers["200"]);
        Assert.Empty(answers.Keys.Except(["200", "ExpiredCodeException", "LimitExceededException"]));
        Assert.Equal(Expired, await Confirm(world, pool, code));
    }

    /// <summary>A code of the same form that is not this one.</summary>
    private static string Other(string code) => (code[0] == '9' ? '0' : '9') + code[1..];

    private static async Task<string> Forget(World world, TestPool pool) =>
        (await world.Public(pool, "ForgotPassword", "ana")).ToString();

    private static async Task<string> Confirm(
        World world, TestPool pool, string code, string password = New) =>
        (await world.Public(
            pool, "ConfirmForgotPassword", "ana", new { ConfirmationCode = code, Password = password }))
        .ToString();
}
