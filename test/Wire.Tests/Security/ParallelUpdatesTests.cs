using System.Text.Json;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Honest callers who change the same thing at the same time.</summary>
public sealed class ParallelUpdatesTests
{
    [Theory, EachDatabase(OnFile = true)]
    public async Task Fifty_updates_of_one_user_all_take_effect(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", "ana@example.com");
        string[] names = ["name", "nickname", "given_name", "family_name", "website"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(() => world.Send(
            "AdminUpdateUserAttributes",
            JsonSerializer.Serialize(new
            {
                UserPoolId = pool.Id,
                Username = "ana",
                UserAttributes = new[] { new { Name = names[number % 5], Value = $"v{number}" } },
            })))));

        Assert.All(answers, answer => Assert.Equal("200", answer.ToString()));
        foreach (var name in names)
            Assert.StartsWith("v", await world.AttributeOf(pool, "ana", name), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Names_and_preferred_names_do_not_stand_in_for_each_other(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("every alias"));
        await pool.ConfirmedUser("ana");
        await pool.ConfirmedUser("bob");
        await Prefer("annie");

        var squatter = await world.SignUp(pool, "annie");
        var pretender = await Prefer("bob");

        Assert.Equal("UsernameExistsException: User already exists", squatter.ToString());
        Assert.Equal("AliasExistsException", pretender.Code);

        Task<Answer> Prefer(string name) => world.Admin(
            pool,
            "AdminUpdateUserAttributes",
            "ana",
            new { UserAttributes = new[] { new { Name = "preferred_username", Value = name } } });
    }
}
