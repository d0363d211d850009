using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Triggers;

/// <summary>What answers of PreTokenGeneration do to tokens, and which are refused.</summary>
public sealed class PreTokenAnswerTests
{
    private const string Malformed =
        "InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON";

    /// <summary>Answer, then what the claims of ID and access token are afterwards: <c>name=JSON</c>, or
    /// <c>-name</c> for none.</summary>
    public static TheoryData<string, string, string, string> OnClaims => new()
    {
        { "V1_0", """{"claimsToAddOrOverride":{"a":"1"}}""", "a=\"1\"", "-a" },
        { "V1_0", """{"claimsToSuppress":["email"]}""", "-email;email_verified=true", "" },
        { "V1_0", """{"claimsToAddOrOverride":{"a":"1"},"claimsToSuppress":["a"]}""", "-a", "-a" },
        {
            "V1_0", """{"claimsToAddOrOverride":null,"claimsToSuppress":null}""",
            "email=\"ana@example.com\"", ""
        },
        { "V1_0", """{"claimsToAddOrOverride":{"a":null}}""", "-a", "" },
        // Of later versions, which the first does not read.
        { "V1_0", """{"idTokenGeneration":{"claimsToAddOrOverride":{"a":"1"}}}""", "-a", "" },
        { "V2_0", """{"claimsToAddOrOverride":{"a":"1"}}""", "-a", "-a" },
        {
            "V2_0",
            """{"idTokenGeneration":{"claimsToAddOrOverride":{"a":{"b":[1,2.50,true,null,"x"]}}}}""",
            """a={"b":[1,2.50,true,null,"x"]}""", "-a"
        },
        {
            "V2_0",
            """
            {"accessTokenGeneration":{"claimsToAddOrOverride":{"a":7,"email":"x"},
             "claimsToSuppress":["cognito:groups"]}}
            """,
            """cognito:groups=["admins","staff"];email="ana@example.com";-a""",
            "a=7;email=\"x\";-cognito:groups"
        },
        {
            "V2_0",
            """
            {"idTokenGeneration":{"claimsToAddOrOverride":
             {"address":{"x":1},"updated_at":[1],"email_verified":"no"}}}
            """,
            "-address;-updated_at;email_verified=\"no\"", ""
        },
        {
            "V2_0",
            """
            {"idTokenGeneration":{"claimsToAddOrOverride":{"identities":[{"userId":"x"}],"a":1}},
             "accessTokenGeneration":{"claimsToAddOrOverride":{"identities":[{"userId":"x"}],"a":1}}}
            """,
            "-identities;a=1", "-identities;a=1"
        },
    };

    public static TheoryData<string, string, string, string> OnGroupsAndScopes => new()
    {
        {
            "V2_0", """{"idTokenGeneration":{"claimsToSuppress":["cognito:groups"]}}""",
            "-cognito:groups;-cognito:roles;-cognito:preferred_role", """cognito:groups=["admins","staff"]"""
        },
        {
            "V1_0", """{"claimsToSuppress":["cognito:roles"]}""",
            """-cognito:roles;cognito:groups=["admins","staff"]""", ""
        },
        {
            "V1_0",
            """
            {"groupOverrideDetails":
             {"groupsToOverride":["x","y"],"iamRolesToOverride":["r"],"preferredRole":"s"}}
            """,
            """cognito:groups=["x","y"];cognito:roles=["r"];cognito:preferred_role="s";-a""",
            """cognito:groups=["x","y"]"""
        },
        {
            "V2_0", """{"groupOverrideDetails":{"groupsToOverride":["x"]}}""",
            """cognito:groups=["x"];-cognito:roles;-cognito:preferred_role""", """cognito:groups=["x"]"""
        },
        {
            "V2_0", """{"groupOverrideDetails":null}""", "-cognito:groups;-cognito:roles", "-cognito:groups"
        },
        {
            "V1_0", """{"groupOverrideDetails":{}}""", "-cognito:groups;-cognito:preferred_role",
            "-cognito:groups"
        },
        {
            "V2_0",
            """
            {"accessTokenGeneration":{"scopesToAdd":["a/b","c","a/b"],
             "scopesToSuppress":["aws.cognito.signin.user.admin"]}}
            """,
            "-scope", "scope=\"a/b c\""
        },
        {
            "V3_0", """{"accessTokenGeneration":{"scopesToAdd":["a"],"scopesToSuppress":["a"]}}""", "",
            "scope=\"aws.cognito.signin.user.admin\""
        },
        {
            "V3_0",
            """{"accessTokenGeneration":{"scopesToSuppress":["aws.cognito.signin.user.admin"]}}""", "",
            "-scope"
        },
    };

