using System.Text.Json.Nodes;
using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Wire.Tests.Replicas;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Logs;

public sealed class SetLogDeliveryConfigurationTests
{
    private const string Operation = "SetLogDeliveryConfiguration";

    [Theory, EachDatabase]
    public async Task Says_where_logs_go_and_takes_it_back(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, new { UserPoolTier = "PLUS" });
        world.Transcript.Clear();

        await world.Call(Operation, LogSettings.Of(pool.Id, LogSettings.Notifications));
        await world.Call(
            Operation, LogSettings.Of(pool.Id, LogSettings.Notifications, LogSettings.Activity));
        await world.Call("GetLogDeliveryConfiguration", new { UserPoolId = pool.Id });
        await world.Call(Operation, LogSettings.Of(pool.Id));
        await world.Call("GetLogDeliveryConfiguration", new { UserPoolId = pool.Id });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Says_it_for_each_region_of_a_replicated_pool_apart(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var replica = await TestReplica.Create(world, isActive: false, LogSettings.Watching);
        var pool = replica.Pool;
        await world.Must(Operation, LogSettings.Of(pool.Id, LogSettings.Notifications));

        Assert.Empty(await There());
        Assert.Equal(
            "InvalidParameterException: ARN does not belong to current region",
            (await replica.Call(Operation, LogSettings.Of(pool.Id, LogSettings.Notifications))).ToString());
        await replica.Call(Operation, LogSettings.Of(pool.Id, LogSettings.ActivityAbroad));

        Assert.Equal("userNotification", Source(Assert.Single(await Stored(world, pool))));
        Assert.Equal("userAuthEvents", Source(Assert.Single(await There())));
        await world.Must(Operation, LogSettings.Of(pool.Id));
        Assert.Single(await There());
        await Recreate();
        Assert.Empty(await There());

        async Task<JsonArray> There()
        {
            var answer = await replica.CallOnPool("GetLogDeliveryConfiguration");
            return answer["LogDeliveryConfiguration"]!["LogConfigurations"]!.AsArray();
        }

        async Task Recreate()
        {
            var named = new { UserPoolId = pool.Id, RegionName = TestReplica.Region };
            await world.Must("DeleteUserPoolReplica", named);
            await world.Must("CreateUserPoolReplica", named);
        }

        static string Source(JsonNode? configuration) => configuration!.Text("EventSource");
    }

