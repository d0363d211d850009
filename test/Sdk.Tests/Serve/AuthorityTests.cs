using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>Who may do what in production, and what the AWS CLI tells those who may not.</summary>
public sealed class AuthorityTests(Served served) : IClassFixture<Served>
{
    private const string NoToken = "The security token included in the request is invalid.";

    [Fact]
    public async Task The_key_that_the_first_start_printed_may_do_everything()
    {
        var aws = new AwsCli(served.Program.Address, served.Administrator);

        var pool = (await aws.Run("create-user-pool", "--pool-name", "first")).Text("UserPool.Id");
        await aws.Run("delete-user-pool", "--user-pool-id", pool);
    }

    [Fact]
    public async Task No_signature_a_wrong_secret_and_an_unknown_key_are_told_apart()
    {
        var aws = new AwsCli(served.Program.Address, credentials: null);
        string[] list = ["list-user-pools", "--max-results", "1"];

        Assert.Equal(
            "Missing Authentication Token",
            await aws.Refused("MissingAuthenticationTokenException", list[0], list[1..]));
        Assert.StartsWith(
            "The request signature we calculated does not match the signature you provided.",
            await aws.As(served.Administrator with { SecretAccessKey = "wrong" })
                .Refused("InvalidSignatureException", list[0], list[1..]),
            StringComparison.Ordinal);
        Assert.Equal(
            NoToken,
            await aws.As(new("AKIAUNKNOWNKEY000000", "wrong"))
                .Refused("UnrecognizedClientException", list[0], list[1..]));
    }

    [Fact]
    public async Task A_signature_of_another_time_is_refused()
    {
        var late = new ApiClient(
            served.Program.Address, served.Administrator, clockIsOffBy: TimeSpan.FromMinutes(-20));
        var early = new ApiClient(
            served.Program.Address, served.Administrator, clockIsOffBy: TimeSpan.FromMinutes(20));

        var expired = await late.Call("ListUserPools", new { MaxResults = 1 });
        var notYet = await early.Call("ListUserPools", new { MaxResults = 1 });

        Assert.Equal("InvalidSignatureException", expired.ErrorType);
        Assert.StartsWith("Signature expired: ", expired.Message, StringComparison.Ordinal);
        Assert.Equal("InvalidSignatureException", notYet.ErrorType);
        Assert.StartsWith("Signature not yet current: ", notYet.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_for_one_operation_does_that_and_no_other()
    {
        var aws = new AwsCli(
            served.Program.Address, await served.NewKeyFor("cognito-idp:ListUserPools", "*"));

        await aws.Run("list-user-pools", "--max-results", "1");
        var words = await aws.Refused("AccessDeniedException", "create-user-pool", "--pool-name", "mine");

        Assert.Equal(
            "User: arn:aws:iam::000000000000:user/limited is not authorized to perform: "
            + "cognito-idp:CreateUserPool on resource: * because no identity-based policy allows the "
            + "cognito-idp:CreateUserPool action",
            words);
    }

    [Fact]
    public async Task A_key_for_one_pool_does_not_reach_the_next()
    {
        var admin = served.Program.Client(served.Administrator);
        var mine = await admin.Must("CreateUserPool", new { PoolName = "mine" });
        var other = await admin.Must("CreateUserPool", new { PoolName = "other" });
        var aws = new AwsCli(
            served.Program.Address, await served.NewKeyFor("cognito-idp:*", mine.Text("UserPool.Arn")));

        await aws.Run("list-users", "--user-pool-id", mine.Text("UserPool.Id"));
        var words = await aws.Refused(
            "AccessDeniedException", "list-users", "--user-pool-id", other.Text("UserPool.Id"));

        Assert.Contains(other.Text("UserPool.Arn"), words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_temporary_key_needs_its_token_and_has_an_end()
    {
        var key = await served.NewKey("--expires", "15m");
        var old = await served.NewKey("--expires", "15m");
        var past = DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds();
        await served.Installation.Look(
            $"UPDATE access_key SET expires_ms = {past} WHERE id = '{old.AccessKeyId}' RETURNING id");
        var aws = new AwsCli(served.Program.Address, key);

        await aws.Run("list-user-pools", "--max-results", "1");
        Assert.Equal(
            NoToken,
            await aws.As(key with { SessionToken = null })
                .Refused("UnrecognizedClientException", "list-user-pools", "--max-results", "1"));
        Assert.Equal(
            "The security token included in the request is expired",
            await aws.As(old).Refused("ExpiredTokenException", "list-user-pools", "--max-results", "1"));
    }

    [Fact]
    public async Task A_revoked_key_is_unknown_within_seconds()
    {
        var key = await served.NewKey();
        var api = served.Program.Client(key);
        await api.Must("ListUserPools", new { MaxResults = 1 });

        var revoked = await served.Installation.Run("access-key", "revoke", key.AccessKeyId);

        Assert.Equal(0, revoked.ExitCode);
        await Eventually.Holds(async () =>
            (await api.Call("ListUserPools", new { MaxResults = 1 })).ErrorType
                == "UnrecognizedClientException");
    }

    [Fact]
    public async Task How_long_a_revoked_key_may_still_work_is_said()
    {
        var help = await served.Installation.Run("access-key", "revoke", "--help");

        Assert.Matches(@"within\s+five\s+seconds\s+on\s+SQLite", help.Printed);
    }

    [Fact]
    public async Task Public_operations_need_no_signature()
    {
        var admin = served.Program.Client(served.Administrator);
        var pool = (await admin.Must("CreateUserPool", new { PoolName = "public" })).Text("UserPool.Id");
        var client = (await admin.Must("CreateUserPoolClient", new { UserPoolId = pool, ClientName = "app" }))
            .Text("UserPoolClient.ClientId");
        var aws = new AwsCli(served.Program.Address, credentials: null);

        await aws.Run("sign-up", "--client-id", client, "--username", "ana", "--password", "First-Passw0rd!");
        await aws.Refused("NotAuthorizedException", "get-user", "--access-token", "no.token.atall");
    }

    [Theory]
    [InlineData("_lifeguard/inbox")]
    [InlineData("_lifeguard/clock")]
    [InlineData("_lifeguard/triggers")]
    [InlineData("inbox")]
    public async Task Nothing_of_development_is_there(string path) =>
        Assert.Equal(404, (await served.Program.Client().Get(path)).Status);

    [Fact]
    public async Task Codes_cannot_be_fixed_and_nothing_can_be_reset()
    {
        var api = served.Program.Client();

        Assert.Equal(404, await api.Send(HttpMethod.Put, "_lifeguard/codes", """{"fixed":"123456"}"""));
        Assert.Equal(404, await api.Send(HttpMethod.Post, "_lifeguard/reset", "{}"));
    }

    [Fact]
    public async Task A_second_start_keeps_the_key_and_does_not_print_it_again()
    {
        await using var installation = Installation.OnFile();
        await using var first = await RunningLifeguard.Serve(installation);
        var key = first.FirstKey!;
        Assert.Equal(0, await first.Stop());

        await using var second = await RunningLifeguard.Serve(installation);

        Assert.Null(second.FirstKey);
        Assert.DoesNotContain(key.SecretAccessKey, second.Printed, StringComparison.Ordinal);
        await second.Client(key).Must("ListUserPools", new { MaxResults = 1 });
    }
}
