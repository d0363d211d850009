using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

public sealed class AdminRespondToAuthChallengeTests
{
    private const string Unused = "1234567890abcdefghijklmnop";
    private const string NoPool = "us-east-1_Nowhere00";

    [Theory, EachDatabase]
    public async Task Proves_the_password_and_replaces_a_temporary_one_for_a_server(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, null, new { GenerateSecret = true });
        var app = new TestApp(world, pool, byAdministrator: true);
        await pool.InvitedUser("ana", email: "ana@example.com");
        world.Transcript.Clear();

        var challenge = await app.Srp("ana");
        await app.Answer(
            "NEW_PASSWORD_REQUIRED",
            challenge["Session"]!.GetValue<string>(),
            [("USERNAME", "ana"), ("NEW_PASSWORD", "New-1234!"), .. app.Hash("ana")]);
        await app.Password("ana", "New-1234!");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Answers_the_first_thing_that_is_wrong()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, null, new { GenerateSecret = true });
        var elsewhere = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var app = new TestApp(world, pool, byAdministrator: true);
        var srp = new SrpClient();
        var proof = app.Proof(await app.StartSrp("ana", srp.PublicHex), srp);

        Assert.Equal(
            $"ResourceNotFoundException: User pool {NoPool} does not exist.", await Bare(NoPool, Unused));
        Assert.Equal(NoClient(Unused), await Bare(pool.Id, Unused));
        Assert.Equal(NoClient(elsewhere.ClientId), await Bare(pool.Id, elsewhere.ClientId));
        Assert.Equal(
            "InvalidParameterException: Missing required parameter USERNAME",
            await Bare(pool.Id, pool.ClientId));
        foreach (var name in (string[])
            ["USERNAME", "PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK", "TIMESTAMP"])
        {
            var expected = $"InvalidParameterException: Missing required parameter {name}";
            Assert.Equal(expected, await Without(name));
        }

        Assert.Equal(
            $"NotAuthorizedException: Client {pool.ClientId} is configured with secret "
            + "but SECRET_HASH was not received",
            await Without("SECRET_HASH"));
        Assert.Equal("tokens", await Without("nothing"));

        async Task<string> Without(string name) => TestApp.Outcome(
            await app.Answer("PASSWORD_VERIFIER", null, [.. proof.Where(pair => pair.Name != name)]));
        async Task<string> Bare(string poolId, string clientId) => (await world.Call(
            "AdminRespondToAuthChallenge",
            new { UserPoolId = poolId, ClientId = clientId, ChallengeName = "PASSWORD_VERIFIER" }))
            .ToString();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Goes_on_with_what_the_other_kind_of_caller_began(bool beginsAsAdministrator)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var begins = new TestApp(world, pool, beginsAsAdministrator);
        var goesOn = new TestApp(world, pool, !beginsAsAdministrator);
        var srp = new SrpClient();

        var challenge = await begins.StartSrp("ana", srp.PublicHex);

        Assert.Equal("tokens", TestApp.Outcome(await goesOn.Prove(challenge, srp)));
    }

    [Theory]
    [InlineData("ADMIN_NO_SRP_AUTH", 400, "InvalidParameterException")]
    public async Task Says_what_cannot_be_answered(string challenge, int status, string code)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world), byAdministrator: true);

        var answer = await app.Answer(challenge, null, ("USERNAME", "ana"));

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    private static string NoClient(string clientId) =>
        $"ResourceNotFoundException: User pool client {clientId} does not exist.";
}
