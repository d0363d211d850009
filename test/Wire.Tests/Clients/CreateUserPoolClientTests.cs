using System.Text.Json.Nodes;
using Lifeguard.Storage;
using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Clients;

public sealed class CreateUserPoolClientTests
{
    private const string Read =
        "InvalidParameterException: Invalid read attributes specified while creating a client";
    private const string Write =
        "InvalidParameterException: Invalid write attributes specified while creating a client";

    private const string Range = "InvalidParameterException: Invalid range for token validity.";

    [Theory, EachDatabase]
    public async Task Creates_a_public_and_a_confidential_client_with_defaults(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = (await world.Must("CreateUserPool", new { PoolName = "test" }))["UserPool"]!.Text("Id");
        world.Transcript.Clear();

        await world.Call("CreateUserPoolClient", new { UserPoolId = pool, ClientName = "page" });
        await world.Call(
            "CreateUserPoolClient", new { UserPoolId = pool, ClientName = "server", GenerateSecret = true });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Stops_at_a_thousand_also_when_many_come_at_once(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        var client = (await world.Get<ClientStore>().Find(pool.ClientId, CancellationToken.None))!;
        await world.Get<Database>().Write(
            async transaction =>
            {
                foreach (var number in Enumerable.Range(1, 997))
                {
                    var another = client with { Id = $"many{number}" };
                    await world.Get<ClientStore>().Insert(transaction, another, CancellationToken.None);
                }
            },
            CancellationToken.None);

        var answers = await world.Burst(
            10, "CreateUserPoolClient",
            number => new { UserPoolId = pool.Id, ClientName = $"new-{number}" });

        Assert.Equal(2, answers["200"]);
        Assert.Equal(8, answers["LimitExceededException"]);
    }

    [Fact]
    public async Task Keeps_everything_it_is_given()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        var made = await world.Must(
            "CreateUserPoolClient", ClientSettings.Everything.With(("UserPoolId", pool.Id)));

        PoolSettings.ShouldHold(made["UserPoolClient"]!, ClientSettings.Everything, "GenerateSecret");
        var described = await ClientSettings.Describe(
            world, pool.Id, made["UserPoolClient"]!.Text("ClientId"));
        Assert.True(JsonNode.DeepEquals(made["UserPoolClient"], described));
    }

    [Fact]
    public async Task Makes_ids_and_secrets_of_the_service_s_form_and_takes_one_s_own()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        const string own = "my+own+secret_of_24_chars";

        var generated = await pool.AnotherClient(new { GenerateSecret = true });
        var given = await pool.AnotherClient(new { ClientSecret = own });

