using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lifeguard.Storage;
using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Risk;

public sealed partial class UpdateAuthEventFeedbackTests
{
    private const string Operation = "UpdateAuthEventFeedback";
    private const string BadToken = "NotAuthorizedException: Invalid feedback token.";

    [Theory, EachDatabase]
    public async Task Says_by_the_token_of_a_mail_whose_doing_it_was(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, mail) = await Mailed(world);
        world.Transcript.Clear();

        await Give(world, pool, mail.EventId, mail.Token, "Invalid");
        await world.Admin(pool, "AdminListUserAuthEvents", "ana", new { MaxResults = 1 });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task The_mail_links_to_both_answers()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, mail) = await Mailed(world);

        Assert.Equal(
            [
                $"http://127.0.0.1:9229/_feedback/{pool.Id}/valid?token={mail.Token}",
                $"http://127.0.0.1:9229/_feedback/{pool.Id}/invalid?token={mail.Token}",
            ],
            mail.Links);
    }

    [Fact]
    public async Task A_token_is_good_for_its_event_its_user_and_its_pool_and_for_a_week()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, mail) = await Mailed(world);
        var other = await RiskPools.Create(world);
        await world.KnownUser(pool, "eve");
        await world.KnownUser(other, "ana");
        var earlier = (await world.EventsOf(pool, "ana"))[1].Text("EventId");

        string[] refused =
        [
            (await Give(world, pool, earlier, mail.Token, "Valid")).ToString(),
            (await Give(world, pool, mail.EventId, mail.Token, "Valid", "eve")).ToString(),
            (await Give(world, other, mail.EventId, mail.Token, "Valid")).ToString(),
            (await Give(world, pool, mail.EventId, "rubbish", "Valid")).ToString(),
            (await Give(world, pool, mail.EventId, mail.Token + "A", "Valid")).ToString(),
            // Without a good token nothing is told of users.
            (await Give(world, pool, mail.EventId, "rubbish", "Valid", "nobody")).ToString(),
        ];

        Assert.All(refused, each => Assert.Equal(BadToken, each));
        Assert.True((await Give(world, pool, mail.EventId, mail.Token, "Valid")).IsSuccess);
        world.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(BadToken, (await Give(world, pool, mail.EventId, mail.Token, "Valid")).ToString());
    }

    [Fact]
    public async Task Refuses_users_and_pools_that_are_not_there_any_more()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, mail) = await Mailed(world);
        var plain = await TestPool.Create(world);

        await world.Admin(pool, "AdminDeleteUser", "ana");

        Assert.Equal(
            "UserNotFoundException", (await Give(world, pool, mail.EventId, mail.Token, "Valid")).Code);
        Assert.Equal(
            "UserPoolAddOnNotEnabledException",
            (await Give(world, plain, mail.EventId, mail.Token, "Valid")).Code);
        await world.Must("DeleteUserPool", new { UserPoolId = pool.Id });
        Assert.Equal(
            "ResourceNotFoundException", (await Give(world, pool, mail.EventId, mail.Token, "Valid")).Code);
    }

    [Fact]
    public async Task An_event_that_is_gone_is_told_so()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, mail) = await Mailed(world);
        await world.Get<AuthEventStore>().Sweep(
            world.Clock.GetUtcNow() + AuthEventStore.Retention, 100, CancellationToken.None);

        Assert.Equal(
            "ResourceNotFoundException: Authentication event does not exist.",
            (await Give(world, pool, mail.EventId, mail.Token, "Valid")).ToString());
    }

    private static async Task<(TestPool Pool, Mail Mail)> Mailed(World world)
    {
        var pool = await RiskPools.Create(world);
        var takeover = RiskPools.Takeover("NO_ACTION", notify: true);
        takeover["NotifyConfiguration"]!["NoActionEmail"] = JsonNode.Parse(
            """
            {
              "Subject": "x",
              "TextBody": "{event-id} {feedback-token} {one-click-link-valid} {one-click-link-invalid}"
            }
            """);
        await world.SetTakeover(pool, takeover);
        await world.KnownUser(pool, "ana", email: "ana@example.com");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        world.Source = RiskPools.Elsewhere;
        await pool.SignIn("ana");
        var words = world.Email.Sent[^1].Body.Split(' ');
        Assert.Matches(TokenPattern(), words[1]);
        return (pool, new(words[0], words[1], words[2..]));
    }

    private static Task<Answer> Give(
        World world, TestPool pool, string id, string token, string value, string username = "ana") =>
        world.Call(
            Operation,
            new
            {
                UserPoolId = pool.Id,
                Username = username,
                EventId = id,
                FeedbackToken = token,
                FeedbackValue = value,
            });

    [GeneratedRegex("^[A-Za-z0-9-_=.]+$")]
    private static partial Regex TokenPattern();

    private sealed record Mail(string EventId, string Token, string[] Links);
}
