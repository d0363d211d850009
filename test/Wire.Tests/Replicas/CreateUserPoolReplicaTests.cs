using System.Text.Json.Nodes;
using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Replicas;

public sealed class CreateUserPoolReplicaTests
{
    private const string NeedsKey =
        "InvalidParameterException: User pool must be configured with a multi-Region customer managed key "
        + "before it can be replicated.";

    [Theory, EachDatabase]
    public async Task Makes_the_pool_visible_in_another_region_to_administrators(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestReplica.NewPool(world, new { UserPoolTags = new { team = "river" } });
        var replica = new TestReplica(world, pool);
        await pool.ConfirmedUser("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await world.Call(
            "CreateUserPoolReplica",
            new
            {
                UserPoolId = pool.Id,
                RegionName = TestReplica.Region,
                UserPoolTags = new { team = "sea" },
            });
        await world.Call("ListUserPoolReplicas", new { UserPoolId = pool.Id });
        await replica.CallOnPool("AdminGetUser", new { Username = "ana" });
        await replica.There(() => pool.SignIn("ana"));
        await replica.Call("ListUserPools", new { MaxResults = 5 });
        await world.Call("ListUserPools", new { MaxResults = 5 });

        world.Transcript.ShouldMatchApproved();
    }

    // Settings of the pool, members of the request -> refusal.
    public static TheoryData<string, string, string> Refused => new()
    {
        {
            """{"UserPoolTier":"LITE"}""", "{}",
            "FeatureUnavailableInTierException: The following feature is not available for the LITE "
            + "pricing tier configured: Multi-Region Replication"
        },
        { """{"KeyConfiguration":null}""", "{}", NeedsKey },
        {
            """
            {"KeyConfiguration":{"KeyType":"CUSTOMER_MANAGED_KEY",
              "KmsKeyArn":"arn:aws:kms:us-east-1:000000000000:key/0123"}}
            """,
            "{}", NeedsKey
        },
        {
            "{}", """{"RegionName":"us-east-1"}""",
            "InvalidParameterException: us-east-1 is the primary Region; a replica must be in another one."
        },
        {
            "{}", """{"RegionName":"somewhere"}""",
            "InvalidParameterException: somewhere is not a Region."
        },
        {
            "{}", """{"RegionName":"eu"}""",
            "InvalidParameterException: 1 validation error detected: Value 'eu' at 'regionName' failed to "
            + "satisfy constraint: Member must have length greater than or equal to 5"
        },
        { "{}", """{"UserPoolTags":{"aws:x":"y"}}""", "UserPoolTaggingException" },
        {
            "{}", """{"UserPoolId":"us-east-1_Nowhere00"}""",
            TestReplica.NoPool
        },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task Refuses_what_cannot_be_and_creates_nothing(
        string settings, string more, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestReplica.NewPool(world, PoolSettings.Parse(settings));
        var request = Calls.Merge(
            new { UserPoolId = pool.Id, RegionName = TestReplica.Region }, PoolSettings.Parse(more));

        var answer = await world.LeavesNothing(() => world.Call("CreateUserPoolReplica", request));

        Assert.StartsWith(expected, answer, StringComparison.Ordinal);
        Assert.Equal("us-east-1 PRIMARY ACTIVE", await TestReplica.List(world, pool.Id));
    }

    [Fact]
    public async Task Allows_one_replica_of_a_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world);

        Assert.Equal(
            "InvalidParameterException: User pool already has a replica in Region eu-west-1.",
            await Again("eu-west-1"));
        Assert.StartsWith("LimitExceededException: ", await Again("eu-central-1"), StringComparison.Ordinal);
        await TestReplica.Create(world);

        Task<string> Again(string region) => world.LeavesNothing(() => world.Call(
            "CreateUserPoolReplica", new { UserPoolId = replica.Pool.Id, RegionName = region }));
    }

    [Fact]
    public async Task Is_called_in_the_pools_own_region()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world);

        Assert.Equal(
            "OperationNotEnabledException: CreateUserPoolReplica is not enabled in Region eu-west-1 for this "
            + "user pool.",
            (await replica.CallOnPool("CreateUserPoolReplica", new { RegionName = "eu-central-1" }))
                .ToString());
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_one_makes_the_replica(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestReplica.NewPool(world);

        var answers = await world.Burst(
            8,
            "CreateUserPoolReplica",
            i => new { UserPoolId = pool.Id, RegionName = $"eu-west-{(i % 4) + 1}" });

        Assert.Equal(1, answers["200"]);
        Assert.Equal(8, answers.Values.Sum());
        Assert.Subset(
            new HashSet<string>
            {
                "200", "InvalidParameterException", "LimitExceededException", "TooManyRequestsException",
            },
            answers.Keys.ToHashSet());
        var all = await TestReplica.List(world, pool.Id);
        Assert.Equal(2, all.Split(", ").Length);
    }

    [Fact]
    public async Task What_the_replica_needs_cannot_be_taken_from_the_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = (await TestReplica.Create(world)).Pool;

        Assert.Equal(
            "TierChangeNotAllowedException: The following features need to be disabled for the LITE pricing "
            + "tier configured: Multi-Region Replication",
            await Update(new { UserPoolTier = "LITE" }));
        Assert.StartsWith(
            "InvalidParameterException: ",
            await Update(new { KeyConfiguration = new { KeyType = "AWS_OWNED_KEY" } }),
            StringComparison.Ordinal);
        Assert.Equal("200", await Update(new { UserPoolTier = "PLUS" }));

        async Task<string> Update(object more)
        {
            var answer = await world.Call(
                "UpdateUserPool", Calls.Merge(new { UserPoolId = pool.Id }, more));
            return answer.IsSuccess ? "200" : answer.ToString();
        }
    }
}
