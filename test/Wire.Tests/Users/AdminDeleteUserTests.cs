using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

public sealed class AdminDeleteUserTests
{
    private const string NotFound = "UserNotFoundException: User does not exist.";

    [Theory, EachDatabase]
    public async Task Removes_the_user_with_codes_counters_and_aliases(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await AdminResetUserPasswordTests.Reset(world, pool, "ana");
        await pool.SignIn("ana", "Wrong-1234!");
        world.Transcript.Clear();

        await world.Admin(pool, "AdminDeleteUser", "ana");
        await world.Admin(pool, "AdminDeleteUser", "ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Frees_name_and_alias_for_a_user_with_a_new_sub(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        var first = await pool.ConfirmedUser("ana", email: "ana@example.com");
        await world.Admin(pool, "AdminDeleteUser", "ana@example.com");

        var second = await pool.ConfirmedUser("ana", email: "ana@example.com");

        Assert.NotEqual(first.Sub, second.Sub);
        Assert.Equal("200", (await pool.SignIn("ana@example.com")).ToString());
    }

    [Fact]
    public async Task Takes_the_users_tokens_their_owner()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var token = await pool.AccessTokenOf("ana");
        await world.Admin(pool, "AdminDeleteUser", "ana");
        await pool.ConfirmedUser("ana");

        Assert.Equal(NotFound, (await world.Call("GetUser", new { AccessToken = token })).ToString());
        Assert.Equal("200", (await pool.SignIn("ana")).ToString());
    }

    [Fact]
    public async Task Deletes_by_sub_in_any_status_and_nobody_else()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var ana = await pool.InvitedUser("ana");
        await pool.ConfirmedUser("ben");

        var answer = await world.Admin(pool, "AdminDeleteUser", ana.Sub);

        Assert.Equal("200", answer.ToString());
        Assert.Null(answer.Body);
        Assert.Equal(NotFound, (await world.Admin(pool, "AdminGetUser", "ana")).ToString());
        Assert.Equal("CONFIRMED", await pool.StatusOf("ben"));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_none_fails(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");

        var answers = await world.Burst(
            10, "AdminDeleteUser", _ => new { UserPoolId = pool.Id, Username = "ana" });

        Assert.Empty(answers.Keys.Except(["200", "UserNotFoundException"]));
        Assert.Equal(NotFound, (await world.Admin(pool, "AdminGetUser", "ana")).ToString());
    }
}
