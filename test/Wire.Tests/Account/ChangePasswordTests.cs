using Lifeguard.Wire.Tests.Federation;
using Lifeguard.Wire.Tests.OAuth;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Account;

public sealed class ChangePasswordTests
{
    private const string New = "New-1234!";
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";
    private const string Limit =
        "LimitExceededException: Attempt limit exceeded, please try after some time.";

    [Theory, EachDatabase]
    public async Task Replaces_the_password_knowing_the_old_one(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var token = await pool.AccessTokenOf("ana");
        world.Transcript.Clear();

        await Change(world, token, "Wrong-1234!", New);
        await Change(world, token, TestPool.Password, New);
        await pool.SignIn("ana");
        await pool.SignIn("ana", New);
        await world.Call("GetUser", new { AccessToken = token });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Checks_in_order()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = await pool.AccessTokenOf("ana");

        Assert.Equal("NotAuthorizedException: Invalid Access Token", await Change(world, "x", "y", "z"));
        Assert.Equal(Wrong, await Change(world, token, "Wrong-1234!", "weak"));
        Assert.Equal(Wrong, await Change(world, token, null, New));
        Assert.StartsWith(
            "InvalidPasswordException",
            await Change(world, token, TestPool.Password, "weak"),
            StringComparison.Ordinal);
        await world.SetStatus(pool.Id, "ana", "UNCONFIRMED");
        Assert.Equal(
            "UserNotConfirmedException: User is not confirmed.",
            await Change(world, token, TestPool.Password, New));
        await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");
        Assert.Equal(
            "PasswordResetRequiredException: Password reset required for the user",
            await Change(world, token, TestPool.Password, New));
    }

    [Theory]
    [InlineData("Ab1!", "Password not long enough")]
    [InlineData("Abcdefg!", "Password must have numeric characters")]
    [InlineData("Abcdefg1", "Password must have symbol characters")]
    [InlineData("abcdef1!", "Password must have uppercase characters")]
    [InlineData("ABCDEF1!", "Password must have lowercase characters")]
    public async Task Refuses_a_password_that_breaks_the_policy(string password, string reason)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");

        Assert.Equal(
            "InvalidPasswordException: Password does not conform to policy: " + reason,
            await Change(world, await pool.AccessTokenOf("ana"), TestPool.Password, password));
        Assert.True((await pool.SignIn("ana")).IsSuccess);
    }

    [Fact]
    public async Task Remembers_as_many_passwords_as_the_pool_says()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var policy = new { MinimumLength = 8, PasswordHistorySize = 2 };
        var pool = await TestPool.Create(world, new { Policies = new { PasswordPolicy = policy } });
        await world.SignUp(pool, "ana");
        await world.Admin(pool, "AdminConfirmSignUp", "ana");
        var token = await pool.AccessTokenOf("ana");

        Assert.Equal("200", await Change(world, token, TestPool.Password, "second-pw"));
        foreach (var remembered in (string[])["second-pw", TestPool.Password])
        {
            Assert.StartsWith(
                "PasswordHistoryPolicyViolationException",
                await Change(world, token, "second-pw", remembered),
                StringComparison.Ordinal);
        }

        Assert.Equal("200", await Change(world, token, "second-pw", "third-pw"));
        Assert.Equal("200", await Change(world, token, "third-pw", TestPool.Password));
    }

    [Fact]
    public async Task Allows_five_an_hour()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var (other, _) = await world.AnotherClient(pool, new { AccessTokenValidity = 5 });
        var token = await other.AccessTokenOf("ana");
        for (var i = 0; i < 5; i++) Assert.Equal(Wrong, await Change(world, token, "Wrong-1234!", New));

        Assert.Equal(Limit, await Change(world, token, TestPool.Password, New));
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("200", await Change(world, token, TestPool.Password, New));
    }

    [Fact]
    public async Task Refuses_a_federated_user_who_has_no_password()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        var code = await pool.CodeFor((await pool.Arrive()).SignIn, isFirst: true);
        var tokens = (await new OAuthApp(world, pool.Pool).Token(
            "authorization_code", ("code", code), ("redirect_uri", "https://app.example/cb"))).Given;

        Assert.Equal(Wrong, await Change(world, tokens.AccessToken, null, New));
    }

    [Fact]
    public async Task Who_replaces_a_temporary_password_is_confirmed()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var token = await pool.AccessTokenOf("ana");
        await world.Admin(pool, "AdminSetUserPassword", "ana", new { Password = "Interim-1234!" });

        Assert.Equal(Wrong, await Change(world, token, TestPool.Password, New));
        Assert.Equal("FORCE_CHANGE_PASSWORD", await pool.StatusOf("ana"));
        Assert.Equal("200", await Change(world, token, "Interim-1234!", New));

        Assert.Equal("CONFIRMED", await pool.StatusOf("ana"));
        Assert.Equal("tokens", TestApp.Outcome(await new TestApp(world, pool).Password("ana", New)));
    }

    [Fact]
    public async Task A_temporary_password_that_has_expired_stays()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await world.Admin(pool, "AdminSetUserPassword", "ana", new { Password = "Interim-1234!" });
        world.Clock.Advance(TimeSpan.FromDays(7));
        var expired = (await pool.SignIn("ana", "Interim-1234!")).ToString();
        await world.SetStatus(pool.Id, "ana", "CONFIRMED");
        var token = await pool.AccessTokenOf("ana", "Interim-1234!");
        await world.SetStatus(pool.Id, "ana", "FORCE_CHANGE_PASSWORD");

        Assert.StartsWith(
            "NotAuthorizedException: Temporary password has expired", expired, StringComparison.Ordinal);
        Assert.Equal(expired, await Change(world, token, "Interim-1234!", New));
        Assert.Equal("FORCE_CHANGE_PASSWORD", await pool.StatusOf("ana"));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_guesses_at_once_five_are_looked_at(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var token = await pool.AccessTokenOf("ana");

        var answers = await world.Burst(
            50,
            "ChangePassword",
            i => new { AccessToken = token, PreviousPassword = $"Guess-{i}!", ProposedPassword = New });

        Assert.Equal(5, answers["NotAuthorizedException"]);
        Assert.Equal(45, answers["LimitExceededException"]);
    }

    private static async Task<string> Change(World world, string token, string? previous, string proposed) =>
        (await world.Call(
            "ChangePassword",
            previous is null
                ? new { AccessToken = token, ProposedPassword = proposed }
                : new { AccessToken = token, PreviousPassword = previous, ProposedPassword = proposed }))
        .ToString();
}
