using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.IdentityProviders.ProviderCalls;

namespace Lifeguard.Wire.Tests.IdentityProviders;

public sealed class ListIdentityProvidersTests
{
    [Theory, EachDatabase]
    public async Task Lists_in_the_order_of_names_page_by_page(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await PoolWithProviders(world);
        await Must(Create(world, pool, "corp", "OIDC", Oidc()));
        await Must(On(world, "DeleteIdentityProvider", pool, "Google"));
        world.Transcript.Clear();

        var all = await List(world, new { UserPoolId = pool.Id });
        var first = await List(world, new { UserPoolId = pool.Id, MaxResults = 2 });
        var token = (string)first["NextToken"]!;
        var second = await List(world, new { UserPoolId = pool.Id, MaxResults = 2, NextToken = token });

        Assert.Equal(["Corp", "Partner", "corp"], Names(all));
        Assert.Equal(["Corp", "Partner"], Names(first));
        Assert.Equal(["corp"], Names(second));
        Assert.Null(second["NextToken"]);
        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task A_pool_without_any_has_an_empty_list()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Empty(Names(await List(world, new { UserPoolId = pool.Id, MaxResults = 0 })));
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
        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await List(world, new { UserPoolId = Nowhere })).ToString());
    }

    private static Task<Answer> List(World world, object request) =>
        world.Call("ListIdentityProviders", request);

    private static string[] Names(Answer answer) =>
        [.. answer["Providers"]!.AsArray().Select(one => (string)one!["ProviderName"]!)];
}
