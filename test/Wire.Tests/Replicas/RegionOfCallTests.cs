using System.Text;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Operations;
using Lifeguard.Protocol.SigV4;
using Lifeguard.Storage;
using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Replicas;

/// <summary>By what a call says for which region it comes: its path, its signature, its host name.</summary>
public sealed class RegionOfCallTests
{
    private const string KeyId = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY00";
    private const string Plain = "https://cognito-idp.example.com/";
    private const string Here = "us-east-1";
    private const string There = TestReplica.Region;
    private const string Elsewhere = "ap-south-1";

    // Region of the signature, address -> region of the ARN of the pool that is shown, or the refusal.
    [Theory]
    [InlineData(Here, Plain, Here)]
    [InlineData(There, Plain, There)]
    [InlineData(Here, Plain + "_region/" + There, There)]
    [InlineData(There, Plain + "_region/" + Here, Here)]
    [InlineData(There, "https://cognito-idp.us-east-1.example.com/", There)]
    // The signature says more than the host name, which is often the same for all.
    [InlineData(Here, "https://cognito-idp.eu-west-1.example.com/", Here)]
    [InlineData(Elsewhere, Plain, "InvalidSignatureException")]
    [InlineData(Elsewhere, Plain + "_region/" + There, "InvalidSignatureException")]
    [InlineData(Here, Plain + "_region/" + Elsewhere, "ResourceNotFoundException")]
    public async Task Of_signed_calls(string signedFor, string address, string expected)
    {
        await using var world = await Guarded();
        var poolId = await Replicated(world);

        Assert.Equal(expected, await Describe(world, poolId, signedFor, address));
    }

    [Fact]
    public async Task A_region_whose_last_replica_is_gone_is_no_longer_signed_for()
    {
        await using var world = await Guarded();
        var poolId = await Replicated(world);
        Assert.Equal(There, await Describe(world, poolId, There, Plain));

        await Must(world, "UpdateUserPoolReplica", Here, new
        {
            UserPoolId = poolId,
            RegionName = There,
            Status = "INACTIVE",
        });
        await Must(world, "DeleteUserPoolReplica", Here, new { UserPoolId = poolId, RegionName = There });

        Assert.Equal("InvalidSignatureException", await Describe(world, poolId, There, Plain));
    }

    // Region of the policy's resource, region of the call -> is it permitted?
    [Theory]
    [InlineData(There, There, true)]
    [InlineData(There, Here, false)]
    [InlineData(Here, There, false)]
    [InlineData("*", There, true)]
    public async Task Permissions_are_on_the_pool_of_that_region(
        string permitted, string region, bool isPermitted)
    {
        await using var world = await Guarded();
        var poolId = await Replicated(world);
        await Keep(
            world,
            KeyId,
            $"arn:aws:cognito-idp:{permitted}:000000000000:userpool/*");

        Assert.Equal(
            isPermitted ? region : "AccessDeniedException", await Describe(world, poolId, region, Plain));
    }

    [Fact]
    public async Task A_signature_is_over_the_path_too()
    {
        await using var world = await Guarded();
        var poolId = await Replicated(world);
        var signed = Sign(world, "DescribeUserPool", Here, Plain, Body(poolId));

        world.Region = There;

        Assert.Equal(
            "InvalidSignatureException", (await world.Send("DescribeUserPool", Body(poolId), signed)).Code);
    }

