using System.Text.Json.Nodes;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Logs;
using Lifeguard.Wire.Tests.Replicas;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Logs;

/// <summary>What administrators read of messages that did not reach their users.</summary>
public sealed class UserNotificationTests
{
    [Theory, EachDatabase]
    public async Task A_refused_email_leaves_a_line_at_the_log_group(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Pool(world);
        world.Email.Refusal = new DeliveryException("550 no such mailbox", permanent: true);
        world.Transcript.Clear();

        await world.Public(pool, "ForgotPassword", "ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task The_line_has_the_services_form_and_neither_address_nor_code()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world);
        world.Email.Refusal = new DeliveryException("550 no such mailbox", permanent: true);

        await world.Admin(pool, "AdminResetUserPassword", "ana");

        var batch = Assert.Single(world.Logs.Written);
        var text = Assert.Single(batch.Lines);
        Assert.Equal((LogSettings.Group, pool.Id), (batch.Destination, batch.Stream));
        var line = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(
            ["eventTimestamp", "eventSource", "logLevel", "message", "logSourceId"],
            line.Select(member => member.Key));
        Assert.Equal("USER_NOTIFICATION", line["eventSource"]!.GetValue<string>());
        Assert.Equal("ERROR", line["logLevel"]!.GetValue<string>());
        Assert.Equal(
            $"{world.Clock.GetUtcNow().ToUnixTimeMilliseconds()}",
            line["eventTimestamp"]!.GetValue<string>());
        Assert.Equal(pool.Id, line["logSourceId"]!["userPoolId"]!.GetValue<string>());
        Assert.Contains("550 no such mailbox", line["message"]!["details"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.DoesNotContain("ana@example.com", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_failed_attempt_is_told_and_the_one_that_succeeds_is_not()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world);
        world.Email.Refusal = new DeliveryException("The mail server is away.", permanent: false);
        await world.Public(pool, "ForgotPassword", "ana");
        await Retry(world);
        world.Email.Refusal = null;
        await Retry(world);

        var details = world.Logs.Written.SelectMany(batch => batch.Lines)
            .Select(line => JsonNode.Parse(line)!["message"]!["details"]!.GetValue<string>())
            .ToArray();

        Assert.Equal(2, details.Length);
        Assert.All(
            details,
            text => Assert.EndsWith(
                "and will be tried again: The mail server is away.", text, StringComparison.Ordinal));
        Assert.Single(world.Email.Sent);
    }

    [Fact]
    public async Task Nobody_is_told_where_nobody_asked()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Email.Refusal = new DeliveryException("550 no such mailbox", permanent: true);

        await world.Public(pool, "ForgotPassword", "ana");

        Assert.Empty(world.Logs.Written);
    }

    [Fact]
    public async Task The_region_that_a_message_came_from_is_told()
    {
        const string group = "arn:aws:logs:eu-west-1:000000000000:log-group:/pools/messages";
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world);
        var id = replica.Pool.Id;
        await world.Must("SetLogDeliveryConfiguration", LogSettings.Of(id, LogSettings.Notifications));
        await Fail(TestReplica.Region);
        await replica.Call("SetLogDeliveryConfiguration", LogSettings.Of(id, new
        {
            LogLevel = "ERROR",
            EventSource = "userNotification",
            CloudWatchLogsConfiguration = new { LogGroupArn = group },
        }));

        await Fail(TestReplica.Region);
        await Fail(null);
        await Fail("eu-central-1");

        Assert.Equal([group, LogSettings.Group], world.Logs.Written.Select(batch => batch.Destination));

        async Task Fail(string? region)
        {
            // No operation that a replica serves sends a message yet.
            var message = new OutgoingMessage(
                "id", id, "sub", DeliveryMedium.Email, "Authentication", "ana@example.com", "Subject",
                "Body", null, null, world.Clock.GetUtcNow())
            { Region = region };
            await world.Get<FailedNotifications>().Tell(message, "550 no such mailbox", isLast: true);
            await world.Get<LogQueue>().Idle();
        }
    }

    [Fact]
    public async Task A_sink_that_refuses_changes_nothing_for_the_message()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world);
        world.Logs.Refusal = new DeliveryException("full", permanent: true);
        world.Email.Refusal = new DeliveryException("The mail server is away.", permanent: false);

        var answer = await world.Public(pool, "ForgotPassword", "ana");
        world.Email.Refusal = null;
        await Retry(world);

        Assert.True(answer.IsSuccess);
        Assert.Single(world.Email.Sent);
        Assert.Equal(1, world.Get<LogQueue>().Lost);
    }

    private static async Task<TestPool> Pool(World world)
    {
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await world.Must(
            "SetLogDeliveryConfiguration", LogSettings.Of(pool.Id, LogSettings.Notifications));
        return pool;
    }

    private static async Task Retry(World world)
    {
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.DeliverDue();
        await world.Get<LogQueue>().Idle();
    }
}
