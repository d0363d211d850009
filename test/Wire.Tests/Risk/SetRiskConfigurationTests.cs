using System.Text.Json.Nodes;
using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Wire.Tests.Replicas;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Risk;

public sealed class SetRiskConfigurationTests
{
    private const string Operation = "SetRiskConfiguration";

    private static readonly object Ranges = new
    {
        BlockedIPRangeList = (string[])["203.0.113.0/24", "2001:db8::/32"],
        SkippedIPRangeList = (string[])["192.0.2.1/32"],
    };

    [Theory, EachDatabase]
    public async Task Says_what_is_to_happen_block_by_block_and_takes_it_back(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await RiskPools.Create(world);
        world.Transcript.Clear();

        await world.SetCompromised(pool, "BLOCK", "SIGN_UP", "PASSWORD_CHANGE");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.SetTakeover(pool, RiskPools.Takeover("MFA_REQUIRED", notify: true, "High"));
        await Set(world, pool, new { RiskExceptionConfiguration = Ranges });
        await Set(world, pool, new { pool.ClientId, RiskExceptionConfiguration = new { } });
        await Set(world, pool, new { pool.ClientId });
        await Set(world, pool);

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("""{"RiskExceptionConfiguration":{"BlockedIPRangeList":["203.0.113.7"]}}""",
        "BlockedIPRangeList must hold ranges of IP addresses in CIDR notation.")]
    [InlineData("""{"RiskExceptionConfiguration":{"SkippedIPRangeList":["10.0.0.0/8","10.0.0.0/33"]}}""",
        "SkippedIPRangeList must hold ranges of IP addresses in CIDR notation.")]
    [InlineData("""{"RiskExceptionConfiguration":{"BlockedIPRangeList":["2001:db8::/129"]}}""",
        "BlockedIPRangeList must hold ranges of IP addresses in CIDR notation.")]
    [InlineData("""{"AccountTakeoverRiskConfiguration":{"Actions":{"LowAction":ACTION}}}""",
        "NotifyConfiguration is required when Notify is true for an action.")]
    [InlineData("""{"AccountTakeoverRiskConfiguration":{"Actions":{"HighAction":ACTION}}}""",
        "NotifyConfiguration is required when Notify is true for an action.")]
    [InlineData("""
        {"AccountTakeoverRiskConfiguration":{"Actions":{},"NotifyConfiguration":
        {"SourceArn":"arn:aws:sns:us-east-1:000000000000:topic"}}}
        """,
        "SourceArn must be the ARN of an identity of Amazon SES.")]
    [InlineData("""
        {"AccountTakeoverRiskConfiguration":{"Actions":{},"NotifyConfiguration":
        {"SourceArn":"SOURCE","From":"a@example.com\r\nBcc: b@example.com"}}}
        """,
        "From must be one e-mail address, alone or as Name <address>.")]
    [InlineData("""
        {"AccountTakeoverRiskConfiguration":{"Actions":{},"NotifyConfiguration":
        {"SourceArn":"SOURCE","From":"a@example.com,b@example.com"}}}
        """,
        "From must be one e-mail address, alone or as Name <address>.")]
    [InlineData("""
        {"AccountTakeoverRiskConfiguration":{"Actions":{},"NotifyConfiguration":
        {"SourceArn":"SOURCE","From":"Pool <a@example.com>","ReplyTo":"help"}}}
        """,
        "ReplyTo must be one e-mail address, alone or as Name <address>.")]
    [InlineData("""
        {"AccountTakeoverRiskConfiguration":{"Actions":{},"NotifyConfiguration":
        {"SourceArn":"SOURCE","ReplyTo":"\u0000"}}}
        """,
        "ReplyTo must be one e-mail address, alone or as Name <address>.")]
    [InlineData("""
        {"AccountTakeoverRiskConfiguration":{"Actions":{},"NotifyConfiguration":
        {"SourceArn":"SOURCE","MfaEmail":{"Subject":"x"}}}}
        """,
        "MfaEmail must have an HtmlBody or a TextBody.")]
    public async Task Refuses_what_does_not_fit_together(string given, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        world.Transcript.Clear();

        var answer = await Set(world, pool, JsonNode.Parse(given
            .Replace("ACTION", """{"Notify":true,"EventAction":"BLOCK"}""")
            .Replace("SOURCE", "arn:aws:ses:us-east-1:000000000000:identity/a@example.com"))!);

        Assert.Equal($"InvalidParameterException: {expected}", answer.ToString());
        PoolSettings.ShouldHaveChangedNothing(world);
    }

    [Fact]
    public async Task Refuses_values_beyond_the_bounds()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        var many = Enumerable.Repeat("10.0.0.0/8", 201).ToArray();

        var tooMany = await Set(
            world, pool, new { RiskExceptionConfiguration = new { BlockedIPRangeList = many } });
        var noAction = await Set(
            world, pool, new { CompromisedCredentialsRiskConfiguration = new { Actions = new { } } });

