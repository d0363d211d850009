using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.OAuth.OAuthApp;

namespace Lifeguard.Wire.Tests.OAuth;

public sealed class ClientCredentialsGrantTests
{
    private const string Grant = "client_credentials";

    [Theory, EachDatabase]
    public async Task Gives_a_client_a_token_of_its_own_and_writes_nothing(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (app, pool) = await Machine(world, client: new
        {
            AccessTokenValidity = 10,
            TokenValidityUnits = new { AccessToken = "minutes" },
        });
        var now = World.Beginning.ToUnixTimeSeconds();

        var tokens = (await app.Token(Grant, ("scope", $"{Write} {Read}"))).Given;

        var claims = TestTokens.Part(tokens.AccessToken, 1);
        Assert.True(Guid.TryParseExact(claims["jti"]!.GetValue<string>(), "D", out _));
        claims.Remove("jti");
        Assert.True(
            JsonNode.DeepEquals(
                new JsonObject
                {
                    ["sub"] = pool.ClientId,
                    ["client_id"] = pool.ClientId,
                    ["token_use"] = "access",
                    ["scope"] = $"{Write} {Read}",
                    ["iss"] = $"https://cognito-idp.us-east-1.amazonaws.com/{pool.Id}",
                    ["version"] = 2,
                    ["auth_time"] = now,
                    ["iat"] = now,
                    ["exp"] = now + 600,
                },
                claims),
            claims.ToJsonString());
        Assert.True(await TestTokens.IsSigned(world, pool.Id, tokens.AccessToken));
        Assert.Equal((600, null, null), (tokens.ExpiresIn, tokens.IdToken, tokens.RefreshToken));
    }

    [Theory]
    [InlineData(null, "moons/read moons/write")]
    [InlineData("", "moons/read moons/write")]
    [InlineData("moons/write", "moons/write")]
    [InlineData("moons/write  moons/write moons/read", "moons/write moons/read")]
    public async Task Gives_the_scopes_that_are_asked_for_or_else_all(string? asked, string given)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Machine(world);

        var outcome = await app.Token(Grant, asked is null ? [] : [("scope", asked)]);

        Assert.Equal(given, outcome.Scope);
    }

    [Theory]
    [InlineData("moons/delete")]
    [InlineData("openid")]
    [InlineData("stars/read moons/read")]
    [InlineData("moons/READ")]
    public async Task Refuses_scopes_that_the_client_is_not_allowed(string scope)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Machine(world);

        Assert.Equal("400 invalid_scope", (await app.Token(Grant, ("scope", scope))).ToString());
    }

    [Fact]
    public async Task Refuses_a_hundred_thousand_scopes_without_looking_at_them()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Machine(world);
        var scopes = string.Join(' ', Enumerable.Repeat(Read, 100_000));

        Assert.Equal("400 invalid_scope", (await app.Token(Grant, ("scope", scopes))).ToString());
    }

    [Fact]
    public async Task Is_for_clients_that_are_switched_to_OAuth_and_to_this_grant()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (_, pool) = await Machine(world);
        var off = await pool.AnotherClient(new
        {
            GenerateSecret = true,
            AllowedOAuthFlows = new[] { "client_credentials" },
            AllowedOAuthScopes = new[] { Read },
        });
        var ofUsers = await pool.AnotherClient(new
        {
            GenerateSecret = true,
            AllowedOAuthFlowsUserPoolClient = true,
            AllowedOAuthFlows = new[] { "code" },
            AllowedOAuthScopes = new[] { "openid", Read },
            CallbackURLs = new[] { "https://app.example/cb" },
        });

        Assert.Equal("400 invalid_grant", (await new OAuthApp(world, off).Token(Grant)).ToString());
        Assert.Equal(
            "400 unauthorized_client", (await new OAuthApp(world, ofUsers).Token(Grant)).ToString());
    }

    [Fact]
    public async Task Metadata_reaches_the_third_version_of_the_trigger_which_changes_the_token()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, pool) = await Machine(world, TokenPools.Settings("V3_0"));
        world.ChangesTokens(
            """{"accessTokenGeneration":{"claimsToAddOrOverride":{"tenant":"x"},"scopesToAdd":["more"]}}""");

        var outcome = await app.Token(
            Grant, ("scope", Read), ("aws_client_metadata", """{"from":"a machine","and":"more"}"""));

        var sent = world.LastEvent();
        Assert.Equal("TokenGeneration_ClientCredentials", sent["triggerSource"]!.GetValue<string>());
        Assert.Equal(pool.ClientId, sent["callerContext"]!["clientId"]!.GetValue<string>());
        Assert.Equal(
            """{"from":"a machine","and":"more"}""", sent["request"]!["clientMetadata"]!.ToJsonString());
        Assert.Equal($"{Read} more", outcome.Scope);
        Assert.Equal("x", TestTokens.Part(outcome.Given.AccessToken, 1)["tenant"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_trigger_may_keep_the_token_back()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Machine(world, TokenPools.Settings("V3_0"));
        world.Triggers.Returns(TokenPools.Arn, "[]");

        Assert.StartsWith("400 invalid_request: ", (await app.Token(Grant)).ToString());
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"a":{"b":"c"}}""")]
    [InlineData("""{"a":{"b":{"c":"d"}}}""")]
    public async Task Refuses_metadata_that_is_no_object_of_texts(string metadata)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Machine(world);

        Assert.Equal(
            "400 invalid_request", (await app.Token(Grant, ("aws_client_metadata", metadata))).ToString());
    }

    [Theory]
    [InlineData("https://api.example/v1", "200")]
    [InlineData("http://localhost:8080", "200")]
    [InlineData("myapp://api", "200")]
    [InlineData("http://api.example", "400 invalid_request")]
    [InlineData("http://localhost@api.example", "400 invalid_request")]
    [InlineData("https://api.example/#there", "400 invalid_request")]
    [InlineData("api", "400 invalid_request")]
    public async Task A_resource_must_be_well_formed_and_binds_no_token_of_a_client(
        string resource, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Machine(world);

        var outcome = await app.Token(Grant, ("resource", resource));

        Assert.Equal(expected, outcome.ToString());
        if (outcome.Tokens is { } tokens) Assert.Null(TestTokens.Part(tokens.AccessToken, 1)["aud"]);
    }

    [Fact]
    public async Task Counts_by_its_own_rate_before_anything_is_looked_up()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory,
            rates: new(new Dictionary<string, int> { ["ClientAuthentication"] = 2 }));
        var (app, _) = await Machine(world);

        for (var i = 0; i < 2; i++) Assert.Equal("200", (await app.Token(Grant)).ToString());
        Assert.Equal(
            "429 temporarily_unavailable: Rate exceeded",
            (await app.Ask([("grant_type", Grant), ("client_id", "nobody")])).ToString());
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("200", (await app.Token(Grant)).ToString());
    }
}
