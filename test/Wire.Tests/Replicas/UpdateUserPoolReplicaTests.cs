using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Replicas;

public sealed class UpdateUserPoolReplicaTests
{
    [Theory, EachDatabase]
    public async Task Lets_users_in_and_keeps_them_out_again(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var replica = await TestReplica.Create(world, isActive: false);
        await replica.Pool.ConfirmedUser("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await Become("ACTIVE");
        await replica.There(() => replica.Pool.SignIn("ana"));
        // In the replica's own region as well, for when the other one is down.
        await replica.CallOnPool(
            "UpdateUserPoolReplica", new { RegionName = TestReplica.Region, Status = "INACTIVE" });
        await replica.There(() => replica.Pool.SignIn("ana"));
        await Become("INACTIVE");

        world.Transcript.ShouldMatchApproved();

        Task<Answer> Become(string status) => world.Call(
            "UpdateUserPoolReplica",
            new { UserPoolId = replica.Pool.Id, RegionName = TestReplica.Region, Status = status });
    }

    [Theory]
    [InlineData("""{"UserPoolId":"us-east-1_Nowhere00"}""", TestReplica.NoPool)]
    [InlineData(
        """{"RegionName":"us-east-1"}""",
        "InvalidParameterException: us-east-1 is the primary Region; a replica must be in another one.")]
    [InlineData("""{"RegionName":"eu-central-1"}""", "ResourceNotFoundException: User pool us-east-1_")]
    [InlineData(
        """{"Status":"CREATING"}""",
        "InvalidParameterException: 1 validation error detected: Value 'CREATING' at 'status' failed to "
        + "satisfy constraint: Member must satisfy enum value set: [")]
    [InlineData(
        """{"Status":null}""",
        "InvalidParameterException: 1 validation error detected: Value null at 'status' failed to satisfy "
        + "constraint: Member must not be null")]
    public async Task Refuses_what_is_no_replica_or_no_status(string more, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world);
        var request = Calls.Merge(
            new { UserPoolId = replica.Pool.Id, RegionName = TestReplica.Region, Status = "INACTIVE" },
            PoolSettings.Parse(more));

        var answer = await world.LeavesNothing(() => world.Call("UpdateUserPoolReplica", request));

        Assert.StartsWith(expected, answer, StringComparison.Ordinal);
        Assert.Equal(
            "eu-west-1 SECONDARY ACTIVE, us-east-1 PRIMARY ACTIVE",
            await TestReplica.List(world, replica.Pool.Id));
    }
}
