using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

public sealed class AdminInitiateAuthTests
{
    private const string Unused = "1234567890abcdefghijklmnop";
    private const string NoPool = "us-east-1_Nowhere00";

    [Theory, EachDatabase]
    public async Task Signs_a_user_in_for_a_server_with_a_secret(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, null, new { GenerateSecret = true });
        var app = new TestApp(world, pool, byAdministrator: true);
        var ana = await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Transcript.Clear();

        await app.Password("ana", "Wrong-1234!");
        var tokens = await app.SignedIn("ana");
        await app.Refresh(tokens.Refresh!, hashOver: "ana");
        await app.Refresh(tokens.Refresh!, hashOver: ana.Sub);
        await app.StartSrp("ana", new SrpClient().PublicHex);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Answers_the_first_thing_that_is_wrong()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = new { GenerateSecret = true, ExplicitAuthFlows = new[] { "ALLOW_REFRESH_TOKEN_AUTH" } };
        var locked = await TestPool.Create(world, null, client);
        var elsewhere = await TestPool.Create(world);
        var pool = await locked.AnotherClient(new { GenerateSecret = true });
        var parameters = new Dictionary<string, string>();

        Assert.Equal(
            $"ResourceNotFoundException: User pool {NoPool} does not exist.",
            await Try(NoPool, Unused, "USER_PASSWORD_AUTH"));
        Assert.Equal(NoClient(Unused), await Try(pool.Id, Unused, "USER_PASSWORD_AUTH"));
        Assert.Equal(
            NoClient(elsewhere.ClientId), await Try(pool.Id, elsewhere.ClientId, "USER_PASSWORD_AUTH"));
        Assert.Equal(
            "InvalidParameterException: Initiate Auth method not supported.",
            await Try(pool.Id, locked.ClientId, "USER_PASSWORD_AUTH"));
        Assert.Equal(
            "InvalidParameterException: Auth flow not enabled for this client",
            await Try(pool.Id, locked.ClientId));
        Assert.Equal(
            "InvalidParameterException: Missing required parameter USERNAME",
            await Try(pool.Id, pool.ClientId));
        parameters["USERNAME"] = "ana";
        Assert.Equal(
            "InvalidParameterException: Missing required parameter PASSWORD",
            await Try(pool.Id, pool.ClientId));
        parameters["PASSWORD"] = TestPool.Password;
        Assert.Equal(
            $"NotAuthorizedException: Client {pool.ClientId} is configured with secret "
            + "but SECRET_HASH was not received",
            await Try(pool.Id, pool.ClientId));
        parameters["SECRET_HASH"] = "bm90IHRoZSBoYXNo";
        Assert.Equal(
            $"NotAuthorizedException: Unable to verify secret hash for client {pool.ClientId}",
            await Try(pool.Id, pool.ClientId));
        parameters["SECRET_HASH"] = new TestApp(world, pool).Hash("ana")[0].Value;
        Assert.Equal("UserNotFoundException: User does not exist.", await Try(pool.Id, pool.ClientId));
        await pool.ConfirmedUser("ana");
        Assert.Equal("200", await Try(pool.Id, pool.ClientId));

        async Task<string> Try(string poolId, string clientId, string flow = "ADMIN_USER_PASSWORD_AUTH") =>
            (await world.Call(
                "AdminInitiateAuth",
                new
                {
                    UserPoolId = poolId,
                    AuthFlow = flow,
                    ClientId = clientId,
                    AuthParameters = parameters,
                }))
            .ToString();
    }

    [Theory]
    [InlineData("ADMIN_USER_PASSWORD_AUTH")]
    [InlineData("ADMIN_NO_SRP_AUTH")]
    public async Task Takes_the_password_under_both_names_of_the_flow(string flow)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world), byAdministrator: true);
        await app.Pool.ConfirmedUser("ana");

        var right = await app.Start(flow, ("USERNAME", "ana"), ("PASSWORD", TestPool.Password));
        var wrong = await app.Start(flow, ("USERNAME", "ana"), ("PASSWORD", "Wrong-1234!"));

        Assert.Equal("tokens", TestApp.Outcome(right));
        Assert.Equal("NotAuthorizedException: Incorrect username or password.", wrong.ToString());
    }

    [Fact]
    public async Task Goes_through_SRP_with_the_hash_over_what_was_sent()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, new { AliasAttributes = new[] { "email" } }, new { GenerateSecret = true });
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var app = new TestApp(world, pool, byAdministrator: true);

        Assert.Equal("tokens", TestApp.Outcome(await app.Srp("ana@example.com")));
        Assert.Equal(
            "NotAuthorizedException: Incorrect username or password.",
            (await app.Srp("ana@example.com", "Wrong-1234!")).ToString());
    }

    private static string NoClient(string clientId) =>
        $"ResourceNotFoundException: User pool client {clientId} does not exist.";
}
