using System.Text.Json;
using System.Text.Json.Nodes;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Triggers;

/// <summary>The triggers of federated sign-ins: their events, and what is read of the answers.</summary>
public sealed class FederationTriggerTests
{
    private const string Before = "arn:aws:lambda:us-east-1:000000000000:function:before";
    private const string Inbound = "arn:aws:lambda:us-east-1:000000000000:function:inbound";

    [Fact]
    public async Task PreSignUp_sees_the_profile_and_may_verify_its_address()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, client, call) = await Federated(world);
        world.Triggers.On(Before, input => input["response"]!["autoVerifyEmail"] = true);
        var profile = UserAttributes.Empty.With("email", "ana@example.com");

        var answer = await world.Get<FederationTriggers>().PreSignUp(
            pool, client, new("google_123", profile, null, null), call);

        Assert.Equal(new PreSignUpAnswer(false, true, false), answer);
        var input = world.Triggers.Events[0];
        Assert.Equal("PreSignUp_ExternalProvider", input["triggerSource"]!.GetValue<string>());
        Assert.Equal("google_123", input["userName"]!.GetValue<string>());
        Assert.Equal(client.Id, input["callerContext"]!["clientId"]!.GetValue<string>());
        Assert.Equal(
            """{"userAttributes":{"email":"ana@example.com"},"validationData":null}""",
            input["request"]!.ToJsonString());
    }

    [Fact]
    public async Task InboundFederation_sees_what_a_provider_says()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, client, call) = await Federated(world);
        world.Triggers.On(Inbound, _ => { });
        var triggers = world.Get<FederationTriggers>();

        var kept = await triggers.InboundFederation(
            pool,
            client,
            ProviderAnswer.OAuth(
                "google", "Google", "google_123", Parse("""{"access_token":"t","expires_in":3600}"""),
                Parse("""{"sub":"123","email_verified":true,"name":null,"address":{"zip":1}}"""), null),
            call);
        await triggers.InboundFederation(
            pool,
            client,
            ProviderAnswer.Saml("corp", "corp_123", Parse("""{"mail":["a","b"]}""")),
            call);

        Assert.Null(kept);
        var (first, second) = (world.Triggers.Events[0], world.Triggers.Events[1]);
        Assert.Equal("InboundFederation_ExternalProvider", first["triggerSource"]!.GetValue<string>());
        Assert.Equal("1", first["version"]!.GetValue<string>());
        Assert.Equal(
            """{"providerName":"google","providerType":"Google","attributes":"""
            + """{"tokenResponse":{"access_token":"t","expires_in":"3600"},"idToken":"""
            + """{"sub":"123","email_verified":"true","address":"{\u0022zip\u0022:1}"}}}""",
            first["request"]!.ToJsonString());
        Assert.Equal(
            """{"providerName":"corp","providerType":"SAML","attributes":"""
            + """{"samlResponse":{"mail":"a,b"}}}""",
            second["request"]!.ToJsonString());
        Assert.Equal("""{"userAttributesToMap":{}}""", second["response"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"userAttributesToMap":{"email":"a@b.example","name":null}}""", "email=a@b.example")]
    [InlineData("""{"userAttributesToMap":{"zip":1234,"new":true}}""", "zip=1234 new=true")]
    [InlineData("""{"userAttributesToMap":{}}""", null)]
    [InlineData("""{"userAttributesToMap":null}""", null)]
    [InlineData("""{}""", null)]
    public async Task InboundFederation_picks_what_is_mapped(string response, string? expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, client, call) = await Federated(world);
        world.Triggers.On(Inbound, input => input["response"] = JsonNode.Parse(response));

        var kept = await Ask(world, pool, client, call);

        Assert.Equal(
            expected,
            kept is null ? null : string.Join(' ', kept.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public async Task A_failure_is_one_of_the_three_errors()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, client, call) = await Federated(world);
        world.Triggers.On(Inbound, input => input["response"]!["userAttributesToMap"] = new JsonArray());
        var malformed = await Assert.ThrowsAsync<ApiException>(() => Ask(world, pool, client, call));
        world.Triggers.On(
            Inbound, input => input["response"]!["userAttributesToMap"]!["a"] = new JsonArray("b"));
        var nested = await Assert.ThrowsAsync<ApiException>(() => Ask(world, pool, client, call));
        world.Triggers.Answers(Inbound, new TriggerAnswer.Failed("No"));
        var failed = await Assert.ThrowsAsync<ApiException>(() => Ask(world, pool, client, call));

        Assert.Equal("InvalidLambdaResponseException", malformed.Code);
        Assert.Equal("InvalidLambdaResponseException", nested.Code);
        Assert.Equal("InboundFederation failed with error No.", failed.Text);
    }

    private static Task<IReadOnlyDictionary<string, string>?> Ask(
        World world, UserPool pool, AppClient client, Call call) =>
        world.Get<FederationTriggers>().InboundFederation(
            pool, client, ProviderAnswer.Saml("corp", "corp_1", Parse("{}")), call);

    private static async Task<(UserPool Pool, AppClient Client, Call Call)> Federated(World world)
    {
        var made = await TestPool.Create(world, new
        {
            LambdaConfig = new
            {
                PreSignUp = Before,
                InboundFederation = new { LambdaVersion = "V1_0", LambdaArn = Inbound },
            },
        });
        return (
            await world.Get<PoolStore>().Get(made.Id, CancellationToken.None),
            (await world.Get<ClientStore>().Find(made.ClientId, CancellationToken.None))!,
            new("call", world.Clock.GetUtcNow(), "192.0.2.1", "", CancellationToken.None));
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement.Clone();
}
