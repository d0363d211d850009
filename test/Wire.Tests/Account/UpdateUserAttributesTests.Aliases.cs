using Lifeguard.Domain;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Account;

/// <summary>What a user is found by, and by whom else.</summary>
public sealed partial class UpdateUserAttributesTests
{
    [Theory, EachDatabase]
    public async Task Takes_no_alias_from_somebody(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("every alias"));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await pool.ConfirmedUser("ben", email: "ben@example.com", phone: "+15551230000");
        await Update(world, await pool.AccessTokenOf("ben"), "preferred_username=king");
        var token = await pool.AccessTokenOf("ana");

        foreach (var (changes, name) in (IEnumerable<(string, string)>)
        [
            ("email=ben@example.com", "email"),
            ("phone_number=+15551230000", "phone_number"),
            ("preferred_username=king", "preferred_username"),
            ("preferred_username=ben", "preferred_username"),
        ])
        {
            Assert.Equal(
                $"AliasExistsException: An account with the given {name} already exists.",
                await world.LeavesNothing(() => Update(world, token, changes)));
        }

        Assert.Equal("200", (await Update(world, token, "preferred_username=queen")).ToString());
        Assert.Equal("200", (await pool.SignIn("queen")).ToString());
        Assert.Equal("200", (await Update(world, token, "email=ana@example.org")).ToString());
        Assert.Equal("UserNotFoundException", (await pool.SignIn("ana@example.com")).Code);
        Assert.Equal("UserNotFoundException", (await pool.SignIn("ana@example.org")).Code);
    }

    [Fact]
    public async Task Takes_an_address_that_somebody_has_but_has_not_proved()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        await pool.ConfirmedUser("ana");
        await world.SignUp(pool, "ben", "email=ben@example.com");

        var token = await pool.AccessTokenOf("ana");

        Assert.Equal("200", (await Update(world, token, "email=ben@example.com")).ToString());
    }

    [Theory]
    [InlineData("case-insensitive alias", true)]
    [InlineData("email alias", false)]
    public async Task Another_spelling_of_an_address_is_another_address_only_where_case_counts(
        string kind, bool isSame)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of(kind));
        await pool.ConfirmedUser("ana", email: "Ana@Example.com");

        var answer = await Update(world, await pool.AccessTokenOf("ana"), "email=ana@example.com");

        Assert.Equal("200", answer.ToString());
        Assert.Equal(isSame ? 0 : 1, world.Email.Sent.Count);
        Assert.Equal(isSame, (await pool.SignIn("ana@example.com")).IsSuccess);
        var user = await world.Admin(pool, "AdminGetUser", "ana");
        Assert.Contains("ana@example.com", user["UserAttributes"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compares_addresses_as_the_pool_does()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("case-insensitive alias"));
        await pool.ConfirmedUser("ana");
        await pool.ConfirmedUser("ben", email: "Ben@Example.com");
        var token = await pool.AccessTokenOf("ana");

        Assert.Equal(
            EmailTaken, await world.LeavesNothing(() => Update(world, token, "email=bEN@example.COM")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Changes_the_name_that_is_an_address_and_keeps_it_unique(bool verifiesBefore)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, verifiesBefore ? Before("email name") : PoolKinds.Of("email name"));
        await pool.ConfirmedUser("ana@example.com");
        await pool.ConfirmedUser("ben@example.com");
        var token = await pool.AccessTokenOf("ana@example.com");

        Assert.Equal(
            EmailTaken, await world.LeavesNothing(() => Update(world, token, "email=ben@example.com")));
        Assert.Equal(
            "InvalidParameterException: user.email: Required attribute cannot be deleted.\n",
            await world.LeavesNothing(() => Update(world, token, "email=")));
        Assert.Equal("200", (await Update(world, token, "email=cleo@example.com")).ToString());

        var (old, now) = ("ana@example.com", "cleo@example.com");
        Assert.Equal(verifiesBefore, (await pool.SignIn(old)).IsSuccess);
        Assert.Equal(!verifiesBefore, (await pool.SignIn(now)).IsSuccess);
    }

    [Fact]
    public async Task Lets_go_of_one_of_two_names_but_not_of_both()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("both names"));
        await pool.ConfirmedUser("ana@example.com", phone: "+15551230000");
        var token = await pool.AccessTokenOf("ana@example.com");

        Assert.Equal("200", (await Update(world, token, "email=")).ToString());
        Assert.Equal(
            "InvalidParameterException: user.phone_number: Required attribute cannot be deleted.\n",
            await world.LeavesNothing(() => Update(world, token, "phone_number=")));
        Assert.Equal("200", (await pool.SignIn("+15551230000")).ToString());
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_addresses_at_once_one_stays_and_the_code_is_its_own(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies email"));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Get<ConfirmationCodes>().Fixed = "123456";
        var tokens = new List<string>();
        for (var i = 0; i < 6; i++) tokens.Add(await pool.AccessTokenOf("ana"));

        var answers = await world.Burst(
            30,
            "UpdateUserAttributes",
            i => new
            {
                AccessToken = tokens[i % 6],
                UserAttributes = Calls.Attributes($"email=a{i}@example.com"),
            });

        Assert.Equal(30, answers["200"]);
        var email = await world.AttributeOf(pool, "ana", "email");
        Assert.Contains($"value={email} ", Assert.Single(await world.RowsOf("confirmation_code")));
        var verified = await world.Own(
            tokens[0], "VerifyUserAttribute", new { AttributeName = "email", Code = "123456" });
        Assert.Equal("200", verified.ToString());
        Assert.Equal(email, await world.AttributeOf(pool, "ana", "email"));
    }
}