    [Theory]
    [InlineData("""{"CloudWatchLogsConfiguration":{"LogGroupArn":"GROUP"}}""")]
    [InlineData("""{"S3Configuration":{"BucketArn":"BUCKET"}}""")]
    [InlineData("""{"FirehoseConfiguration":{"StreamArn":"STREAM"}}""")]
    [InlineData("""{"S3Configuration":{"BucketArn":"arn:aws-us-gov:s3:::other"}}""")]
    [InlineData("""
        {"CloudWatchLogsConfiguration":{"LogGroupArn":"arn:aws:logs:us-east-1:111122223333:log-group:a"}}
        """)]
    public async Task Takes_each_destination_for_authentication_events(string destination)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { UserPoolTier = "PLUS" });
        var configuration = Entry("userAuthEvents", "INFO", destination);

        var answer = await world.Must(Operation, LogSettings.Of(pool.Id, configuration));

        var stored = answer["LogDeliveryConfiguration"]!["LogConfigurations"]![0];
        Assert.True(JsonNode.DeepEquals(configuration, stored), stored!.ToJsonString());
    }

    [Theory]
    [InlineData("userNotification", "ERROR", "{}",
        "Request validation Failed. Following event sources in request have no destination: "
        + "[userNotification].")]
    [InlineData("userAuthEvents", "INFO", """{"S3Configuration":{}}""",
        "Request validation Failed. Following event sources in request have no destination: "
        + "[userAuthEvents].")]
    [InlineData("userNotification", "INFO", """{"CloudWatchLogsConfiguration":{"LogGroupArn":"GROUP"}}""",
        "The event source userNotification must have the log level ERROR.")]
    [InlineData("userAuthEvents", "ERROR", """{"S3Configuration":{"BucketArn":"BUCKET"}}""",
        "The event source userAuthEvents must have the log level INFO.")]
    [InlineData("userNotification", "ERROR", """{"S3Configuration":{"BucketArn":"BUCKET"}}""",
        "The event source userNotification can only be sent to CloudWatch Logs.")]
    [InlineData("userNotification", "ERROR", """{"FirehoseConfiguration":{"StreamArn":"STREAM"}}""",
        "The event source userNotification can only be sent to CloudWatch Logs.")]
    [InlineData("userAuthEvents", "INFO",
        """{"S3Configuration":{"BucketArn":"BUCKET"},"FirehoseConfiguration":{"StreamArn":"STREAM"}}""",
        "The event source userAuthEvents must have exactly one destination.")]
    [InlineData("userAuthEvents", "INFO", """{"CloudWatchLogsConfiguration":{"LogGroupArn":"STREAM"}}""",
        "LogGroupArn must be the ARN of a log group.")]
    [InlineData("userAuthEvents", "INFO",
        """{"CloudWatchLogsConfiguration":{"LogGroupArn":"arn:aws:logs:us-east-1:000000000000:log-group"}}""",
        "LogGroupArn must be the ARN of a log group.")]
    [InlineData("userAuthEvents", "INFO",
        """{"CloudWatchLogsConfiguration":{"LogGroupArn":"GROUP:log-stream"}}""",
        "LogGroupArn must be the ARN of a log group.")]
    [InlineData("userAuthEvents", "INFO", """{"FirehoseConfiguration":{"StreamArn":"GROUP"}}""",
        "StreamArn must be the ARN of a delivery stream.")]
    [InlineData("userAuthEvents", "INFO",
        """{"FirehoseConfiguration":{"StreamArn":"arn:aws:firehose:us-east-1:000000000000:stream/s"}}""",
        "StreamArn must be the ARN of a delivery stream.")]
    [InlineData("userAuthEvents", "INFO", """{"S3Configuration":{"BucketArn":"arn:aws:sqs:::queue"}}""",
        "BucketArn must be the ARN of a bucket.")]
    [InlineData("userAuthEvents", "INFO", """{"S3Configuration":{"BucketArn":"BUCKET/folder"}}""",
        "BucketArn must be the ARN of a bucket.")]
    [InlineData("userNotification", "ERROR",
        """
        {"CloudWatchLogsConfiguration":{"LogGroupArn":"arn:aws:logs:eu-west-1:000000000000:log-group:a"}}
        """,
        "ARN does not belong to current region")]
    [InlineData("userAuthEvents", "INFO",
        """
        {"FirehoseConfiguration":{"StreamArn":"arn:aws:firehose:eu-west-1:000000000000:deliverystream/s"}}
        """,
        "ARN does not belong to current region")]
    public async Task Refuses_what_does_not_fit_together(
        string source, string level, string destination, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { UserPoolTier = "PLUS" });
        world.Transcript.Clear();

        var answer = await world.Call(
            Operation, LogSettings.Of(pool.Id, Entry(source, level, destination)));

        Assert.Equal($"InvalidParameterException: {expected}", answer.ToString());
        PoolSettings.ShouldHaveChangedNothing(world);
    }

    [Fact]
    public async Task Refuses_a_source_named_twice_and_tells_all_at_once()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var nowhere = Entry("userNotification", "ERROR", "{}");

        Assert.Equal(
            "InvalidParameterException: Request validation Failed. Following event sources appear more then "
            + "once in a request: [userNotification].",
            (await world.Call(
                Operation,
                LogSettings.Of(pool.Id, LogSettings.Notifications, LogSettings.Notifications))).ToString());
        Assert.Equal(
            "InvalidParameterException: Request validation Failed. Following event sources in request have "
            + "no destination: [userNotification]. Following event sources appear more then once in a "
            + "request: [userNotification].",
            (await world.Call(Operation, LogSettings.Of(pool.Id, nowhere, nowhere))).ToString());
    }

    [Theory]
    [InlineData("LITE")]
    [InlineData("ESSENTIALS")]
    public async Task Refuses_authentication_events_below_the_PLUS_plan(string tier)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { UserPoolTier = tier });
        world.Transcript.Clear();

        Assert.Equal(
            "FeatureUnavailableInTierException: The following feature is not available for the "
            + $"{tier} pricing tier configured: Log Streaming",
            (await world.Call(Operation, LogSettings.Of(pool.Id, LogSettings.Activity))).ToString());
        PoolSettings.ShouldHaveChangedNothing(world);
        await world.Must(Operation, LogSettings.Of(pool.Id, LogSettings.Notifications));
    }

    [Fact]
    public async Task Keeps_the_plan_from_becoming_smaller_while_events_are_delivered()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { UserPoolTier = "PLUS" });
        await world.Must(Operation, LogSettings.Of(pool.Id, LogSettings.Activity));

        Assert.Equal(
            "TierChangeNotAllowedException: The following features need to be disabled for the ESSENTIALS "
            + "pricing tier configured: Log Streaming",
            (await world.Call("UpdateUserPool", Smaller(pool))).ToString());
        await world.Must(Operation, LogSettings.Of(pool.Id, LogSettings.Notifications));
        await world.Must("UpdateUserPool", Smaller(pool));

        static object Smaller(TestPool pool) => new { UserPoolId = pool.Id, UserPoolTier = "ESSENTIALS" };
    }

    [Fact]
    public async Task Keeps_the_plan_also_while_only_a_replica_delivers_events()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world, isActive: false, LogSettings.Watching);
        await replica.Call(Operation, LogSettings.Of(replica.Pool.Id, LogSettings.ActivityAbroad));

        Assert.Equal(
            "TierChangeNotAllowedException: The following features need to be disabled for the ESSENTIALS "
            + "pricing tier configured: Log Streaming",
            (await world.Call(
                "UpdateUserPool", new { UserPoolId = replica.Pool.Id, UserPoolTier = "ESSENTIALS" }))
            .ToString());
    }

    [Fact]
    public async Task Drops_entries_that_are_null_and_refuses_a_missing_list()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await world.Must(Operation, LogSettings.Of(pool.Id, LogSettings.Notifications));

        Assert.Equal(
            "InvalidParameterException: 1 validation error detected: Value null at 'logConfigurations' "
            + "failed to satisfy constraint: Member must not be null",
            (await world.Call(Operation, new { UserPoolId = pool.Id })).ToString());
        Assert.Single(await Stored(world, pool));
        await world.Must(Operation, new { UserPoolId = pool.Id, LogConfigurations = new object?[] { null } });
        Assert.Empty(await Stored(world, pool));
    }

    [Fact]
    public async Task Refuses_what_is_no_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.",
            (await world.Call(Operation, LogSettings.Of("us-east-1_Nowhere00"))).ToString());
    }

    private static async Task<JsonArray> Stored(World world, TestPool pool)
    {
        var answer = await world.Must("GetLogDeliveryConfiguration", new { UserPoolId = pool.Id });
        return answer["LogDeliveryConfiguration"]!["LogConfigurations"]!.AsArray();
    }

    private static JsonObject Entry(string source, string level, string destination)
    {
        var entry = JsonNode.Parse(destination
            .Replace("GROUP", LogSettings.Group, StringComparison.Ordinal)
            .Replace("STREAM", LogSettings.Stream, StringComparison.Ordinal)
            .Replace("BUCKET", LogSettings.Bucket, StringComparison.Ordinal))!.AsObject();
        entry["LogLevel"] = level;
        entry["EventSource"] = source;
        return entry;
    }
}
