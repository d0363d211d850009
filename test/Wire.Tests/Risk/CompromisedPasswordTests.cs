using Lifeguard.Operations.Flows;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Risk;

/// <summary>Passwords that are known to be in circulation.</summary>
public sealed class CompromisedPasswordTests
{
    private const string Known = "Known-1234!";

    private const string Refused =
        "InvalidPasswordException: Provided password cannot be used for security reasons.";

    [Fact]
    public async Task Nobody_registers_with_one()
    {
        await using var world = await Start();
        var pool = await Blocking(world);

        Assert.Equal(
            Refused, (await world.SignUp(pool, "ana", more: new { Password = Known })).ToString());
        Assert.True((await world.SignUp(pool, "ana", "email=ana@example.com")).IsSuccess);
    }

    [Fact]
    public async Task Nobody_changes_to_one()
    {
        await using var world = await Start();
        var pool = await Blocking(world);
        await world.KnownUser(pool, "ana");
        var token = await pool.AccessTokenOf("ana");
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        var answer = await world.Own(
            token, "ChangePassword", new { PreviousPassword = TestPool.Password, ProposedPassword = Known });

        Assert.Equal(Refused, answer.ToString());
        Assert.Equal("PasswordChange Fail Block compromised", await world.LastEventOf(pool, "ana"));
        Assert.True((await pool.SignIn("ana")).IsSuccess);
    }

    [Fact]
    public async Task Nobody_recovers_with_one_and_the_code_stays_good()
    {
        await using var world = await Start();
        var pool = await Blocking(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await world.Public(pool, "ForgotPassword", "ana");
        var code = pool.LastCode();
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Refused, (await Confirm(Known)).ToString());
        Assert.Equal("ForgotPassword Fail Block compromised", await world.LastEventOf(pool, "ana"));
        Assert.True((await Confirm("New-1234!")).IsSuccess);

        Task<Answer> Confirm(string password) => world.Public(
            pool, "ConfirmForgotPassword", "ana", new { ConfirmationCode = code, Password = password });
    }

    [Fact]
    public async Task Nobody_replaces_a_temporary_one_by_one()
    {
        await using var world = await Start();
        var app = new TestApp(world, await Blocking(world));
        await app.Pool.InvitedUser("ana");
        var session = MfaPools.SessionOf(await app.Password("ana"));

        Assert.Equal(Refused, (await Replace(Known)).ToString());
        Assert.Equal("tokens", TestApp.Outcome(await Replace("New-1234!")));

        Task<Answer> Replace(string password) => app.Answer(
            "NEW_PASSWORD_REQUIRED", session, ("USERNAME", "ana"), ("NEW_PASSWORD", password));
    }

