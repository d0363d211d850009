using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Terms.TermsCalls;

namespace Lifeguard.Wire.Tests.Terms;

public sealed class ListTermsTests
{
    [Theory, EachDatabase]
    public async Task Lists_the_terms_of_all_clients_page_by_page(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        var (other, _) = await world.AnotherClient(pool, new { });
        string[] ids =
            [await Created(world, pool), await Created(world, pool, Privacy), await Created(world, other)];
        world.Transcript.Clear();

        var all = await List(world, new { UserPoolId = pool.Id });
        var first = await List(world, new { UserPoolId = pool.Id, MaxResults = 2 });
        var second = await List(
            world, new { UserPoolId = pool.Id, MaxResults = 2, NextToken = (string)first["NextToken"]! });

        Assert.Equal(ids.Order(StringComparer.Ordinal), Ids(all));
        Assert.Equal(Ids(all), Ids(first).Concat(Ids(second)));
        Assert.Equal(2, Ids(first).Length);
        Assert.Null(second["NextToken"]);
        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task A_pool_without_any_has_an_empty_list()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await Created(world, other);

        var list = await List(world, new { UserPoolId = pool.Id });

        Assert.Equal("""{"Terms":[]}""", list.Body!.ToJsonString());
    }

    [Fact]
    public async Task Refuses_a_token_that_is_not_its_own_and_a_pool_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.StartsWith(
            "InvalidParameterException",
            (await List(world, new { UserPoolId = pool.Id, NextToken = "made-up" })).ToString(),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected",
            (await List(world, new { UserPoolId = pool.Id, MaxResults = 61 })).ToString(),
            StringComparison.Ordinal);
        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await List(world, new { UserPoolId = Nowhere })).ToString());
    }

    private static Task<Answer> List(World world, object request) => world.Call("ListTerms", request);

    private static string[] Ids(Answer answer) =>
        [.. answer["Terms"]!.AsArray().Select(one => (string)one!["TermsId"]!)];
}
