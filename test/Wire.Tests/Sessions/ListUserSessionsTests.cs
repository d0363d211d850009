using System.Text.Json.Nodes;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Sessions;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Sessions;

public sealed class ListUserSessionsTests
{
    private const string Operation = "ListUserSessions";

    [Theory, EachDatabase]
    public async Task Shows_where_the_user_is_signed_in_the_newest_first(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await SessionCalls.Tracking(world);
        var other = new TestApp(world, await app.Pool.AnotherClient());
        await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        var tokens = await other.SignedIn("ana");
        await world.Own(tokens.Access, Operation);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await other.Refresh(tokens.Refresh!);
        await world.Own(tokens.Access, Operation);

        world.Transcript.ShouldMatchApproved();
    }

    // A function that signs the user out everywhere ends the other sessions, and not the one that it is asked
    // about.
    [Theory]
    [InlineData("PostAuthentication")]
    [InlineData("PreTokenGeneration")]
    public async Task Holds_a_sign_in_whose_function_has_ended_all_others(string trigger)
    {
        const string arn = "arn:aws:lambda:us-east-1:000000000000:function:one";
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world);
        await app.SignedIn("ana");
        await world.Must("UpdateUserPool", new
        {
            UserPoolId = app.Pool.Id,
            LambdaConfig = new Dictionary<string, string> { [trigger] = arn },
        });
        world.Triggers.On(arn, async _ =>
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await world.Must(
                "AdminUserGlobalSignOut", new { UserPoolId = app.Pool.Id, Username = "ana" });
        });

        var tokens = await app.SignedIn("ana");

        var current = await SessionCalls.Current(world, tokens);
        Assert.Equal([current], await SessionCalls.Of(world, app.Pool));
        Assert.True((await world.Admin(
            app.Pool, "AdminRevokeUserSession", "ana", new { SessionId = current })).IsSuccess);
        Assert.False((await world.Call("GetUser", new { AccessToken = tokens.Access })).IsSuccess);
    }

    [Fact]
    public async Task Names_device_and_address_of_the_last_activity()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world);
        var tokens = await SessionCalls.From(
            world,
            SessionCalls.Firefox,
            "InitiateAuth",
            new
            {
                app.Pool.ClientId,
                AuthFlow = "USER_PASSWORD_AUTH",
                AuthParameters = new { USERNAME = "ana", PASSWORD = TestPool.Password },
            });
        Assert.Equal(("Firefox 126 / Linux", "192.0.2.1"), await Seen(world, tokens));

        await SessionCalls.From(
            world,
            SessionCalls.Chrome,
            "GetTokensFromRefreshToken",
            new { app.Pool.ClientId, RefreshToken = tokens.Refresh });
        Assert.Equal(("Chrome 126 / Windows 10", "192.0.2.1"), await Seen(world, tokens));
        await app.Refresh(tokens.Refresh!);
        Assert.Equal("unknown", (await Seen(world, tokens)).Device);

        var byServer = new TestApp(world, app.Pool, byAdministrator: true);
        var signedIn = TestTokens.Of(await world.Call(
            "AdminInitiateAuth",
            new
            {
                UserPoolId = byServer.Pool.Id,
                byServer.Pool.ClientId,
                AuthFlow = "ADMIN_USER_PASSWORD_AUTH",
                AuthParameters = new { USERNAME = "ana", PASSWORD = TestPool.Password },
                ContextData = new
                {
                    IpAddress = "198.51.100.7",
                    ServerName = "",
                    ServerPath = "",
                    HttpHeaders = new[]
                    {
                        new { headerName = "User-Agent", headerValue = SessionCalls.Firefox },
                    },
                },
            }));
        Assert.Equal(("Firefox 126 / Linux", "198.51.100.7"), await Seen(world, signedIn));
    }

    [Theory]
    [InlineData("USER_PASSWORD_AUTH")]
    [InlineData("USER_SRP_AUTH")]
    [InlineData("NEW_PASSWORD_REQUIRED")]
    public async Task Has_one_session_for_every_way_to_sign_in(string way)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world);
        if (way == "NEW_PASSWORD_REQUIRED") await app.Pool.InvitedUser("bob");
        else await app.Pool.ConfirmedUser("bob");

        var answer = way switch
        {
            "USER_SRP_AUTH" => await app.Srp("bob"),
            _ => await app.Password("bob"),
        };
        if (way == "NEW_PASSWORD_REQUIRED")
        {
            Assert.Empty(await SessionCalls.Of(world, app.Pool, "bob"));
            answer = await app.Answer(
                way,
                answer["Session"]!.GetValue<string>(),
                ("USERNAME", "bob"),
                ("NEW_PASSWORD", "Newer-1234!"));
        }

        var id = await SessionCalls.Current(world, TestTokens.Of(answer));
        Assert.Equal([id], await SessionCalls.Of(world, app.Pool, "bob"));
        Assert.Matches("\\Atkn[0-9a-z]{25}\\z", id);
    }

    [Fact]
    public async Task A_trigger_that_keeps_tokens_back_leaves_no_session()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        const string arn = "arn:aws:lambda:us-east-1:000000000000:function:post";
        var pool = await TestPool.Create(world, new { LambdaConfig = new { PostAuthentication = arn } });
        await SessionCalls.Track(world, pool, "ENABLED");
        await pool.ConfirmedUser("ana");
        var app = new TestApp(world, pool);
        world.Triggers.On(arn, static (JsonObject _) => { });
        await app.SignedIn("ana");
        world.Triggers.Answers(arn, new TriggerAnswer.Failed("no"));

        Assert.Equal(
            "UserLambdaValidationException: PostAuthentication failed with error no.",
            TestApp.Outcome(await app.Password("ana")));

        Assert.Single(await SessionCalls.Of(world, pool));
    }

    [Theory]
    [InlineData("AdminUserGlobalSignOut")]
    [InlineData("AdminDisableUser")]
    public async Task Leaves_out_what_has_ended(string operation)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(
            world,
            client: new { RefreshTokenValidity = 1, TokenValidityUnits = new { RefreshToken = "hours" } });
        var early = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(59));
        var tokens = await app.SignedIn("ana");
        Assert.Equal(2, (await SessionCalls.Of(world, app.Pool)).Count);
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        // The refresh token of the first has expired.
        Assert.Equal([await SessionCalls.Current(world, tokens)], await SessionCalls.Of(world, app.Pool));
        Assert.Equal(
            "NotAuthorizedException: Refresh Token has expired",
            TestApp.Outcome(await app.Refresh(early.Refresh!)));
        await world.Admin(app.Pool, operation, "ana");
        Assert.Empty(await SessionCalls.Of(world, app.Pool));
    }

    [Fact]
    public async Task Leaves_out_what_ended_with_its_client()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world);
        var other = new TestApp(world, await app.Pool.AnotherClient());
        var (tokens, _) = (await app.SignedIn("ana"), await other.SignedIn("ana"));

        await world.Must("DeleteUserPoolClient", new { UserPoolId = app.Pool.Id, other.Pool.ClientId });

        Assert.Equal([await SessionCalls.Current(world, tokens)], await SessionCalls.Of(world, app.Pool));
    }

    [Theory, EachDatabase]
    public async Task Has_pages_where_there_are_more_sessions_than_a_page_holds(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await SessionCalls.Tracking(world);
        var tokens = await app.SignedIn("ana");
        var sub = tokens.AccessClaims["sub"]!.GetValue<string>();
        await Add(world, app.Pool, sub, 2 * SessionRules.PageSize);
        var seen = new List<string>();
        string? next = null;
        var pages = 0;
        do
        {
            var page = await world.Own(tokens.Access, Operation, new { NextToken = next });
            seen.AddRange(SessionCalls.Ids(page));
            next = page["NextToken"]?.GetValue<string>();
            pages++;
        }
        while (next is not null);

        Assert.Equal(3, pages);
        Assert.Equal((2 * SessionRules.PageSize) + 1, seen.Distinct().Count());
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task Refuses_where_sessions_are_not_tracked()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");

        Assert.Equal(
            SessionCalls.NotTracked, (await world.Own(tokens.Access, Operation)).ToString());
        // Sign-ins from before have no session.
        await SessionCalls.Track(world, app.Pool, "ENABLED");
        Assert.Empty(SessionCalls.Ids(await world.Own(tokens.Access, Operation)));
        await app.Refresh(tokens.Refresh!);
        Assert.Empty(SessionCalls.Ids(await world.Own(tokens.Access, Operation)));
    }

    [Fact]
    public async Task Refuses_foreign_page_tokens_and_tokens_that_are_good_for_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world);
        var tokens = await app.SignedIn("ana");

        Assert.Equal(
            "InvalidParameterException: Invalid pagination token.",
            (await world.Own(tokens.Access, Operation, new { NextToken = "garbage" })).ToString());
        Assert.Equal(
            "NotAuthorizedException: Invalid Access Token",
            (await world.Own(tokens.Id, Operation)).ToString());
    }

    private static async Task<(string Device, string Address)> Seen(World world, TestTokens tokens)
    {
        var listed = await world.Own(tokens.Access, Operation);
        var own = listed["Sessions"]!.AsArray().Single(one => one!["IsCurrentSession"]!.GetValue<bool>())!;
        return (own["DeviceType"]!.GetValue<string>(), own["LastIPAddress"]!.GetValue<string>());
    }

    /// <summary>More than a user can come to by signing in.</summary>
    private static Task Add(World world, TestPool pool, string sub, int count) => world.Database.Write(
        async transaction =>
        {
            for (var i = 0; i < count; i++)
            {
                await world.Get<SessionStore>().Add(
                    transaction,
                    new()
                    {
                        PoolId = pool.Id,
                        Sub = sub,
                        Id = SessionId.OfTokens($"{i}"),
                        ClientId = pool.ClientId,
                        Family = $"{i}",
                        Device = "unknown",
                        Address = "192.0.2.1",
                        // Some began at the same time.
                        CreatedAt = World.Beginning.AddSeconds(i / 3),
                        ActiveAt = World.Beginning,
                        ExpiresAt = World.Beginning.AddDays(1),
                    },
                    CancellationToken.None);
            }
        },
        CancellationToken.None);
}
