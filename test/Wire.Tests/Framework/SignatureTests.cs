using System.Text;
using Lifeguard.Domain;
using Lifeguard.Operations;
using Lifeguard.Protocol.SigV4;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Framework;

/// <summary>Administrators' calls, signed with keys of the database.</summary>
public sealed class SignatureTests
{
    private const string Id = "AKIAIOSFODNN7EXAMPLE";
    private const string TemporaryId = "ASIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY00";
    private const string Token = "session-token";
    private const string Everything =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    private const string Body = """{"UserPoolId":"us-east-1_Nowhere00"}""";

    // The call got in and was answered by the operation.
    private const string Admitted =
        "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.";
    private const string Mismatch =
        "InvalidSignatureException: The request signature we calculated does not match the signature you "
        + "provided. Check your AWS Secret Access Key and signing method. Consult the service "
        + "documentation for details.";

    private const string UnknownKey =
        "UnrecognizedClientException: The security token included in the request is invalid.";

    [Theory, EachDatabase]
    public async Task Admits_a_key_of_the_database(DatabaseKind kind)
    {
        await using var world = await Guarded(kind);
        await Keep(world, Lasting(Everything));

        Assert.Equal(Admitted, await Signed(world));
        Assert.Equal(
            "MissingAuthenticationTokenException: Missing Authentication Token",
            (await world.Send("DescribeUserPool", Body)).ToString());
    }

    [Fact]
    public async Task Refuses_what_nobody_signed_before_it_looks_at_the_body()
    {
        await using var world = await Guarded(DatabaseKind.Memory);

        var unsigned = await world.Send("DescribeUserPool", "[]");
        Assert.Equal("MissingAuthenticationTokenException", unsigned.Code);
        Assert.Equal(
            "IncompleteSignatureException",
            (await world.Send("DescribeUserPool", Body, Authorization("AWS4-HMAC-SHA256 Hello"))).Code);
    }

    [Fact]
    public async Task Refuses_keys_it_does_not_know_and_secrets_that_are_not_theirs()
    {
        await using var world = await Guarded(DatabaseKind.Memory);
        await Keep(world, Lasting(Everything));

        Assert.Equal(UnknownKey, await Signed(world, id: "AKIAOTHEROTHEROTHER0"));
        Assert.Equal(Mismatch, await Signed(world, secret: Secret[..^1] + "1"));
        Assert.Equal(Mismatch, await Signed(world, sent: """{"UserPoolId":"us-east-1_Elsewhere"}"""));
        await world.Database.Write(
            transaction => world.Get<AccessKeyStore>().Delete(transaction, Id, CancellationToken.None),
            CancellationToken.None);
        Assert.Equal(UnknownKey, await Signed(world));
    }

    [Theory]
    [InlineData(0, 0, "us-east-1", "cognito-idp", null)]
    [InlineData(-300, 0, "us-east-1", "cognito-idp", null)]
    [InlineData(300, 0, "us-east-1", "cognito-idp", null)]
    [InlineData(-301, 0, "us-east-1", "cognito-idp",
        "Signature expired: 20260306T040008Z is now earlier than "
        + "20260306T040009Z (20260306T040509Z - 5 min.)")]
    [InlineData(301, 0, "us-east-1", "cognito-idp",
        "Signature not yet current: 20260306T041010Z is still later "
        + "than 20260306T041009Z (20260306T040509Z + 5 min.)")]
    [InlineData(0, 301, "us-east-1", "cognito-idp", "Signature expired: ")]
    [InlineData(0, 0, "eu-west-1", "cognito-idp",
        "Credential should be scoped to a valid region, not 'eu-west-1'. ")]
    [InlineData(0, 0, "us-east-1", "s3", "Credential should be scoped to correct service: 'cognito-idp'. ")]
    public async Task Looks_at_time_region_and_service(
        int clockOff, int sentAfter, string region, string service, string? refusal)
    {
        await using var world = await Guarded(DatabaseKind.Memory);
        await Keep(world, Lasting(Everything));

        var answer = await Signed(
            world, region: region, service: service, clockOff: clockOff, sentAfter: sentAfter);

        if (refusal is null) Assert.Equal(Admitted, answer);
        else Assert.StartsWith("InvalidSignatureException: " + refusal, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Token, Admitted)]
    [InlineData(null, UnknownKey)]
    [InlineData("another-token", UnknownKey)]
    public async Task Wants_the_session_token_of_a_temporary_key(string? token, string expected)
    {
        await using var world = await Guarded(DatabaseKind.Memory);
        await Keep(world, Temporary(World.Beginning.AddHours(1)));

        Assert.Equal(expected, await Signed(world, TemporaryId, token: token));
    }

    [Fact]
    public async Task Takes_no_session_token_with_a_lasting_key()
    {
        await using var world = await Guarded(DatabaseKind.Memory);
        await Keep(world, Lasting(Everything));

        Assert.Equal(UnknownKey, await Signed(world, token: Token));
    }

