using System.Text.Json.Nodes;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>What stands in ID and access tokens, and who signed them.</summary>
public sealed class TokenTests
{
    [Fact]
    public async Task Hold_the_claims_of_the_service_and_no_others()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        var ana = await app.Pool.ConfirmedUser("ana", email: "ana@example.com");
        var now = World.Beginning.ToUnixTimeSeconds();

        var tokens = await app.SignedIn("ana");

        var (id, access) = (tokens.IdClaims, tokens.AccessClaims);
        Assert.True(JsonNode.DeepEquals(
            new JsonObject
            {
                ["sub"] = ana.Sub,
                ["email"] = "ana@example.com",
                ["email_verified"] = true,
                ["cognito:username"] = "ana",
                ["aud"] = app.Pool.ClientId,
                ["iss"] = $"https://cognito-idp.us-east-1.amazonaws.com/{app.Pool.Id}",
                ["token_use"] = "id",
                ["auth_time"] = now,
                ["iat"] = now,
                ["exp"] = now + 3600,
            },
            Without(id, "jti", "origin_jti", "event_id")),
            id.ToJsonString());
        Assert.True(JsonNode.DeepEquals(
            new JsonObject
            {
                ["sub"] = ana.Sub,
                ["client_id"] = app.Pool.ClientId,
                ["scope"] = "aws.cognito.signin.user.admin",
                ["username"] = "ana",
                ["iss"] = $"https://cognito-idp.us-east-1.amazonaws.com/{app.Pool.Id}",
                ["token_use"] = "access",
                ["auth_time"] = now,
                ["iat"] = now,
                ["exp"] = now + 3600,
            },
            Without(access, "jti", "origin_jti", "event_id")),
            access.ToJsonString());
        Assert.Equal(Text(id, "origin_jti"), Text(access, "origin_jti"));
        Assert.Equal(Text(id, "event_id"), Text(access, "event_id"));
        string[] ids = [Text(id, "jti"), Text(access, "jti"), Text(id, "origin_jti"), Text(id, "event_id")];
        Assert.Equal(4, ids.Distinct().Count());
        Assert.All(ids, one => Assert.True(Guid.TryParseExact(one, "D", out _)));
    }

    [Fact]
    public async Task Are_signed_by_two_keys_of_the_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");

        var tokens = await app.SignedIn("ana");

        string[] kids = [Kid(tokens.Id), Kid(tokens.Access)];
        Assert.Equal(2, kids.Distinct().Count());
        foreach (var token in (string[])[tokens.Id, tokens.Access])
        {
            Assert.Equal(
                ["kid", "alg"], TestTokens.Part(token, 0).Select(pair => pair.Key));
            Assert.Equal("RS256", TestTokens.Part(token, 0)["alg"]!.GetValue<string>());
            Assert.Equal(32, Convert.FromBase64String(Kid(token)).Length);
            Assert.True(await TestTokens.IsSigned(world, app.Pool.Id, token));
            var other = token[..(token.IndexOf('.') + 1)] + "e30" + token[token.LastIndexOf('.')..];
            Assert.False(await TestTokens.IsSigned(world, app.Pool.Id, other));
        }
    }

    [Fact]
    public async Task Show_only_what_the_client_may_read_and_flags_as_booleans()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var schema = new object[]
        {
            new { Name = "seat", AttributeDataType = "Number", Mutable = true },
            new { Name = "vip", AttributeDataType = "Boolean", Mutable = true },
            new { Name = "note", AttributeDataType = "String", DeveloperOnlyAttribute = true },
        };
        var pool = await TestPool.Create(world, new { Schema = schema });
        string[] readable = ["email_verified", "custom:seat"];
        var narrow = await pool.AnotherClient(new { ReadAttributes = readable });
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        await world.Must(
            "AdminUpdateUserAttributes",
            new
            {
                UserPoolId = pool.Id,
                Username = "ana",
                UserAttributes = new object[]
                {
                    new { Name = "custom:seat", Value = "7" },
                    new { Name = "custom:vip", Value = "true" },
                    new { Name = "dev:custom:note", Value = "hush" },
                    new { Name = "address", Value = "1 Main St" },
                    new { Name = "phone_number_verified", Value = "false" },
                },
            });

        var all = (await new TestApp(world, pool).SignedIn("ana")).IdClaims;
        var some = (await new TestApp(world, narrow).SignedIn("ana")).IdClaims;

        Assert.Equal("\"7\"", all["custom:seat"]!.ToJsonString());
        Assert.Equal("\"true\"", all["custom:vip"]!.ToJsonString());
        Assert.Equal("true", all["email_verified"]!.ToJsonString());
        Assert.Equal("false", all["phone_number_verified"]!.ToJsonString());
        Assert.Equal("""{"formatted":"1 Main St"}""", all["address"]!.ToJsonString());
        Assert.DoesNotContain(all, pair => pair.Key.Contains("note", StringComparison.Ordinal));
        Assert.Equal(
            ["custom:seat", "email_verified"],
            some.Select(pair => pair.Key)
                .Where(key => key.StartsWith("custom:", StringComparison.Ordinal)
                    || key.StartsWith("email", StringComparison.Ordinal)
                    || key.StartsWith("phone", StringComparison.Ordinal)
                    || key == "address")
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_pools_that_sign_in_by_address_name_the_user_by_sub()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { UsernameAttributes = new[] { "email" } });
        var ana = await pool.ConfirmedUser("ana@example.com", email: "ana@example.com");

        var tokens = await new TestApp(world, pool).SignedIn("ana@example.com");

        Assert.Equal(ana.Sub, Text(tokens.IdClaims, "cognito:username"));
        Assert.Equal(ana.Sub, Text(tokens.AccessClaims, "username"));
    }

    [Fact]
    public async Task Carry_no_revocation_ids_where_the_client_does_not_revoke()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, null, new { EnableTokenRevocation = false });
        var app = new TestApp(world, pool);
        await pool.ConfirmedUser("ana");

        var tokens = await app.SignedIn("ana");
        var refreshed = TestTokens.Of(await app.Refresh(tokens.Refresh!));

        foreach (var claims in (JsonObject[])
            [tokens.IdClaims, tokens.AccessClaims, refreshed.IdClaims, refreshed.AccessClaims])
        {
            Assert.DoesNotContain(claims, pair => pair.Key is "jti" or "origin_jti");
            Assert.Equal(Text(tokens.IdClaims, "event_id"), Text(claims, "event_id"));
        }
    }

    [Fact]
    public async Task Tell_how_the_user_signed_in_where_the_pool_names_its_levels()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, new { AcrConfiguration = new { Level1 = new { AcrValue = "urn:example:password" } } });
        var app = new TestApp(world, pool);
        await pool.ConfirmedUser("ana");

        var tokens = await app.SignedIn("ana");
        var refreshed = TestTokens.Of(await app.Refresh(tokens.Refresh!));

        foreach (var claims in (JsonObject[])
            [tokens.IdClaims, tokens.AccessClaims, refreshed.IdClaims, refreshed.AccessClaims])
        {
            Assert.Equal("urn:example:password", Text(claims, "acr"));
            Assert.Equal("""["pwd"]""", claims["amr"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task Show_the_linked_identities_as_JSON()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        var ana = await app.Pool.ConfirmedUser("ana");
        const string one = """{"userId":"7","providerName":"Corp","providerType":"OIDC","issuer":null,""";
        await SetIdentities(
            world, app.Pool, ana.Sub, $$"""[{{one}}"primary":true,"dateCreated":1700000000000}]""");

        var tokens = await app.SignedIn("ana");

        // Observed: in tokens flag and instant are texts.
        Assert.Equal(
            $$"""[{{one}}"primary":"true","dateCreated":"1700000000000"}]""",
            tokens.IdClaims["identities"]!.ToJsonString());
        Assert.Null(tokens.AccessClaims["identities"]);
    }

    [Fact]
    public async Task Live_as_long_as_the_client_says()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = new
        {
            AccessTokenValidity = 10,
            IdTokenValidity = 1200,
            TokenValidityUnits = new { AccessToken = "minutes", IdToken = "seconds" },
        };
        var app = new TestApp(world, await TestPool.Create(world, null, client));
        await app.Pool.ConfirmedUser("ana");
        var now = World.Beginning.ToUnixTimeSeconds();

        var answer = await app.Password("ana");

        var tokens = TestTokens.Of(answer);
        Assert.Equal(600, answer["AuthenticationResult"]!["ExpiresIn"]!.GetValue<int>());
        Assert.Equal("Bearer", answer["AuthenticationResult"]!["TokenType"]!.GetValue<string>());
        Assert.Equal(now + 600, tokens.AccessClaims["exp"]!.GetValue<long>());
        Assert.Equal(now + 1200, tokens.IdClaims["exp"]!.GetValue<long>());
        world.Clock.Advance(TimeSpan.FromSeconds(599));
        Assert.Equal("200", await Get(world, tokens.Access));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("NotAuthorizedException: Access Token has expired", await Get(world, tokens.Access));
    }

    [Fact]
    public async Task Admit_only_as_what_they_are()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        const string invalid = "NotAuthorizedException: Invalid Access Token";

        Assert.Equal("200", await Get(world, tokens.Access));
        Assert.Equal(invalid, await Get(world, tokens.Id));
        Assert.Equal(invalid, await Get(world, tokens.Refresh!));
        Assert.Equal(invalid, await Get(world, tokens.Access[..^4] + "AAAA"));
        Assert.Equal(invalid, await Get(world, "e30.e30.e30"));
        Assert.Equal(invalid, await Get(world, "nothing"));
    }

    [Fact]
    public async Task Are_not_issued_where_the_pool_demands_a_second_factor()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world, WithMfa("ON")));
        await app.Pool.ConfirmedUser("ana");
        await app.Pool.InvitedUser("bob");

        foreach (var answer in (Answer[])[await app.Password("ana"), await app.Srp("ana")])
            Assert.Equal("MFA_SETUP", TestApp.Outcome(answer));
        Assert.Equal(
            "NotAuthorizedException: Incorrect username or password.",
            TestApp.Outcome(await app.Password("ana", "Wrong-1234!")));
        var challenge = await app.Password("bob");
        var answered = await app.Answer(
            "NEW_PASSWORD_REQUIRED",
            challenge["Session"]!.GetValue<string>(),
            ("USERNAME", "bob"),
            ("NEW_PASSWORD", "New-1234!"));
        Assert.Equal("MFA_SETUP", TestApp.Outcome(answered));
        Assert.Equal("CONFIRMED", await app.Pool.StatusOf("bob"));
    }

    [Fact]
    public async Task Are_issued_where_a_second_factor_is_optional_and_not_set_up()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world, WithMfa("OPTIONAL")));
        await app.Pool.ConfirmedUser("ana");

        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));
    }

    [Fact]
    public async Task End_with_the_client_that_got_them_and_with_the_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var other = await pool.AnotherClient();
        await pool.ConfirmedUser("ana");
        var (mine, others) = (
            await new TestApp(world, pool).SignedIn("ana"), await new TestApp(world, other).SignedIn("ana"));

        await world.Must("DeleteUserPoolClient", new { UserPoolId = pool.Id, other.ClientId });
        Assert.Equal("NotAuthorizedException: Invalid Access Token", await Get(world, others.Access));
        Assert.Equal("200", await Get(world, mine.Access));
        await world.Must("DeleteUserPool", new { UserPoolId = pool.Id });
        Assert.Equal("NotAuthorizedException: Invalid Access Token", await Get(world, mine.Access));
        Assert.Equal(
            $"ResourceNotFoundException: User pool client {pool.ClientId} does not exist.",
            TestApp.Outcome(await new TestApp(world, pool).Refresh(mine.Refresh!)));
    }

    /// <summary>What linking an identity will store.</summary>
    private static async Task SetIdentities(World world, TestPool at, string sub, string identities)
    {
        var pool = await world.Get<PoolStore>().Get(at.Id, CancellationToken.None);
        var user = await world.Get<UserStore>().FindBySub(at.Id, sub, CancellationToken.None);
        var linked = user! with { Attributes = user.Attributes.With("identities", identities) };
        await world.Database.Write(
            transaction => world.Get<UserStore>().Update(transaction, linked, pool, CancellationToken.None),
            CancellationToken.None);
    }

    private static object WithMfa(string configuration) => new
    {
        MfaConfiguration = configuration,
        AutoVerifiedAttributes = new[] { "phone_number" },
        SmsConfiguration = new { SnsCallerArn = "arn:aws:iam::000000000000:role/sms" },
    };

    private static async Task<string> Get(World world, string token) =>
        (await world.Call("GetUser", new { AccessToken = token })).ToString();

    private static string Kid(string token) => TestTokens.Part(token, 0)["kid"]!.GetValue<string>();

    private static string Text(JsonObject claims, string name) => claims[name]!.GetValue<string>();

    private static JsonObject Without(JsonObject claims, params string[] names) =>
        new(claims.Where(pair => !names.Contains(pair.Key))
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
}
