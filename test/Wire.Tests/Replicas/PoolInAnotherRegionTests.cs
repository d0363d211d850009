using System.Text.Json.Nodes;
using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Replicas;

/// <summary>What a pool is like in the region of its replica.</summary>
public sealed class PoolInAnotherRegionTests
{
    private const string Lambda = "arn:aws:lambda:eu-west-1:000000000000:function:door";

    [Theory, EachDatabase]
    public async Task Has_its_own_senders_and_triggers_and_otherwise_the_pools_settings(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var replica = await TestReplica.Create(
            world,
            settings: new
            {
                LambdaConfig = new { PreAuthentication = "arn:aws:lambda:us-east-1:000000000000:function:x" },
                EmailConfiguration = new { ReplyToEmailAddress = "us@example.com" },
                Policies = new { PasswordPolicy = new { MinimumLength = 7 } },
            });
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var before = await Here();

        Assert.Equal(
            """{"EmailConfiguration":{"EmailSendingAccount":"COGNITO_DEFAULT"},"LambdaConfig":{}}""",
            Regional(await There()).ToJsonString());
        var changes = PoolSettings.Parse(
            $$"""
            {
              "LambdaConfig": { "PreAuthentication": "{{Lambda}}" },
              "EmailConfiguration": {
                "ReplyToEmailAddress": "eu@example.com", "EmailSendingAccount": "COGNITO_DEFAULT"
              },
              "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::000000000000:role/eu" },
              "UserPoolTags": { "team": "sea" }
            }
            """);
        Assert.True((await replica.CallOnPool("UpdateUserPool", changes)).IsSuccess);

        var (here, there) = (await Here(), await There());
        Assert.True(JsonNode.DeepEquals(before, here));
        Assert.Equal(
            $"arn:aws:cognito-idp:eu-west-1:000000000000:userpool/{replica.Pool.Id}", there.Text("Arn"));
        PoolSettings.ShouldHold(there, changes);
        foreach (var own in (string[])[.. changes.Select(pair => pair.Key), "Arn", "LastModifiedDate"])
        {
            here.Remove(own);
            there.Remove(own);
        }

        Assert.Equal(here.ToJsonString(), there.ToJsonString());

        async Task<JsonObject> Here() => (await PoolSettings.Describe(world, replica.Pool.Id)).AsObject();

        async Task<JsonObject> There() =>
            (await replica.CallOnPool("DescribeUserPool"))["UserPool"]!.AsObject();
    }

    [Theory]
    [InlineData("""{"PoolName":"renamed"}""", "InvalidParameterException: PoolName cannot be changed")]
    [InlineData("""{"MfaConfiguration":"OFF"}""", null)]
    [InlineData(
        """{"DeletionProtection":"ACTIVE"}""",
        "InvalidParameterException: DeletionProtection cannot be changed in a secondary Region.")]
    [InlineData("""{"UserPoolTags":{"aws:x":"y"}}""", "UserPoolTaggingException")]
    [InlineData(
        """{"EmailConfiguration":{"EmailSendingAccount":"DEVELOPER"}}""", "InvalidParameterException: ")]
    public async Task Changes_only_what_the_region_has_of_its_own(string given, string? expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world, isActive: false);

        var answer = await replica.CallOnPool("UpdateUserPool", PoolSettings.Parse(given));

