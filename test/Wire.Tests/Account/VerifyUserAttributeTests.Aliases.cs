using Lifeguard.Domain;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Account;

/// <summary>One address, several users who want it.</summary>
public sealed partial class VerifyUserAttributeTests
{
    [Theory, EachDatabase]
    public async Task Gives_an_address_to_one_user_and_keeps_the_others_code(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        var (ana, anasCode) = await Wants(world, pool, "ana", "both@example.com");
        var (ben, bensCode) = await Wants(world, pool, "ben", "both@example.com");

        Assert.Equal("200", await Verify(world, ana, anasCode));
        // The code was right: being refused for the alias uses up neither it nor its tries.
        for (var i = 0; i < 6; i++) Assert.Equal(EmailTaken, await Verify(world, ben, bensCode));
        Assert.Equal("false", await world.AttributeOf(pool, "ben", "email_verified"));
        Assert.Equal("true", await world.AttributeOf(pool, "ana", "email_verified"));

        await Replace(world, ana, "email=ana@example.com");
        Assert.Equal("200", await Verify(world, ben, bensCode));
        Assert.Equal("ben", await Owner(world, pool, "both@example.com"));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_users_who_wait_for_one_name_one_gets_it(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var settings = new { AttributesRequireVerificationBeforeUpdate = (string[])["email"] };
        var pool = await TestPool.Create(
            world,
            Calls.Merge(PoolKinds.Of("email name"), new { UserAttributeUpdateSettings = settings }));
        var waiting = new List<(string Token, string Code)>();
        for (var i = 0; i < 12; i++)
            waiting.Add(await Wants(world, pool, $"u{i}@example.com", "one@example.com"));

        var answers = await world.Burst(
            12,
            "VerifyUserAttribute",
            i => new { AccessToken = waiting[i].Token, AttributeName = "email", waiting[i].Code });

        Assert.Equal(1, answers["200"]);
        Assert.Equal(11, answers["AliasExistsException"]);
        Assert.Single(
            await world.RowsOf("user_alias"), row => row.Contains("value=one@example.com "));
        Assert.Equal("200", (await pool.SignIn("one@example.com")).ToString());
        var kept = 0;
        for (var i = 0; i < 12; i++) kept += (await pool.SignIn($"u{i}@example.com")).IsSuccess ? 1 : 0;
        Assert.Equal(11, kept);
    }

    [Fact]
    public async Task Verifies_the_present_address_when_the_code_went_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var settings = new { AttributesRequireVerificationBeforeUpdate = (string[])["email"] };
        var pool = await TestPool.Create(
            world,
            Calls.Merge(PoolKinds.Of("verifies email"), new { UserAttributeUpdateSettings = settings }));
        var (token, code) = await Wants(world, pool, "ana", "new@example.com");
        // Back to the old one before the code for the new one is typed.
        await Replace(world, token, "email=ana@example.com");
        Assert.Equal(Expired, await Verify(world, token, code));

        await world.Own(token, "GetUserAttributeVerificationCode", new { AttributeName = "email" });
        Assert.Equal("ana@example.com", world.Email.Sent[^1].To);
        Assert.Equal("200", await Verify(world, token, pool.LastCode()));
        Assert.Equal("ana@example.com", await world.AttributeOf(pool, "ana", "email"));
    }

    private static async Task<string> Owner(World world, TestPool pool, string alias)
    {
        var owner = await world.Admin(pool, "AdminGetUser", alias);
        return owner["Username"]!.GetValue<string>();
    }

    /// <summary>A user who has asked for an address, and the code that went there.</summary>
    private static async Task<(string Token, string Code)> Wants(
        World world, TestPool pool, string username, string address)
    {
        await pool.ConfirmedUser(username, username.Contains('@') ? null : $"{username}@example.com");
        var token = await pool.AccessTokenOf(username);
        Assert.Equal("200", (await Replace(world, token, "email=" + address)).ToString());
        return (token, pool.LastCode());
    }
}