        Assert.Equal("InvalidParameterException", tooMany.Code);
        Assert.Equal("InvalidParameterException", noAction.Code);
    }

    [Theory]
    [InlineData("PLUS", "OFF")]
    [InlineData("PLUS", null)]
    [InlineData("ESSENTIALS", null)]
    public async Task Refuses_pools_without_threat_protection(string tier, string? mode)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world,
            new
            {
                UserPoolTier = tier,
                UserPoolAddOns = mode is null ? null : new { AdvancedSecurityMode = mode },
            });

        var answer = await Set(world, pool, new { RiskExceptionConfiguration = Ranges });

        Assert.Equal("UserPoolAddOnNotEnabledException", answer.Code);
    }

    [Fact]
    public async Task Refuses_a_pool_or_client_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        var other = await TestPool.Create(world);

        Assert.Equal(
            TestReplica.NoPool,
            (await world.Call(Operation, new { UserPoolId = "us-east-1_Nowhere00" })).ToString());
        foreach (var client in (string[])["nobody", other.ClientId])
        {
            Assert.Equal(
                $"ResourceNotFoundException: User pool client {client} does not exist.",
                (await Set(world, pool, new { ClientId = client })).ToString());
        }
    }

    [Fact]
    public async Task A_block_that_is_given_replaces_the_one_that_was_there_as_a_whole()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await Set(world, pool, new { RiskExceptionConfiguration = Ranges });

        var answer = await Set(
            world,
            pool,
            new { RiskExceptionConfiguration = new { SkippedIPRangeList = (string[])["10.0.0.0/8"] } });

        Assert.Equal(
            """{"SkippedIPRangeList":["10.0.0.0/8"]}""",
            answer["RiskConfiguration"]!["RiskExceptionConfiguration"]!.ToJsonString());
    }

    [Fact]
    public async Task Of_many_changes_at_once_none_is_lost()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);

        var answers = await world.Burst(3, Operation, i => i switch
        {
            0 => Calls.Merge(new { UserPoolId = pool.Id }, new { RiskExceptionConfiguration = Ranges }),
            1 => Calls.Merge(
                new { UserPoolId = pool.Id },
                new { AccountTakeoverRiskConfiguration = RiskPools.Takeover("BLOCK") }),
            _ => Calls.Merge(
                new { UserPoolId = pool.Id },
                new
                {
                    CompromisedCredentialsRiskConfiguration =
                        new { Actions = new { EventAction = "BLOCK" } },
                }),
        });

        Assert.Equal(3, answers["200"]);
        var shown = (await world.Must("DescribeRiskConfiguration", new { UserPoolId = pool.Id }))
            ["RiskConfiguration"]!.AsObject();
        Assert.Equal(5, shown.Count);
    }

    [Fact]
    public async Task A_client_takes_its_configuration_along_when_it_goes()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await Set(world, pool, new { pool.ClientId, RiskExceptionConfiguration = Ranges });

        await world.Must("DeleteUserPoolClient", new { UserPoolId = pool.Id, pool.ClientId });

        Assert.Empty(await world.RowsOf("risk_configuration"));
    }

    [Fact]
    public async Task A_replica_sets_its_own_sender_and_nothing_else()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world, settings: RiskPools.Watching("ENFORCED"));
        await world.SetTakeover(replica.Pool, RiskPools.Takeover("BLOCK", notify: true));
        var there = RiskPools.Takeover("BLOCK", notify: true);
        there["NotifyConfiguration"]!["From"] = "there@example.com";

        var changed = await replica.CallOnPool(Operation, new { AccountTakeoverRiskConfiguration = there });
        var other = await replica.CallOnPool(
            Operation, new { AccountTakeoverRiskConfiguration = RiskPools.Takeover("NO_ACTION", true) });
        var ranges = await replica.CallOnPool(Operation, new { RiskExceptionConfiguration = Ranges });

        Assert.True(changed.IsSuccess, changed.ToString());
        Assert.Equal(
            "InvalidParameterException: AccountTakeoverRiskConfiguration cannot be changed in a secondary "
            + "Region.",
            other.ToString());
        Assert.Equal("InvalidParameterException", ranges.Code);
        Assert.Equal("there@example.com", From(await replica.CallOnPool("DescribeRiskConfiguration")));
        Assert.Equal(
            "Guard <guard@example.com>",
            From(await world.Call("DescribeRiskConfiguration", new { UserPoolId = replica.Pool.Id })));

        await replica.Become("INACTIVE");
        await world.Must(
            "DeleteUserPoolReplica", new { UserPoolId = replica.Pool.Id, RegionName = TestReplica.Region });
        Assert.Single(await world.RowsOf("risk_configuration"));

        static string From(Answer answer) => answer["RiskConfiguration"]!
            ["AccountTakeoverRiskConfiguration"]!["NotifyConfiguration"]!.Text("From");
    }

    private static Task<Answer> Set(World world, TestPool pool, object? more = null) =>
        world.Call(Operation, Calls.Merge(new { UserPoolId = pool.Id }, more));
}
