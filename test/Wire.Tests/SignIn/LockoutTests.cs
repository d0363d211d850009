using System.Text.Json;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>Wrong passwords: five are free, then each one costs twice the time of the one before.</summary>
public sealed class LockoutTests
{
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";
    private const string Locked = "NotAuthorizedException: Password attempts exceeded";

    private static readonly object Hiding = new { PreventUserExistenceErrors = "ENABLED" };

    [Theory]
    [InlineData("ana")]
    [InlineData("nobody")]
    public async Task Locks_for_twice_as_long_each_time_whether_or_not_the_user_exists(string name)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world, null, Hiding));
        await app.Pool.ConfirmedUser("ana");
        for (var i = 1; i <= 4; i++) Assert.Equal(Wrong, await Guess(app, name));

        foreach (var seconds in (int[])[1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
        {
            Assert.Equal(Wrong, await Guess(app, name));
            Assert.Equal(Locked, await Guess(app, name));
            Assert.Equal(Locked, TestApp.Outcome(await app.Password(name)));
            world.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.Equal(Locked, await Guess(app, name));
            world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(name == "ana" ? "tokens" : Wrong, TestApp.Outcome(await app.Password(name)));
    }

    [Fact]
    public async Task Locks_the_second_leg_of_SRP()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        for (var i = 1; i <= 5; i++)
            Assert.Equal(Wrong, TestApp.Outcome(await app.Srp("ana", "Wrong-1234!")));

        Assert.Equal(Locked, TestApp.Outcome(await app.Srp("ana")));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("tokens", TestApp.Outcome(await app.Srp("ana")));
    }

    [Fact]
    public async Task A_right_password_forgets_the_wrong_ones()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        for (var round = 0; round < 3; round++)
        {
            for (var i = 1; i <= 4; i++) Assert.Equal(Wrong, await Guess(app, "ana"));
            Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));
        }
    }

    [Theory]
    [InlineData(899, Locked)]
    [InlineData(900, "tokens")]
    public async Task Fifteen_quiet_minutes_forget_the_wrong_ones(int seconds, string afterOneMore)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        for (var i = 1; i <= 4; i++) Assert.Equal(Wrong, await Guess(app, "ana"));
        world.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(Wrong, await Guess(app, "ana"));
        Assert.Equal(afterOneMore, TestApp.Outcome(await app.Password("ana")));
    }

    [Theory, EachDatabase]
    public async Task Counts_across_names_flows_and_clients(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, new { AliasAttributes = new[] { "email" } });
        var other = new TestApp(world, await pool.AnotherClient(new { GenerateSecret = true }));
        var app = new TestApp(world, pool);
        var server = new TestApp(world, pool, byAdministrator: true);
        var ana = await pool.ConfirmedUser("ana", email: "ana@example.com");

        Assert.Equal(Wrong, await Guess(app, "ana"));
        Assert.Equal(Wrong, await Guess(app, "ana@example.com"));
        Assert.Equal(Wrong, await Guess(server, ana.Sub));
        Assert.Equal(Wrong, await Guess(other, "ana"));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Srp("ana@example.com", "Wrong-1234!")));

        foreach (var one in (TestApp[])[app, server, other])
        {
            Assert.Equal(Locked, TestApp.Outcome(await one.Password("ana")));
            Assert.Equal(Locked, TestApp.Outcome(await one.Srp(ana.Sub)));
        }
    }

    [Fact]
    public async Task One_user_does_not_lock_another_nor_one_pool_another()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        var elsewhere = new TestApp(world, await TestPool.Create(world));
        foreach (var pool in (TestPool[])[app.Pool, elsewhere.Pool]) await pool.ConfirmedUser("ana");
        await app.Pool.ConfirmedUser("bob");
        for (var i = 1; i <= 5; i++) await Guess(app, "ana");

        Assert.Equal(Locked, TestApp.Outcome(await app.Password("ana")));
        Assert.Equal("tokens", TestApp.Outcome(await app.Password("bob")));
        Assert.Equal("tokens", TestApp.Outcome(await elsewhere.Password("ana")));
    }

    [Fact]
    public async Task Leaves_status_and_user_alone_and_lets_refresh_go_on()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        for (var i = 1; i <= 6; i++) await Guess(app, "ana");

        Assert.Equal("CONFIRMED", await app.Pool.StatusOf("ana"));
        Assert.Equal("tokens", TestApp.Outcome(await app.Refresh(tokens.Refresh!)));
    }

    [Theory, EachDatabase]
    public async Task A_burst_of_guesses_gets_no_more_answers_than_the_schedule_allows(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, null, Hiding);
        await pool.ConfirmedUser("ana");
        foreach (var name in (string[])["ana", "nobody"])
        {
            Assert.Equal(5, await Evaluated(world, pool, name, guesses: 200));
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(1, await Evaluated(world, pool, name, guesses: 50));
        }
    }

    private static async Task<int> Evaluated(World world, TestPool pool, string name, int guesses)
    {
        var request = JsonSerializer.Serialize(new
        {
            AuthFlow = "USER_PASSWORD_AUTH",
            pool.ClientId,
            AuthParameters = new { USERNAME = name, PASSWORD = "Wrong-1234!" },
        });
        var answers = await Task.WhenAll(Enumerable.Range(0, guesses)
            .Select(_ => Task.Run(() => world.Send("InitiateAuth", request))));
        var evaluated = answers.Count(answer => answer.ToString() == Wrong);
        Assert.Equal(guesses - evaluated, answers.Count(answer => answer.ToString() == Locked));
        return evaluated;
    }

    private static async Task<string> Guess(TestApp app, string name) =>
        TestApp.Outcome(await app.Password(name, "Wrong-1234!"));
}