    [Theory, EachDatabase]
    public async Task Who_signs_in_with_one_has_to_reset_it(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Blocking(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Get<ScriptedPasswordRanges>().Passwords = [TestPool.Password];
        world.Transcript.Clear();

        await pool.SignIn("ana", "Wrong-1234!");
        await pool.SignIn("ana");
        await pool.SignIn("ana");

        world.Transcript.ShouldMatchApproved();
        Assert.Equal("RESET_REQUIRED", await pool.StatusOf("ana"));
    }

    [Fact]
    public async Task A_temporary_one_has_to_be_replaced_anyway()
    {
        await using var world = await Start();
        var pool = await Blocking(world);
        await pool.InvitedUser("ana");
        world.Get<ScriptedPasswordRanges>().Passwords = [TestPool.Password];

        Assert.Equal("NEW_PASSWORD_REQUIRED", TestApp.Outcome(await pool.SignIn("ana")));
    }

    [Fact]
    public async Task SRP_sends_no_password_that_could_be_looked_up()
    {
        await using var world = await Start();
        var pool = await Blocking(world);
        await pool.ConfirmedUser("ana");
        world.Get<ScriptedPasswordRanges>().Passwords = [TestPool.Password];

        Assert.Equal("tokens", TestApp.Outcome(await new TestApp(world, pool).Srp("ana")));
        Assert.Empty(world.Get<ScriptedPasswordRanges>().Asked);
    }

    [Theory]
    [InlineData("ENFORCED", "NO_ACTION", "SignIn Pass NoRisk compromised Password=Success")]
    [InlineData("AUDIT", "BLOCK", "SignIn Pass NoRisk compromised Password=Success")]
    [InlineData("ENFORCED", null, "SignIn Pass NoRisk compromised Password=Success")]
    public async Task Where_nothing_is_to_be_done_it_is_remembered(
        string mode, string? action, string remembered)
    {
        await using var world = await Start();
        var pool = await RiskPools.Create(world, mode);
        if (action is not null) await world.SetCompromised(pool, action);
        await pool.ConfirmedUser("ana");
        world.Get<ScriptedPasswordRanges>().Passwords = [TestPool.Password];

        Assert.Equal("tokens", TestApp.Outcome(await pool.SignIn("ana")));
        Assert.Equal(remembered, await world.LastEventOf(pool, "ana"));
    }

    [Theory]
    [InlineData("SIGN_UP", true, false, false)]
    [InlineData("PASSWORD_CHANGE", false, true, false)]
    [InlineData("SIGN_IN", false, false, true)]
    public async Task Only_uses_that_the_filter_names_are_looked_at(
        string filter, bool atSignUp, bool atChange, bool atSignIn)
    {
        await using var world = await Start();
        var pool = await RiskPools.Create(world);
        await world.SetCompromised(pool, "BLOCK", filter);
        await pool.ConfirmedUser("ana");
        var token = await pool.AccessTokenOf("ana");

        var signUp = await world.SignUp(pool, "eve", more: new { Password = Known });
        var change = await world.Own(
            token, "ChangePassword", new { PreviousPassword = TestPool.Password, ProposedPassword = Known });
        var signIn = await pool.SignIn("ana", change.IsSuccess ? Known : TestPool.Password);

        Assert.Equal((atSignUp, atChange), (!signUp.IsSuccess, !change.IsSuccess));
        Assert.Equal(atSignIn, signIn.Code == "PasswordResetRequiredException");
    }

    [Fact]
    public async Task Only_the_beginning_of_the_hash_leaves_and_nothing_in_pools_without_protection()
    {
        await using var world = await Start();
        await world.SignUp(await TestPool.Create(world), "ana", more: new { Password = "password-A1!" });
        await world.SignUp(
            await RiskPools.Create(world, "OFF"), "ana", more: new { Password = "password-A1!" });
        Assert.Empty(world.Get<ScriptedPasswordRanges>().Asked);

        await world.SignUp(await Blocking(world), "ana", more: new { Password = "password-A1!" });

        Assert.Matches("^[0-9A-F]{5}$", Assert.Single(world.Get<ScriptedPasswordRanges>().Asked));
    }

    [Fact]
    public async Task Where_the_source_fails_everybody_passes_and_it_is_left_alone_for_a_while()
    {
        await using var world = await Start();
        var pool = await Blocking(world);
        var ranges = world.Get<ScriptedPasswordRanges>();
        ranges.OnRead = _ => throw new HttpRequestException("/range/ABCDE");

        Assert.True((await world.SignUp(pool, "ana", more: new { Password = Known })).IsSuccess);
        ranges.OnRead = null;
        Assert.True((await world.SignUp(pool, "eve", more: new { Password = Known })).IsSuccess);
        Assert.Single(ranges.Asked);
        world.Clock.Advance(CompromisedPasswords.Pause);

        Assert.Equal(
            Refused, (await world.SignUp(pool, "kim", more: new { Password = Known })).ToString());
    }

    [Fact]
    public async Task Who_does_not_answer_in_time_is_not_waited_for()
    {
        await using var world = await Start();
        var pool = await Blocking(world);
        var asked = new TaskCompletionSource();
        world.Get<ScriptedPasswordRanges>().OnRead = cancellation =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, world.Clock, cancellation);
        };

        var signUp = world.SignUp(pool, "ana", more: new { Password = Known });
        await asked.Task;
        world.Clock.Advance(CompromisedPasswords.Patience);

        Assert.True((await signUp).IsSuccess);
    }

    private static async Task<World> Start()
    {
        var world = await World.Start(DatabaseKind.Memory);
        world.Get<ScriptedPasswordRanges>().Passwords = [Known];
        return world;
    }

    private static async Task<TestPool> Blocking(World world)
    {
        var pool = await RiskPools.Create(world);
        await world.SetCompromised(pool, "BLOCK");
        return pool;
    }
}
