using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Pools;

public sealed class DeleteUserPoolTests
{
    [Theory, EachDatabase]
    public async Task Is_gone_at_once_with_all_that_is_in_it(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        world.Transcript.Clear();

        await world.Call("DeleteUserPool", new { UserPoolId = pool.Id });
        await world.Call("DescribeUserPool", new { UserPoolId = pool.Id });
        await world.Call("AdminGetUser", new { UserPoolId = pool.Id, Username = "ana" });
        await world.Call("DescribeUserPoolClient", new { UserPoolId = pool.Id, pool.ClientId });
        await pool.SignIn("ana");
        await world.Call("DeleteUserPool", new { UserPoolId = pool.Id });
        await world.Call("ListUserPools", new { MaxResults = 10 });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Leaves_other_pools_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await other.ConfirmedUser("ana");

        await world.Must("DeleteUserPool", new { UserPoolId = pool.Id });

        Assert.True((await other.SignIn("ana")).IsSuccess);
    }

    [Fact]
    public async Task Answers_without_a_body()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Null((await world.Must("DeleteUserPool", new { UserPoolId = pool.Id })).Body);
    }

    [Fact]
    public async Task Is_refused_while_the_pool_is_protected()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { DeletionProtection = "ACTIVE" });
        world.Transcript.Clear();

        Assert.Equal(
            "InvalidParameterException: The user pool cannot be deleted because deletion protection is "
            + "activated. Deletion protection must be inactivated first.",
            (await world.Call("DeleteUserPool", new { UserPoolId = pool.Id })).ToString());
        PoolSettings.ShouldHaveChangedNothing(world);
        await world.Must("UpdateUserPool", new { UserPoolId = pool.Id, DeletionProtection = "INACTIVE" });
        await world.Must("DeleteUserPool", new { UserPoolId = pool.Id });
    }

    [Fact]
    public async Task Refuses_what_is_no_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.",
            (await world.Call("DeleteUserPool", new { UserPoolId = "us-east-1_Nowhere00" })).ToString());
    }
}
