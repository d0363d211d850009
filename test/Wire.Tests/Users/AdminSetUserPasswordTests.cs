using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

public sealed class AdminSetUserPasswordTests
{
    private const string New = "New-1234!";

    [Theory, EachDatabase]
    public async Task Sets_a_lasting_password_then_a_temporary_one(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Transcript.Clear();

        await Set(world, pool, "ana", New, permanent: true);
        await pool.SignIn("ana", New);
        await Set(world, pool, "ana", "Temp-1234!", permanent: null);
        await pool.SignIn("ana", "Temp-1234!");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("UNCONFIRMED")]
    [InlineData("CONFIRMED")]
    [InlineData("RESET_REQUIRED")]
    [InlineData("FORCE_CHANGE_PASSWORD")]
    [InlineData("EXTERNAL_PROVIDER")]
    public async Task Works_in_every_status(string status)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        foreach (var permanent in (bool?[])[true, false, null])
        {
            await world.SetStatus(pool.Id, "ana", status);

            Assert.Equal("200", await Set(world, pool, "ana", New, permanent));
            Assert.Equal(
                permanent == true ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD", await pool.StatusOf("ana"));
            Assert.Equal("200", (await pool.SignIn("ana", New)).ToString());
        }
    }

    [Fact]
    public async Task Works_for_a_disabled_user_who_stays_disabled()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await world.Admin(pool, "AdminDisableUser", "ana");

        Assert.Equal("200", await Set(world, pool, "ana", New, permanent: true));
        Assert.Equal("NotAuthorizedException: User is disabled.", (await pool.SignIn("ana", New)).ToString());
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

        foreach (var permanent in (bool[])[true, false])
        {
            Assert.Equal(
                "InvalidPasswordException: Password does not conform to policy: " + reason,
                await world.LeavesNothing(() => Call(world, pool, "ana", password, permanent)));
        }
    }

    [Fact]
    public async Task Refuses_unknown_users_before_it_looks_at_the_password()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal("UserNotFoundException: User does not exist.", await Set(world, pool, "ana", "x", true));
        Assert.StartsWith(
            "ResourceNotFoundException",
            await Set(world, new(world, "us-east-1_000000000", pool.ClientId), "ana", "x", true),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remembers_as_many_passwords_as_the_pool_says()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var policy = new { MinimumLength = 8, PasswordHistorySize = 2 };
        var pool = await TestPool.Create(world, new { Policies = new { PasswordPolicy = policy } });
        await world.Admin(pool, "AdminCreateUser", "ana", new { TemporaryPassword = "Temp-1234!" });
        await Set(world, pool, "ana", TestPool.Password, permanent: true);
        await Set(world, pool, "ana", "second-pw", permanent: true);

        foreach (var remembered in (string[])["second-pw", TestPool.Password])
        {
            Assert.StartsWith(
                "PasswordHistoryPolicyViolationException",
                await world.LeavesNothing(() => Call(world, pool, "ana", remembered, permanent: true)),
                StringComparison.Ordinal);
        }

        Assert.Equal("200", await Set(world, pool, "ana", "third-pw", permanent: true));
        Assert.Equal("200", await Set(world, pool, "ana", TestPool.Password, permanent: true));
    }

    [Fact]
    public async Task May_set_the_same_password_where_no_history_is_kept()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");

        Assert.Equal("200", await Set(world, pool, "ana", TestPool.Password, permanent: true));
    }

    [Fact]
    public async Task Ends_a_lockout_and_a_reset_under_way_but_no_session()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = await pool.AccessTokenOf("ana");
        await AdminResetUserPasswordTests.Reset(world, pool, "ana");
        var code = pool.LastCode();
        for (var i = 0; i < 6; i++) await pool.SignIn("ana", "Wrong-1234!");

        Assert.Equal("200", await Set(world, pool, "ana", New, permanent: true));

        Assert.Equal("200", (await pool.SignIn("ana", New)).ToString());
        Assert.StartsWith(
            "ExpiredCodeException",
            await AdminResetUserPasswordTests.Confirm(world, pool, code),
            StringComparison.Ordinal);
        Assert.Equal("200", (await world.Call("GetUser", new { AccessToken = token })).ToString());
        Assert.Single(world.Email.Sent);
    }

    [Fact]
    public async Task Starts_the_life_of_a_temporary_password_anew()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.InvitedUser("ana");
        world.Clock.Advance(TimeSpan.FromDays(8));

        await Set(world, pool, "ana", New, permanent: false);

        world.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal("200", (await pool.SignIn("ana", New)).ToString());
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith(
            "NotAuthorizedException: Temporary password has expired",
            (await pool.SignIn("ana", New)).ToString(),
            StringComparison.Ordinal);
    }

    private static Task<Answer> Call(
        World world, TestPool pool, string username, string password, bool? permanent) => world.Admin(
        pool,
        "AdminSetUserPassword",
        username,
        permanent is null ? new { Password = password } : new { Password = password, Permanent = permanent });

    private static async Task<string> Set(
        World world, TestPool pool, string username, string password, bool? permanent) =>
        (await Call(world, pool, username, password, permanent)).ToString();
}