        Assert.Matches("^[0-9a-z]{26}$", generated.ClientId);
        Assert.Matches("^[0-9a-z]{51,52}$", generated.ClientSecret);
        Assert.Equal(own, given.ClientSecret);
        Assert.Null(pool.ClientSecret);
        await pool.ConfirmedUser("ana");
        Assert.Equal("tokens", TestApp.Outcome(await new TestApp(world, given).Password("ana")));
    }

    public static readonly TheoryData<string, string> Refused = new()
    {
        {
            """{"GenerateSecret":true,"ClientSecret":"abcdefghijklmnopqrstuvwx"}""",
            "InvalidParameterException"
        },
        {
            """{"ExplicitAuthFlows":["ALLOW_USER_SRP_AUTH","ADMIN_NO_SRP_AUTH"]}""",
            "InvalidParameterException"
        },
        { """{"ReadAttributes":["shoe_size"]}""", Read },
        { """{"WriteAttributes":["shoe_size"]}""", Write },
        { """{"WriteAttributes":["email","email_verified"]}""", Write },
        { """{"WriteAttributes":["email","sub"]}""", Write },
        { """{"WriteAttributes":["name"]}""", Write },
        { """{"AccessTokenValidity":25}""", Range },
        { """{"AccessTokenValidity":4,"TokenValidityUnits":{"AccessToken":"minutes"}}""", Range },
        { """{"IdTokenValidity":299,"TokenValidityUnits":{"IdToken":"seconds"}}""", Range },
        { """{"IdTokenValidity":2,"TokenValidityUnits":{"IdToken":"days"}}""", Range },
        { """{"RefreshTokenValidity":59,"TokenValidityUnits":{"RefreshToken":"minutes"}}""", Range },
        { """{"RefreshTokenValidity":3651}""", Range },
        {
            """
            {"RefreshTokenValidity":1,"AccessTokenValidity":2,
              "TokenValidityUnits":{"RefreshToken":"hours"}}
            """,
            "InvalidParameterException"
        },
        {
            """{"SupportedIdentityProviders":["COGNITO","Google"]}""",
            "InvalidParameterException: The provider Google does not exist for User Pool {pool}"
        },
        {
            """
            {"RefreshTokenRotation":{"Feature":"ENABLED"},"ExplicitAuthFlows":["ALLOW_REFRESH_TOKEN_AUTH"]}
            """,
            "InvalidParameterException: ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when "
            + "refresh token rotation is enabled."
        },
        { """{"EnablePropagateAdditionalUserContextData":true}""", "InvalidParameterException" },
        {
            """
            {"GenerateSecret":true,"AllowedOAuthFlows":["client_credentials"],
              "AllowedOAuthScopes":["openid"]}
            """,
            "InvalidOAuthFlowException: openid is not supported with client_credentials flow"
        },
        { """{"AllowedOAuthFlows":["client_credentials"]}""", "InvalidOAuthFlowException" },
        {
            """
            {"GenerateSecret":true,"AllowedOAuthFlows":["client_credentials","code"],
              "CallbackURLs":["https://example.com"]}
            """,
            "InvalidOAuthFlowException"
        },
        {
            """{"AllowedOAuthScopes":["Cognito"]}""",
            "ScopeDoesNotExistException: Invalid scope requested: Cognito"
        },
        {
            """{"CallbackURLs":["https://example.com"],"DefaultRedirectURI":"https://example.org"}""",
            "InvalidParameterException"
        },
        { """{"CallbackURLs":["http://example.com"]}""", "InvalidParameterException" },
        { """{"CallbackURLs":["https://example.com/#top"]}""", "InvalidParameterException" },
        { """{"CallbackURLs":["/relative"]}""", "InvalidParameterException" },
        { """{"LogoutURLs":["javascript://x/%0aalert(1)"]}""", "InvalidParameterException" },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task Refuses_what_cannot_be_together_and_creates_nothing(string given, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var email = new { Name = "email", AttributeDataType = "String", Required = true };
        var pool = await TestPool.Create(world, new { Schema = new[] { email } });
        world.Transcript.Clear();

        var answer = await world.Call(
            "CreateUserPoolClient",
            PoolSettings.Parse(given).With(("UserPoolId", pool.Id), ("ClientName", "app")));

        expected = expected.Replace("{pool}", pool.Id, StringComparison.Ordinal);
        if (expected.Contains(':', StringComparison.Ordinal)) Assert.Equal(expected, answer.ToString());
        else Assert.Equal(expected, answer.Code);
        PoolSettings.ShouldHaveChangedNothing(world);
    }

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("https://example.com:8443/in?a=b")]
    [InlineData("http://localhost")]
    [InlineData("http://localhost:3000/in")]
    [InlineData("http://127.0.0.1:3000")]
    [InlineData("http://[::1]:3000")]
    [InlineData("myapp://in")]
    public async Task Takes_callback_addresses_of_pages_apps_and_the_own_machine(string url)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        var client = await world.Must(
            "CreateUserPoolClient",
            new
            {
                UserPoolId = pool.Id,
                ClientName = "app",
                CallbackURLs = new[] { url },
                DefaultRedirectURI = url,
            });

        Assert.Equal(url, client["UserPoolClient"]!["CallbackURLs"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"ExplicitAuthFlows":["ALLOW_USER_AUTH"]}""", "Passwordless Sign-In")]
    [InlineData("""{"RefreshTokenRotation":{"Feature":"ENABLED"}}""", "Refresh Token Rotation")]
    public async Task Refuses_what_the_tier_of_the_pool_has_not(string given, string feature)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { UserPoolTier = "LITE" });

        var answer = await world.Call(
            "CreateUserPoolClient",
            PoolSettings.Parse(given).With(("UserPoolId", pool.Id), ("ClientName", "app")));

        Assert.Equal(
            "FeatureUnavailableInTierException: The following features need to be disabled for the LITE "
            + $"pricing tier configured: {feature}",
            answer.ToString());
    }

    // An unknown pool comes before anything about the client.
    [Theory]
    [InlineData("""{"ClientName":"app","ReadAttributes":["shoe_size"]}""")]
    [InlineData("""{"ClientName":"app"}""")]
    public async Task Refuses_what_is_no_pool(string given)
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.",
            (await world.Call(
                "CreateUserPoolClient",
                PoolSettings.Parse(given).With(("UserPoolId", "us-east-1_Nowhere00")))).ToString());
    }

    [Fact]
    public async Task Names_every_violation_but_no_secret()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        var answer = await world.Call(
            "CreateUserPoolClient",
            new { UserPoolId = pool.Id, ClientSecret = "too short", AuthSessionValidity = 2 });

        Assert.Equal("InvalidParameterException", answer.Code);
        Assert.StartsWith("4 validation errors detected: ", answer.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Value null at 'clientName' failed to satisfy constraint: Member must not be null",
            answer.Message);
        Assert.Contains(
            "Value at 'clientSecret' failed to satisfy constraint: "
            + "Member must have length greater than or equal to 24",
            answer.Message);
        Assert.Contains(
            "Value '2' at 'authSessionValidity' failed to satisfy constraint: "
            + "Member must have value greater than or equal to 3",
            answer.Message);
        Assert.DoesNotContain("too short", answer.Message, StringComparison.Ordinal);
    }
}
