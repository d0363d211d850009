using System.Text;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Operations;
using Lifeguard.Protocol.SigV4;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Framework;

/// <summary>Operations that name a pool by its ARN are permitted on that ARN.</summary>
public sealed class ResourceArnTests
{
    private const string Id = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY00";
    private const string Pools = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/";
    private const string Mine = Pools + "us-east-1_Mine";
    private const string Other = Pools + "us-east-1_Other";

    // Got in, and was answered by the operation.
    private const string Admitted = "ResourceNotFoundException";

    // Effect, action and resource of the policy; the ARN of the call -> the error.
    [Theory]
    [InlineData("Allow", "cognito-idp:*", "*", Mine, Admitted)]
    [InlineData("Allow", "cognito-idp:*", Mine, Mine, Admitted)]
    [InlineData("Allow", "cognito-idp:*", Pools + "*", Other, Admitted)]
    [InlineData("Allow", "cognito-idp:*", Mine, Other, "AccessDeniedException")]
    [InlineData("Allow", "cognito-idp:Describe*", Mine, Mine, "AccessDeniedException")]
    [InlineData("Deny", "cognito-idp:*", Mine, Mine, "AccessDeniedException")]
    [InlineData(
        "Allow", "cognito-idp:*", Pools + "*",
        "arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_Mine", "AccessDeniedException")]
    public async Task Are_permitted_on_it(
        string effect, string action, string resource, string arn, string expected)
    {
        await using var world = await Guarded(effect, action, resource);

        foreach (var (operation, request) in (IEnumerable<(string, object)>)
        [
            ("TagResource", new { ResourceArn = arn, Tags = new { a = "1" } }),
            ("UntagResource", new { ResourceArn = arn, TagKeys = new[] { "a" } }),
            ("ListTagsForResource", new { ResourceArn = arn }),
        ])
        {
            Assert.Equal(expected, (await Signed(world, operation, request)).Code);
        }
    }

    [Fact]
    public async Task The_refusal_names_it()
    {
        await using var world = await Guarded("Allow", "cognito-idp:*", Mine);

        Assert.Equal(
            "AccessDeniedException: User: arn:aws:iam::000000000000:user/ops is not authorized to perform: "
            + $"cognito-idp:ListTagsForResource on resource: {Other} because no identity-based policy "
            + "allows the cognito-idp:ListTagsForResource action",
            (await Signed(world, "ListTagsForResource", new { ResourceArn = Other })).ToString());
    }

    private static async Task<World> Guarded(string effect, string action, string resource)
    {
        var world = await World.Start(
            DatabaseKind.Memory, signatures: new SignatureRules(AcceptsAnybody: false, IsStrict: true));
        var statement = $$"""{"Effect":"{{effect}}","Action":"{{action}}","Resource":"{{resource}}"}""";
        var policy = $$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""";
        var key = new AccessKey(Id, Secret, null, "ops", policy, World.Beginning, ExpiresAt: null);
        await world.Database.Write(
            transaction => world.Get<AccessKeyStore>().Insert(transaction, key, CancellationToken.None),
            CancellationToken.None);
        return world;
    }

    private static Task<Answer> Signed(World world, string operation, object request)
    {
        var body = JsonSerializer.Serialize(request);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/x-amz-json-1.1",
            ["X-Amz-Target"] = "AWSCognitoIdentityProviderService." + operation,
        };
        var signature = SigV4Signer.Sign(
            new(Id, Secret, null), "us-east-1", "cognito-idp", "POST",
            new Uri("https://cognito-idp.example.com/"), headers,
            Encoding.UTF8.GetBytes(body), world.Clock.GetUtcNow());
        foreach (var (name, value) in signature) headers[name] = value;
        headers["Host"] = "cognito-idp.example.com";
        return world.Send(operation, body, name => headers.GetValueOrDefault(name));
    }
}
