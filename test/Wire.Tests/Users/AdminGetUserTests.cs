using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

public sealed class AdminGetUserTests
{
    private const string NotFound = "UserNotFoundException: User does not exist.";

    [Theory, EachDatabase]
    public async Task Shows_a_user_with_all_attributes(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        world.Transcript.Clear();

        await world.Admin(pool, "AdminGetUser", "ana");
        await world.Admin(pool, "AdminGetUser", "ben");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Finds_by_name_sub_and_what_is_verified(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("every alias"));
        var ana = await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        await Update(world, pool, "ana", "preferred_username=queen");
        await pool.ConfirmedUser("ben", email: "ben@example.com");
        await Update(world, pool, "ben", "email_verified=false");

        foreach (var name in (string[])["ana", ana.Sub, "ana@example.com", "+15551230000", "queen"])
            Assert.Equal("ana", await NameOf(world, pool, name));
        foreach (var name in (string[])["Ana", "ANA@example.com", "Queen", "ben@example.com", "+15551230001"])
            Assert.Equal(NotFound, await NameOf(world, pool, name));
    }

    [Theory]
    [InlineData("ana@example.com", true)]
    [InlineData("Ana@example.com", false)]
    public async Task Finds_by_address_without_its_being_verified_where_it_is_the_name(
        string name, bool found)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("email name"));
        await world.SignUp(pool, "ana@example.com");

        Assert.Equal(found, await NameOf(world, pool, name) != NotFound);
    }

    [Theory]
    [InlineData("ANA", true)]
    [InlineData("ANA@EXAMPLE.COM", true)]
    public async Task Finds_without_regard_to_case_where_the_pool_says_so(string name, bool found)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("case-insensitive alias"));
        var ana = await pool.ConfirmedUser("Ana", email: "Ana@Example.com");

        Assert.Equal(found ? "ana" : NotFound, await NameOf(world, pool, name));
        Assert.Equal("ana", await NameOf(world, pool, ana.Sub));
        Assert.Equal("Ana@Example.com", await world.AttributeOf(pool, "ana", "email"));
    }

    [Fact]
    public async Task Finds_no_user_of_another_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var other = await TestPool.Create(world);
        var ana = await pool.ConfirmedUser("ana");

        Assert.Equal(NotFound, await NameOf(world, other, "ana"));
        Assert.Equal(NotFound, await NameOf(world, other, ana.Sub));
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            await NameOf(world, new(world, "us-east-1_000000000", pool.ClientId), "ana"));
    }

    private static async Task<string> NameOf(World world, TestPool pool, string name)
    {
        var answer = await world.Admin(pool, "AdminGetUser", name);
        return answer["Username"]?.GetValue<string>() ?? answer.ToString();
    }

    private static Task<Answer> Update(World world, TestPool pool, string username, string attributes) =>
        world.Admin(
            pool,
            "AdminUpdateUserAttributes",
            username,
            new { UserAttributes = Calls.Attributes(attributes) });
}