    [Fact]
    public async Task Ends_a_temporary_key_at_its_time()
    {
        await using var world = await Guarded(DatabaseKind.Memory);
        await Keep(world, Temporary(World.Beginning.AddHours(1)));
        world.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(Admitted, await Signed(world, TemporaryId, token: Token));
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(
            "ExpiredTokenException: The security token included in the request is expired",
            await Signed(world, TemporaryId, token: Token));
        // A wrong signature does not learn that the key was real once.
        Assert.Equal(Mismatch, await Signed(world, TemporaryId, secret: Secret[..^1] + "1", token: Token));
    }

    // Action and resource of the one statement -> what the rest of the refusal says; null where it is
    // permitted.
    [Theory]
    [InlineData("Allow", "cognito-idp:DescribeUserPool", "*", null)]
    [InlineData(
        "Allow", "cognito-idp:Describe*", "arn:aws:cognito-idp:us-east-1:000000000000:userpool/*", null)]
    [InlineData("Allow", "cognito-idp:ListUserPools", "*", NotAllowed)]
    [InlineData(
        "Allow", "cognito-idp:*", "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Elsewhere",
        NotAllowed)]
    [InlineData(
        "Deny", "cognito-idp:DescribeUserPool", "*", "with an explicit deny in an identity-based policy")]
    public async Task Permits_what_the_policy_permits(
        string effect, string action, string resource, string? reason)
    {
        await using var world = await Guarded(DatabaseKind.Memory);
        var statement = $$"""{"Effect":"{{effect}}","Action":"{{action}}","Resource":"{{resource}}"}""";
        await Keep(world, Lasting($$"""{"Version":"2012-10-17","Statement":[{{statement}}]}"""));

        var answer = await Signed(world);

        Assert.Equal(
            reason is null
                ? Admitted
                : "AccessDeniedException: User: arn:aws:iam::000000000000:user/ops is not authorized to "
                + "perform: "
                + "cognito-idp:DescribeUserPool on resource: "
                + $"arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Nowhere00 {reason}",
            answer);
    }

    [Fact]
    public async Task Checks_the_request_before_the_permission()
    {
        await using var world = await Guarded(DatabaseKind.Memory);
        const string statement = """{"Effect":"Allow","Action":"cognito-idp:ListUsers","Resource":"*"}""";
        await Keep(world, Lasting($$"""{"Version":"2012-10-17","Statement":[{{statement}}]}"""));

        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected: ",
            await Signed(world, body: "{}"),
            StringComparison.Ordinal);
        Assert.StartsWith("AccessDeniedException: ", await Signed(world), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, null, Admitted)]
    [InlineData(false, "AWS4-HMAC-SHA256 Hello", Admitted)]
    [InlineData(true, null, Admitted)]
    [InlineData(true, "AWS4-HMAC-SHA256 Hello", "IncompleteSignatureException")]
    public async Task In_development_anybody_may_call(bool isStrict, string? authorization, string expected)
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, signatures: new(AcceptsAnybody: true, isStrict));

        var answer = await world.Send("DescribeUserPool", Body, Authorization(authorization));

        Assert.StartsWith(expected, answer.ToString(), StringComparison.Ordinal);
    }

    private const string NotAllowed =
        "because no identity-based policy allows the cognito-idp:DescribeUserPool action";

    private static Task<World> Guarded(DatabaseKind kind) =>
        World.Start(kind, signatures: new SignatureRules(AcceptsAnybody: false, IsStrict: true));

    private static Func<string, string?> Authorization(string? value) => name =>
        name.Equals("authorization", StringComparison.OrdinalIgnoreCase) ? value : null;

    private static AccessKey Lasting(string policy) =>
        new(Id, Secret, null, "ops", policy, World.Beginning, ExpiresAt: null);

    private static AccessKey Temporary(DateTimeOffset end) =>
        new(TemporaryId, Secret, Token, "ops", Everything, World.Beginning, end);

    private static Task Keep(World world, AccessKey key) => world.Database.Write(
        transaction => world.Get<AccessKeyStore>().Insert(transaction, key, CancellationToken.None),
        CancellationToken.None);

    /// <param name="sent">What arrives instead of the body that was signed.</param>
    private static async Task<string> Signed(
        World world, string id = Id, string secret = Secret, string? token = null,
        string region = "us-east-1", string service = "cognito-idp", int clockOff = 0, int sentAfter = 0,
        string body = Body, string? sent = null)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/x-amz-json-1.1",
            ["X-Amz-Target"] = "AWSCognitoIdentityProviderService.DescribeUserPool",
        };
        var signature = SigV4Signer.Sign(
            new(id, secret, token), region, service, "POST",
            new Uri("https://cognito-idp.example.com/"), headers,
            Encoding.UTF8.GetBytes(body), world.Clock.GetUtcNow().AddSeconds(clockOff));
        foreach (var (name, value) in signature) headers[name] = value;
        headers["Host"] = "cognito-idp.example.com";
        world.Clock.Advance(TimeSpan.FromSeconds(sentAfter));
        return (await world.Send("DescribeUserPool", sent ?? body, name => headers.GetValueOrDefault(name)))
            .ToString();
    }
}
