using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Replicas;

public sealed class DeleteUserPoolReplicaTests
{
    [Theory, EachDatabase]
    public async Task Removes_an_inactive_replica_and_leaves_the_pool(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var replica = await TestReplica.Create(world);
        await replica.Pool.ConfirmedUser("ana");
        world.Transcript.Clear();

        await Delete();
        await replica.Become("INACTIVE");
        await Delete();
        await Delete();
        await replica.CallOnPool("AdminGetUser", new { Username = "ana" });
        await replica.There(() => replica.Pool.SignIn("ana"));
        await replica.Call("ListUserPools", new { MaxResults = 5 });
        await world.Call("ListUserPoolReplicas", new { UserPoolId = replica.Pool.Id });
        await world.Call("AdminGetUser", new { UserPoolId = replica.Pool.Id, Username = "ana" });

        world.Transcript.ShouldMatchApproved();

        Task<Answer> Delete() => world.Call(
            "DeleteUserPoolReplica", new { UserPoolId = replica.Pool.Id, RegionName = TestReplica.Region });
    }

    [Theory]
    [InlineData("""{"UserPoolId":"us-east-1_Nowhere00"}""", TestReplica.NoPool)]
    [InlineData(
        """{"RegionName":"us-east-1"}""",
        "InvalidParameterException: us-east-1 is the primary Region; a replica must be in another one.")]
    [InlineData("""{"RegionName":"eu-central-1"}""", "ResourceNotFoundException: User pool us-east-1_")]
    public async Task Refuses_what_is_no_replica(string more, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world, isActive: false);
        var request = Calls.Merge(
            new { UserPoolId = replica.Pool.Id, RegionName = TestReplica.Region }, PoolSettings.Parse(more));

        var answer = await world.LeavesNothing(() => world.Call("DeleteUserPoolReplica", request));

        Assert.StartsWith(expected, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_is_deleted_after_its_replica()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world, isActive: false);
        var id = replica.Pool.Id;

        Assert.StartsWith(
            "InvalidParameterException: ",
            await world.LeavesNothing(() => world.Call("DeleteUserPool", new { UserPoolId = id })),
            StringComparison.Ordinal);
        await world.Must(
            "DeleteUserPoolReplica", new { UserPoolId = id, RegionName = TestReplica.Region });
        await world.Must("DeleteUserPool", new { UserPoolId = id });
    }
}