    // Host -> is the sign-in one in the replica's region? It is INACTIVE, so that one can tell.
    [Theory]
    [InlineData("cognito-idp.eu-west-1.amazonaws.com", true)]
    [InlineData("cognito-idp.eu-west-1.localhost:9306", true)]
    [InlineData("cognito-idp-fips.eu-west-1.example.com", true)]
    [InlineData("COGNITO-IDP.EU-WEST-1.EXAMPLE.COM", true)]
    [InlineData("cognito-idp.us-east-1.amazonaws.com", false)]
    // No pool is there: clients of older set-ups name all kinds of regions.
    [InlineData("cognito-idp.ap-south-1.amazonaws.com", false)]
    [InlineData("eu-west-1.example.com", false)]
    [InlineData("localhost:9306", false)]
    [InlineData(null, false)]
    public async Task Of_unsigned_calls_is_in_the_host_name(string? host, bool isThere)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world, isActive: false);
        await replica.Pool.ConfirmedUser("ana");
        var body = JsonSerializer.Serialize(new
        {
            AuthFlow = "USER_PASSWORD_AUTH",
            replica.Pool.ClientId,
            AuthParameters = new { USERNAME = "ana", PASSWORD = TestPool.Password },
        });

        var answer = await world.Send("InitiateAuth", body, name => name == "Host" ? host : null);

        Assert.Equal(isThere ? "OperationNotEnabledException" : null, answer.Code);
    }

    [Theory]
    [InlineData(There, There)]
    [InlineData(Here, Here)]
    [InlineData(Elsewhere, Here)]
    public async Task In_development_a_signature_counts_though_nobody_checks_it(
        string signedFor, string seenIn)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world, isActive: false);

        Assert.Equal(seenIn, await Describe(world, replica.Pool.Id, signedFor, Plain));
    }

    // A replica of one pool is there: nothing of the others is hidden from clients that only happen to be set
    // up for its region.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_replica_hides_no_other_pool_in_development(bool isDeleted)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world, isActive: false);
        var other = await TestPool.Create(world);
        if (isDeleted)
        {
            await world.Must(
                "DeleteUserPoolReplica", new { UserPoolId = replica.Pool.Id, RegionName = There });
        }

        Assert.Equal(Here, await Describe(world, other.Id, There, Plain));
        Assert.Equal(isDeleted ? Here : There, await Describe(world, replica.Pool.Id, There, Plain));
        var listed = await Must(world, "ListUserPools", There, new { MaxResults = 5 });
        Assert.Equal(isDeleted ? 2 : 1, listed["UserPools"]!.AsArray().Count);
        var made = await Must(world, "CreateUserPool", There, new { PoolName = "third" });
        Assert.Equal(Here, made["UserPool"]!.Text("Arn").Split(':')[3]);
    }

    [Fact]
    public async Task A_replica_hides_no_other_pool_behind_a_host_name()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        await TestReplica.Create(world);
        var other = await TestPool.Create(world);
        await other.ConfirmedUser("ana");
        var signIn = JsonSerializer.Serialize(new
        {
            AuthFlow = "USER_PASSWORD_AUTH",
            other.ClientId,
            AuthParameters = new { USERNAME = "ana", PASSWORD = TestPool.Password },
        });
        static string? Host(string name) => name == "Host" ? "cognito-idp.eu-west-1.example.com" : null;

        var tokens = TestTokens.Of(await world.Send("InitiateAuth", signIn, Host));
        var token = JsonSerializer.Serialize(new { AccessToken = tokens.Access });

        Assert.True((await world.Send("GetUser", token, Host)).IsSuccess);
        // A replica would not let users change anything of themselves.
        Assert.True((await world.Send("GlobalSignOut", token, Host)).IsSuccess);
    }

    [Fact]
    public async Task A_checked_signature_finds_what_is_in_its_region_and_nothing_else()
    {
        await using var world = await Guarded();
        await Replicated(world);
        var other = await Must(world, "CreateUserPool", Here, new { PoolName = "other" });
        var id = other["UserPool"]!.Text("Id");

        Assert.Equal("ResourceNotFoundException", await Describe(world, id, There, Plain));
        var listed = await Must(world, "ListUserPools", There, new { MaxResults = 5 });
        Assert.Single(listed["UserPools"]!.AsArray());
    }

    private static Task<World> Guarded() => World.Start(
        DatabaseKind.Memory, signatures: new SignatureRules(AcceptsAnybody: false, IsStrict: true));

    /// <summary>A pool with an ACTIVE replica, made by calls that are signed as everything here.</summary>
    private static async Task<string> Replicated(World world)
    {
        await Keep(world, KeyId, "*");
        var pool = await Must(
            world, "CreateUserPool", Here, new { PoolName = "test", KeyConfiguration = TestReplica.Key });
        var id = pool["UserPool"]!.Text("Id");
        await Must(
            world, "CreateUserPoolReplica", Here, new { UserPoolId = id, RegionName = There });
        return id;
    }

    private static async Task<Answer> Must(World world, string operation, string region, object request)
    {
        var body = JsonSerializer.Serialize(request);
        var answer = await world.Send(operation, body, Sign(world, operation, region, Plain, body));
        return answer.IsSuccess ? answer : throw new InvalidOperationException(answer.ToString());
    }

    /// <summary>The region in which the pool is seen, or the refusal's code.</summary>
    private static async Task<string> Describe(World world, string poolId, string signedFor, string address)
    {
        var path = new Uri(address).AbsolutePath;
        world.Region = path.Length > 1 ? path.Split('/')[^1] : null;
        var headers = Sign(world, "DescribeUserPool", signedFor, address, Body(poolId));
        var answer = await world.Send("DescribeUserPool", Body(poolId), headers);
        world.Region = null;
        return answer.Code ?? answer["UserPool"]!.Text("Arn").Split(':')[3];
    }

    private static string Body(string poolId) => JsonSerializer.Serialize(new { UserPoolId = poolId });

    private static Func<string, string?> Sign(
        World world, string operation, string region, string address, string body)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/x-amz-json-1.1",
            ["X-Amz-Target"] = "AWSCognitoIdentityProviderService." + operation,
        };
        var url = new Uri(address);
        var signature = SigV4Signer.Sign(
            new(KeyId, Secret, null), region, "cognito-idp", "POST", url, headers,
            Encoding.UTF8.GetBytes(body), world.Clock.GetUtcNow());
        foreach (var (name, value) in signature) headers[name] = value;
        headers["Host"] = url.Host;
        return name => headers.GetValueOrDefault(name);
    }

    private static Task Keep(World world, string id, string resource)
    {
        var statement =
            $$"""{"Effect":"Allow","Action":"cognito-idp:*","Resource":"{{resource}}"}""";
        var key = new AccessKey(
            id, Secret, null, "ops", $$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""",
            World.Beginning, ExpiresAt: null);
        return world.Database.Write(
            async transaction =>
            {
                await world.Get<AccessKeyStore>().Delete(transaction, id, CancellationToken.None);
                await world.Get<AccessKeyStore>().Insert(transaction, key, CancellationToken.None);
            },
            CancellationToken.None);
    }
}