        if (expected is null) Assert.True(answer.IsSuccess, answer.ToString());
        else Assert.StartsWith(expected, answer.ToString(), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Signs_users_in_by_every_way_and_issues_the_pools_own_tokens(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var replica = await TestReplica.Create(world, client: new { GenerateSecret = true });
        await replica.Pool.ConfirmedUser("ana", email: "ana@example.com");

        foreach (var app in Apps(world, replica.Pool))
        {
            var tokens = TestTokens.Of(await replica.There(() => app.Password("ana")));
            var bySrp = TestTokens.Of(await replica.There(() => app.Srp("ana")));
            var renewed = await replica.There(() => app.Refresh(tokens.Refresh!, hashOver: "ana"));
            Assert.Equal("tokens", TestApp.Outcome(renewed));
            Assert.Equal(
                $"https://cognito-idp.us-east-1.amazonaws.com/{replica.Pool.Id}",
                bySrp.AccessClaims["iss"]!.GetValue<string>());
            // Both regions take tokens of either.
            var request = new { AccessToken = tokens.Access };
            Assert.Equal("ana", (await replica.Call("GetUser", request))["Username"]!.GetValue<string>());
            Assert.Equal("ana", (await world.Must("GetUser", request))["Username"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Does_not_set_the_password_of_an_invited_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world);
        await replica.Pool.InvitedUser("ana");
        var app = new TestApp(world, replica.Pool);

        var challenge = await replica.There(() => app.Password("ana"));
        Assert.Equal("NEW_PASSWORD_REQUIRED", TestApp.Outcome(challenge));
        Task<Answer> Answer() => app.Answer(
            "NEW_PASSWORD_REQUIRED", challenge["Session"]!.GetValue<string>(),
            ("USERNAME", "ana"), ("NEW_PASSWORD", "New-1234!"));

        Assert.StartsWith(
            "OperationNotEnabledException: ",
            await world.LeavesNothing(() => replica.There(Answer)),
            StringComparison.Ordinal);
        Assert.Equal("tokens", TestApp.Outcome(await Answer()));
    }

    [Fact]
    public async Task Is_not_there_without_a_replica()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world);
        var plain = await TestPool.Create(world);
        await plain.ConfirmedUser("ana");
        var token = await plain.AccessTokenOf("ana");

        Assert.Equal(
            $"ResourceNotFoundException: User pool {plain.Id} does not exist.",
            (await replica.Call("DescribeUserPool", new { UserPoolId = plain.Id })).ToString());
        Assert.Equal(
            $"ResourceNotFoundException: User pool client {plain.ClientId} does not exist.",
            (await replica.There(() => plain.SignIn("ana"))).ToString());
        Assert.Equal(
            "NotAuthorizedException: Invalid Access Token",
            (await replica.Call("GetUser", new { AccessToken = token })).ToString());
        Assert.Equal(
            $"ResourceNotFoundException: User pool client {Clients.ClientSettings.Unused} does not exist.",
            (await replica.Call(
                "InitiateAuth",
                new
                {
                    ClientId = Clients.ClientSettings.Unused,
                    AuthFlow = "USER_PASSWORD_AUTH",
                    AuthParameters = new { USERNAME = "ana", TestPool.Password },
                })).ToString());
        // A region without any replica has nothing at all.
        world.Region = "ap-south-1";
        Assert.Empty((await world.Must("ListUserPools", new { MaxResults = 5 }))["UserPools"]!.AsArray());
        Assert.Equal(
            $"ResourceNotFoundException: User pool {plain.Id} does not exist.",
            (await world.Call("DescribeUserPool", new { UserPoolId = plain.Id })).ToString());
    }

    [Fact]
    public async Task Serves_no_users_while_the_replica_is_inactive()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world, isActive: false);
        await replica.Pool.ConfirmedUser("ana");
        var token = await replica.Pool.AccessTokenOf("ana");

        Assert.Equal(
            "OperationNotEnabledException: InitiateAuth is not enabled in Region eu-west-1 for this user "
            + "pool.",
            (await replica.There(() => replica.Pool.SignIn("ana"))).ToString());
        Assert.Equal(
            "OperationNotEnabledException: GetUser is not enabled in Region eu-west-1 for this user pool.",
            (await replica.Call("GetUser", new { AccessToken = token })).ToString());
        Assert.True((await replica.CallOnPool("ListUsers")).IsSuccess);
        // Its own region always works.
        Assert.True((await replica.Pool.SignIn("ana")).IsSuccess);
    }

    [Fact]
    public async Task Pools_are_created_in_the_deployments_own_region()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world);

        Assert.StartsWith(
            "InvalidParameterException: ",
            await world.LeavesNothing(() => replica.Call("CreateUserPool", new { PoolName = "x" })),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pools_are_listed_page_by_page()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replicas = new List<TestReplica>();
        for (var i = 0; i < 3; i++) replicas.Add(await TestReplica.Create(world));
        await TestPool.Create(world);

        var first = await replicas[0].Call("ListUserPools", new { MaxResults = 2 });
        var token = first["NextToken"]!.GetValue<string>();
        var second = await replicas[0].Call("ListUserPools", new { MaxResults = 2, NextToken = token });

        Assert.Null(second["NextToken"]);
        Assert.Equal(
            replicas.Select(each => each.Pool.Id).Order(StringComparer.Ordinal),
            Ids(first).Concat(Ids(second)));
        // A token is good in its own region alone.
        Assert.Equal(
            "InvalidParameterException: Paging Marker is Invalid for Request",
            (await world.Call("ListUserPools", new { MaxResults = 2, NextToken = token })).ToString());

        static IEnumerable<string> Ids(Answer answer) =>
            answer["UserPools"]!.AsArray().Select(pool => pool!.Text("Id"));
    }

    private static IEnumerable<TestApp> Apps(World world, TestPool pool) =>
        [new(world, pool), new(world, pool, byAdministrator: true)];

    private static JsonObject Regional(JsonObject pool)
    {
        string[] names = ["EmailConfiguration", "SmsConfiguration", "LambdaConfig", "UserPoolTags"];
        return new(names
            .Where(name => pool[name] is not null)
            .Select(name => KeyValuePair.Create(name, pool[name]?.DeepClone())));
    }
}
