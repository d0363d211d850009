using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Account;

public sealed class GetUserTests
{
    private const string Invalid = "NotAuthorizedException: Invalid Access Token";
    private const string Revoked = "NotAuthorizedException: Access Token has been revoked";

    [Theory, EachDatabase]
    public async Task Shows_the_user_to_himself(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        var token = await pool.AccessTokenOf("ana");
        world.Transcript.Clear();

        await world.Call("GetUser", new { AccessToken = token });
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.Call("GetUser", new { AccessToken = token });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Shows_what_the_client_may_read()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: new { ReadAttributes = (string[])["email"] });
        var ana = await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");

        var answer = await Get(world, await pool.AccessTokenOf("ana"));

        var names = answer["UserAttributes"]!.AsArray().Select(each => each!["Name"]!.GetValue<string>());
        Assert.Equal(["email", "sub"], names.Order(StringComparer.Ordinal));
        Assert.Equal(ana.Sub, Calls.ValueIn(answer["UserAttributes"], "sub"));
        Assert.Null(answer["UserMFASettingList"]);
        Assert.Null(answer["PreferredMfaSetting"]);
    }

    [Fact]
    public async Task Takes_a_token_until_the_second_it_expires()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var token = await pool.AccessTokenOf("ana");

        world.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.Equal("200", (await Get(world, token)).ToString());
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(
            "NotAuthorizedException: Access Token has expired", (await Get(world, token)).ToString());
    }

    [Fact]
    public async Task Takes_nothing_but_a_genuine_access_token()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var signedIn = (await pool.SignIn("ana"))["AuthenticationResult"]!;
        var access = signedIn["AccessToken"]!.GetValue<string>();
        var parts = access.Split('.');
        var unsigned = Base64("""{"alg":"none","typ":"JWT"}""");
        var symmetric = Base64("""{"alg":"HS256","typ":"JWT"}""");

        foreach (var forged in (string[])
        [
            "x",
            "a.b.c",
            signedIn["IdToken"]!.GetValue<string>(),
            $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}",
            $"{unsigned}.{parts[1]}.",
            $"{unsigned}.{parts[1]}.{parts[2]}",
            $"{symmetric}.{parts[1]}.{parts[2]}",
            $"{parts[0]}.{parts[1][..^4]}AAAA.{parts[2]}",
        ])
        {
            Assert.Equal(Invalid, (await Get(world, forged)).ToString());
        }

        Assert.Equal("200", (await Get(world, access)).ToString());
    }

    [Fact]
    public async Task Knows_no_token_of_a_pool_or_client_that_is_gone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var (other, _) = await world.AnotherClient(pool, new { });
        var first = await other.AccessTokenOf("ana");
        var second = await pool.AccessTokenOf("ana");

        await world.Must("DeleteUserPoolClient", new { UserPoolId = pool.Id, other.ClientId });
        Assert.Equal(Invalid, (await Get(world, first)).ToString());
        Assert.Equal("200", (await Get(world, second)).ToString());
        await world.Must("DeleteUserPool", new { UserPoolId = pool.Id });
        Assert.Equal(Invalid, (await Get(world, second)).ToString());
    }

    [Fact]
    public async Task Refuses_by_the_state_of_the_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = await pool.AccessTokenOf("ana");

        await world.Admin(pool, "AdminResetUserPassword", "ana");
        Assert.Equal(
            "PasswordResetRequiredException: Password reset required for the user",
            (await Get(world, token)).ToString());
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.Admin(pool, "AdminDisableUser", "ana");
        Assert.Equal(Revoked, (await Get(world, token)).ToString());
        await world.Admin(pool, "AdminDeleteUser", "ana");
        Assert.Equal("UserNotFoundException: User does not exist.", (await Get(world, token)).ToString());
    }

    [Fact]
    public async Task Sees_changes_at_once()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var token = await pool.AccessTokenOf("ana");

        await world.Admin(
            pool,
            "AdminUpdateUserAttributes",
            "ana",
            new { UserAttributes = Calls.Attributes("name=Ana") });

        Assert.Equal("Ana", Calls.ValueIn((await Get(world, token))["UserAttributes"], "name"));
    }

    private static Task<Answer> Get(World world, string token) =>
        world.Call("GetUser", new { AccessToken = token });

    private static string Base64(string json) =>
        System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(json));
}
