using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.OAuth;

public sealed class AuthorizationCodeGrantTests
{
    private const string Grant = "authorization_code";

    private static readonly (string, string) Code = ("code", "0f9d8c7b-6a54-4321-8fed-cba987654321");
    private static readonly (string, string) Redirect = ("redirect_uri", "https://app.example/cb");

    [Fact]
    public async Task Nobody_has_a_code()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Client(world, "code");

        Assert.Equal("400 invalid_grant", (await app.Token(Grant, Code, Redirect)).ToString());
        Assert.Equal(
            "400 invalid_grant",
            (await app.Token(Grant, Code, Redirect, ("code_verifier", new('v', 43)))).ToString());
    }

    [Fact]
    public async Task A_refresh_token_is_no_code()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: OAuth("code"));
        await pool.ConfirmedUser("ana");
        var tokens = await new TestApp(world, pool).SignedIn("ana");

        Assert.Equal(
            "400 invalid_grant",
            (await new OAuthApp(world, pool).Token(Grant, ("code", tokens.Refresh!), Redirect)).ToString());
    }

    [Fact]
    public async Task Refuses_what_is_incomplete_and_clients_without_the_grant()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Client(world, "code");
        var implicitly = await Client(world, "implicit");

        Assert.Equal("400 invalid_request", (await app.Token(Grant, Code)).ToString());
        Assert.Equal("400 invalid_request", (await app.Token(Grant, Redirect)).ToString());
        Assert.Equal("400 unauthorized_client", (await implicitly.Token(Grant, Code, Redirect)).ToString());
    }

    private static async Task<OAuthApp> Client(World world, string flow) =>
        new(world, await TestPool.Create(world, client: OAuth(flow)));

    private static object OAuth(string flow) => new
    {
        AllowedOAuthFlowsUserPoolClient = true,
        AllowedOAuthFlows = new[] { flow },
        AllowedOAuthScopes = new[] { "openid" },
        CallbackURLs = new[] { "https://app.example/cb" },
    };
}
