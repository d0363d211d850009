using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Domains;

public sealed class DeleteUserPoolDomainTests
{
    [Theory, EachDatabase]
    public async Task Takes_a_domain_from_its_pool(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await DomainCalls.Create(world, pool, "planets");
        await DomainCalls.Create(world, pool, "login.planets.example", DomainCalls.Certificate);
        world.Transcript.Clear();

        await DomainCalls.Delete(world, pool, "planets");
        await DomainCalls.Delete(world, pool, "planets");
        await DomainCalls.Describe(world, "planets");

        world.Transcript.ShouldMatchApproved();
        Assert.Equal((null, "login.planets.example"), await DomainCalls.Of(world, pool));
    }

    [Fact]
    public async Task Leaves_the_name_to_others()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await DomainCalls.Create(world, pool, "planets");
        await DomainCalls.Delete(world, pool, "planets");

        Assert.Equal("200", (await DomainCalls.Create(world, other, "planets")).ToString());
    }

    [Fact]
    public async Task A_pool_is_deleted_only_after_its_domains()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await DomainCalls.Create(world, pool, "planets");
        Task<Answer> DeletePool() => world.Call("DeleteUserPool", new { UserPoolId = pool.Id });

        Assert.Equal(
            "InvalidParameterException: User pool cannot be deleted. It has a domain configured that should "
            + "be deleted first.",
            await world.LeavesNothing(DeletePool));
        await DomainCalls.Delete(world, pool, "planets");
        Assert.Equal("200", (await DeletePool()).ToString());
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task No_pool_is_deleted_together_with_a_domain_that_comes_meanwhile(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        for (var round = 0; round < 10; round++)
        {
            var pool = await TestPool.Create(world);
            var creation = Task.Run(() => world.Send(
                "CreateUserPoolDomain",
                $$"""{"UserPoolId":"{{pool.Id}}","Domain":"planets-{{round}}"}"""));
            var deletion = Task.Run(() => world.Send(
                "DeleteUserPool", $$"""{"UserPoolId":"{{pool.Id}}"}"""));

            var (created, deleted) = (await creation, await deletion);

            Assert.NotEqual(created.IsSuccess, deleted.IsSuccess);
        }
    }

    [Fact]
    public async Task Refuses_the_domain_of_another_pool_and_a_pool_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await DomainCalls.Create(world, other, "planets");

        Assert.Equal(
            "InvalidParameterException: No such domain or user pool exists.",
            await world.LeavesNothing(() => DomainCalls.Delete(world, pool, "planets")));
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await DomainCalls.Delete(world, new(world, "us-east-1_000000000", "c"), "planets")).ToString());
    }
}