    [Theory, MemberData(nameof(OnClaims)), MemberData(nameof(OnGroupsAndScopes))]
    public async Task Has_this_effect(string version, string answer, string id, string access)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, version);
        world.ChangesTokens(answer);

        var tokens = await app.SignedIn("ana");

        MustBe(id, tokens.IdClaims);
        MustBe(access, tokens.AccessClaims);
    }

    [Fact]
    public async Task What_is_the_services_own_stays_whatever_the_function_says()
    {
        string[] fixedInBoth =
        [
            "acr", "amr", "at_hash", "auth_time", "azp", "event_id", "exp", "iat", "identities", "iss", "jti",
            "nbf", "nonce", "origin_jti", "sub", "token_use", "cognito:username", "cognito:groups",
            "cognito:roles", "cognito:preferred_role", "cognito:anything", "aws:anything", "dev:custom:plan",
        ];
        string[] fixedInId = [.. fixedInBoth, "aud"];
        string[] fixedInAccess =
            [.. fixedInBoth, "aud", "client_id", "device_key", "scope", "username", "version"];
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, "V2_0");
        var plain = await app.SignedIn("ana");
        // These three may be taken out.
        string[] ofGroups = ["cognito:groups", "cognito:roles", "cognito:preferred_role"];
        world.ChangesTokens(new JsonObject
        {
            ["idTokenGeneration"] = Attack(fixedInId, fixedInId.Except(ofGroups)),
            ["accessTokenGeneration"] = Attack(fixedInAccess, fixedInAccess.Except(ofGroups)),
        }.ToJsonString());

        var attacked = await app.SignedIn("ana");

        Assert.Equal(Lasting(plain.IdClaims), Lasting(attacked.IdClaims));
        Assert.Equal(Lasting(plain.AccessClaims), Lasting(attacked.AccessClaims));
        Assert.Equal("200", (await world.Own(attacked.Access, "GetUser")).ToString());

        static JsonObject Attack(IEnumerable<string> added, IEnumerable<string> suppressed) => new()
        {
            ["claimsToAddOrOverride"] = new JsonObject(
                added.Select(name => KeyValuePair.Create(name, (JsonNode?)"forged"))),
            ["claimsToSuppress"] = new JsonArray([.. suppressed.Select(name => (JsonNode)name)]),
        };

        // Two sign-ins differ in their ids.
        static string Lasting(JsonObject claims)
        {
            foreach (var id in (string[])["jti", "origin_jti", "event_id"])
                Assert.True(Guid.TryParse(claims[id]!.GetValue<string>(), out _), id);
            var kept = claims.Where(claim => claim.Key is not ("jti" or "origin_jti" or "event_id"))
                .Select(claim => $"{claim.Key}={claim.Value!.ToJsonString()}");
            return string.Join('\n', kept);
        }
    }

    [Fact]
    public async Task An_access_token_takes_the_clients_own_id_as_its_audience_and_no_other()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, "V2_0");
        foreach (var (value, isTaken) in new[]
            {
                ($"\"{app.Pool.ClientId}\"", true), ("\"another\"", false),
                ($"[\"{app.Pool.ClientId}\"]", false),
            })
        {
            world.ChangesTokens(
                """{"accessTokenGeneration":{"claimsToAddOrOverride":{"aud":VALUE}}}"""
                    .Replace("VALUE", value));

            var claims = (await app.SignedIn("ana")).AccessClaims;

            Assert.Equal(isTaken ? app.Pool.ClientId : null, claims["aud"]?.GetValue<string>());
        }
    }

    [Fact]
    public async Task Without_its_scope_a_token_no_longer_opens_the_users_own_operations()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, "V2_0");
        world.ChangesTokens(
            """{"accessTokenGeneration":{"scopesToSuppress":["aws.cognito.signin.user.admin"]}}""");

        var tokens = await app.SignedIn("ana");

        Assert.Equal(
            "NotAuthorizedException: Access Token does not have required scopes",
            (await world.Own(tokens.Access, "GetUser")).ToString());
    }

    public static TheoryData<string, string> Unusable => new()
    {
        { "V1_0", "[]" },
        { "V1_0", "\"gold\"" },
        { "V1_0", """{"claimsToAddOrOverride":["a"]}""" },
        { "V1_0", """{"claimsToAddOrOverride":{"a":1}}""" },
        { "V1_0", """{"claimsToAddOrOverride":{"a":["x"]}}""" },
        { "V1_0", """{"claimsToSuppress":"email"}""" },
        { "V1_0", """{"claimsToSuppress":[null]}""" },
        { "V1_0", """{"groupOverrideDetails":[]}""" },
        { "V1_0", """{"groupOverrideDetails":{"groupsToOverride":"x"}}""" },
        { "V1_0", """{"groupOverrideDetails":{"preferredRole":7}}""" },
        { "V2_0", """{"idTokenGeneration":7}""" },
        { "V2_0", """{"accessTokenGeneration":{"scopesToAdd":[1]}}""" },
        { "V2_0", """{"accessTokenGeneration":{"claimsToAddOrOverride":"x"}}""" },
        { "V2_0", """{"idTokenGeneration":{"claimsToAddOrOverride":{"a":"\ud800"}}}""" },
        { "V2_0", """{"idTokenGeneration":{"claimsToAddOrOverride":{"\ud800":1}}}""" },
    };

    [Theory, MemberData(nameof(Unusable))]
    public async Task An_answer_of_the_wrong_type_is_refused(string version, string details)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, version);
        var member = version == "V1_0" ? "claimsOverrideDetails" : "claimsAndScopeOverrideDetails";
        world.Triggers.Returns(TokenPools.Arn, $"{{\"response\":{{\"{member}\":{details}}}}}");

        Assert.Equal(Malformed, (await app.Password("ana")).ToString());
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("")]
    [InlineData("a\"b")]
    [InlineData("ü")]
    public async Task A_scope_must_be_one(string scope)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, "V2_0");
        world.ChangesTokens(new JsonObject
        {
            ["accessTokenGeneration"] = new JsonObject { ["scopesToAdd"] = new JsonArray(scope) },
        }.ToJsonString());

        Assert.Equal("InvalidLambdaResponseException", (await app.Password("ana")).Code);
    }

    [Theory]
    [InlineData(5000, null)]
    [InlineData(5001, "InvalidLambdaResponseException")]
    public async Task Takes_five_thousand_claims_and_scopes(int count, string? expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, "V2_0");
        var claims = new JsonObject(
            Enumerable.Range(0, count - 1).Select(i => KeyValuePair.Create($"c{i}", (JsonNode?)i)));
        world.ChangesTokens(new JsonObject
        {
            ["idTokenGeneration"] = new JsonObject { ["claimsToAddOrOverride"] = claims },
            ["accessTokenGeneration"] = new JsonObject { ["scopesToAdd"] = new JsonArray("one") },
        }.ToJsonString());

        Assert.Equal(expected, (await app.Password("ana")).Code);
    }

    [Fact]
    public async Task A_token_stays_small_enough_to_be_sent()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, "V1_0");
        var answer = new StringBuilder("""{"claimsToAddOrOverride":{"a":""");
        answer.Append('"').Append('x', 300 * 1024).Append("\"}}");
        world.ChangesTokens(answer.ToString());

        Assert.Equal("InvalidLambdaResponseException", (await app.Password("ana")).Code);
    }

    private static void MustBe(string expected, JsonObject claims)
    {
        foreach (var each in expected.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (each[0] == '-')
            {
                Assert.False(claims.ContainsKey(each[1..]), $"{each[1..]} is in {claims.ToJsonString()}");
                continue;
            }

            var (name, value) = (each[..each.IndexOf('=')], each[(each.IndexOf('=') + 1)..]);
            Assert.Equal(value, claims[name]?.ToJsonString());
        }
    }
}
