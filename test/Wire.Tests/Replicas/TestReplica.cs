using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Replicas;

/// <summary>A pool with a replica, and calls to the replica's region.</summary>
internal sealed class TestReplica(World world, TestPool pool)
{
    /// <summary>Where replicas are; the pools themselves are in us-east-1.</summary>
    public const string Region = "eu-west-1";

    public const string NoPool =
        "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.";

    /// <summary>What a pool needs before it can be replicated.</summary>
    public static readonly object Key = new
    {
        KeyType = "CUSTOMER_MANAGED_KEY",
        KmsKeyArn = "arn:aws:kms:us-east-1:000000000000:key/mrk-0123456789abcdef",
    };

    public TestPool Pool => pool;

    /// <summary>A pool that can be replicated, but is not.</summary>
    public static Task<TestPool> NewPool(World world, object? settings = null, object? client = null) =>
        TestPool.Create(world, Calls.Merge(new { KeyConfiguration = Key }, settings), client);

    /// <summary>A pool with an ACTIVE replica, or an INACTIVE one.</summary>
    public static async Task<TestReplica> Create(
        World world, bool isActive = true, object? settings = null, object? client = null)
    {
        var pool = await NewPool(world, settings, client);
        await world.Must("CreateUserPoolReplica", new { UserPoolId = pool.Id, RegionName = Region });
        var replica = new TestReplica(world, pool);
        if (isActive) await replica.Become("ACTIVE");
        return replica;
    }

    /// <summary>Changes its status, by a call to the pool's own region.</summary>
    public Task<Answer> Become(string status) => world.Must(
        "UpdateUserPoolReplica", new { UserPoolId = pool.Id, RegionName = Region, Status = status });

    /// <summary>A call to the replica's region.</summary>
    public Task<Answer> Call(string operation, object request) => There(() => world.Call(operation, request));

    /// <summary>A call about the pool in the replica's region.</summary>
    public Task<Answer> CallOnPool(string operation, object? more = null) =>
        Call(operation, Calls.Merge(new { UserPoolId = pool.Id }, more));

    /// <summary>Calls that go to the replica's region.</summary>
    public async Task<T> There<T>(Func<Task<T>> calls)
    {
        world.Region = Region;
        try
        {
            return await calls();
        }
        finally
        {
            world.Region = null;
        }
    }

    /// <summary>Regions, roles and statuses as ListUserPoolReplicas shows them.</summary>
    public static async Task<string> List(World world, string poolId)
    {
        var answer = await world.Must("ListUserPoolReplicas", new { UserPoolId = poolId });
        var all = answer["UserPoolReplicas"]!.AsArray().Select(each =>
            $"{each!.Text("RegionName")} {each!.Text("Role")} {each!.Text("Status")}");
        return string.Join(", ", all);
    }
}
