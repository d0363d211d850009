using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Account;

public sealed class DeleteUserTests
{
    private const string NotFound = "UserNotFoundException: User does not exist.";

    [Theory, EachDatabase]
    public async Task Removes_everything_that_is_kept_of_the_user(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("every alias"));
        await pool.ConfirmedUser("ben", email: "ben@example.com");
        var others = await Tables(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        var token = await pool.AccessTokenOf("ana");
        await world.Own(
            token,
            "UpdateUserAttributes",
            new { UserAttributes = Calls.Attributes("preferred_username=queen;name=Ana") });
        await world.Own(token, "GetUserAttributeVerificationCode", new { AttributeName = "email" });
        await world.Public(pool, "ForgotPassword", "ana");
        await pool.SignIn("ana", "Wrong-1234!");
        world.Transcript.Clear();

        await world.Own(token, "DeleteUser");
        await world.Own(token, "DeleteUser");

        world.Transcript.ShouldMatchApproved();
        Assert.Equal(others, await Tables(world));
    }

    [Fact]
    public async Task Leaves_no_token_that_works()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");

        var answer = await world.Own(tokens.Access, "DeleteUser");

        Assert.Equal("200", answer.ToString());
        Assert.Null(answer.Body);
        await app.Pool.ConfirmedUser("ana");
        Assert.Equal(NotFound, (await world.Own(tokens.Access, "GetUser")).ToString());
        Assert.False((await app.Refresh(tokens.Refresh!)).IsSuccess);
        Assert.Equal("200", (await app.Pool.SignIn("ana")).ToString());
    }

    [Theory, EachDatabase]
    public async Task Frees_name_and_alias_for_a_user_with_a_new_sub(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("every alias"));
        var first = await pool.ConfirmedUser("ana", email: "ana@example.com");
        await world.Own(await pool.AccessTokenOf("ana"), "DeleteUser");

        var second = await pool.ConfirmedUser("ana", email: "ana@example.com");

        Assert.NotEqual(first.Sub, second.Sub);
        Assert.Equal("200", (await pool.SignIn("ana@example.com")).ToString());
    }

    [Fact]
    public async Task Refuses_by_the_state_of_the_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var token = await pool.AccessTokenOf("ana");

        Assert.Equal("NotAuthorizedException: Invalid Access Token", await Refusal("x"));
        await world.SetStatus(pool.Id, "ana", "UNCONFIRMED");
        Assert.Equal("UserNotConfirmedException: User is not confirmed.", await Refusal(token));
        await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");
        Assert.Equal(
            "PasswordResetRequiredException: Password reset required for the user", await Refusal(token));
        await world.SetStatus(pool.Id, "ana", "CONFIRMED");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.Admin(pool, "AdminDisableUser", "ana");
        Assert.Equal("NotAuthorizedException: Access Token has been revoked", await Refusal(token));

        Task<string> Refusal(string with) => world.LeavesNothing(() => world.Own(with, "DeleteUser"));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_none_fails(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var token = await pool.AccessTokenOf("ana");

        var answers = await world.Burst(10, "DeleteUser", _ => new { AccessToken = token });

        Assert.Empty(answers.Keys.Except(["200", "UserNotFoundException"]));
        Assert.Equal(NotFound, (await world.Admin(pool, "AdminGetUser", "ana")).ToString());
    }

    /// <summary>The rows of every table that knows users by their sub.</summary>
    private static async Task<List<string>> Tables(World world)
    {
        string[] tables =
        [
            "users", "user_alias", "user_search", "confirmation_code", "attempt", "sign_in_failure", "outbox",
        ];
        var rows = new List<string>();
        foreach (var table in tables) rows.AddRange(await world.RowsOf(table));
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
