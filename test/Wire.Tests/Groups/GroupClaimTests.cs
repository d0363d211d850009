using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Groups;

/// <summary>What groups put into tokens.</summary>
public sealed class GroupClaimTests
{
    private const string Role = "arn:aws:iam::000000000000:role/";

    [Theory, EachDatabase]
    public async Task Name_the_groups_in_both_tokens_and_the_roles_in_one(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        await Create(world, app.Pool, "last", "r3", null);
        await Create(world, app.Pool, "first", "r1", 0);
        await Create(world, app.Pool, "plain", null, 1);
        await Create(world, app.Pool, "second", "r2", 2);
        await Create(world, app.Pool, "foreign", "r4", 0);
        await world.Join(app.Pool, "ana", "last", "first", "plain", "second");

        foreach (var answer in (Answer[])[await app.Password("ana"), await app.Srp("ana")])
        {
            var tokens = TestTokens.Of(answer);
            string[] names = ["first", "plain", "second", "last"];
            Assert.Equal(names, Texts(tokens.IdClaims, "cognito:groups"));
            Assert.Equal(names, Texts(tokens.AccessClaims, "cognito:groups"));
            Assert.Equal(
                [Role + "r1", Role + "r2", Role + "r3"], Texts(tokens.IdClaims, "cognito:roles"));
            Assert.Equal(Role + "r1", tokens.IdClaims["cognito:preferred_role"]!.GetValue<string>());
            Assert.DoesNotContain(
                tokens.AccessClaims, claim => claim.Key is "cognito:roles" or "cognito:preferred_role");
        }
    }

    [Theory, EachDatabase]
    public async Task Are_read_anew_at_each_refresh(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        await Create(world, app.Pool, "keepers", "old", 1);
        var refresh = (await app.SignedIn("ana")).Refresh!;
        Assert.DoesNotContain(
            (await Refreshed()).IdClaims, claim => claim.Key is "cognito:groups" or "cognito:roles");

        await world.Join(app.Pool, "ana", "keepers");
        Assert.Equal(["keepers"], Texts((await Refreshed()).AccessClaims, "cognito:groups"));
        Assert.Equal([Role + "old"], Texts((await Refreshed()).IdClaims, "cognito:roles"));
        await world.Group(app.Pool, "UpdateGroup", "keepers", new { RoleArn = Role + "new" });
        Assert.Equal([Role + "new"], Texts((await Refreshed()).IdClaims, "cognito:roles"));
        await world.Membership(app.Pool, "AdminRemoveUserFromGroup", "ana", "keepers");
        Assert.Null((await Refreshed()).AccessClaims["cognito:groups"]);
        await world.Join(app.Pool, "ana", "keepers");
        await world.Group(app.Pool, "DeleteGroup", "keepers");
        Assert.Null((await Refreshed()).AccessClaims["cognito:groups"]);

        async Task<TestTokens> Refreshed() => TestTokens.Of(await app.Refresh(refresh));
    }

    [Fact]
    public async Task Prefer_no_role_where_groups_of_one_precedence_disagree()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        await Create(world, app.Pool, "one", "r1", 5);
        await Create(world, app.Pool, "two", "r2", 5);
        await world.Join(app.Pool, "ana", "one", "two");

        var claims = (await app.SignedIn("ana")).IdClaims;

        Assert.Equal([Role + "r1", Role + "r2"], Texts(claims, "cognito:roles"));
        Assert.Null(claims["cognito:preferred_role"]);
    }

    private static Task<Answer> Create(
        World world, TestPool pool, string name, string? role, int? precedence) =>
        world.Must(
            "CreateGroup",
            new
            {
                UserPoolId = pool.Id,
                GroupName = name,
                RoleArn = role is null ? null : Role + role,
                Precedence = precedence,
            });

    private static IEnumerable<string> Texts(JsonObject claims, string name) =>
        claims[name]!.AsArray().Select(text => text!.GetValue<string>());
}
