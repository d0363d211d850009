using System.Net;
using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lifeguard.Web.Tests;

public sealed class DiscoveryTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_the_configuration_in_the_services_order()
    {
        await AddPool("us-east-1_Discover1");
        var answer = await server.Get("/us-east-1_Discover1/.well-known/openid-configuration");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("public, max-age=300", answer.Header("Cache-Control"));
        using var json = JsonDocument.Parse(answer.Body);
        var names = json.RootElement.EnumerateObject().Select(member => member.Name).ToArray();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal(12, names.Length);
        var issuer = $"{server.Address.ToString().TrimEnd('/')}/us-east-1_Discover1";
        Assert.Equal(issuer, json.RootElement.GetProperty("issuer").GetString());
        Assert.Equal($"{issuer}/.well-known/jwks.json", json.RootElement.GetProperty("jwks_uri").GetString());
    }

    [Fact]
    public async Task Shows_both_keys_and_nothing_private()
    {
        var keys = await AddPool("us-east-1_Discover2");
        var answer = await server.Get("/us-east-1_Discover2/.well-known/jwks.json");
        using var json = JsonDocument.Parse(answer.Body);
        var shown = json.RootElement.GetProperty("keys").EnumerateArray().ToArray();
        Assert.Equal(
            keys.Select(key => key.KeyId).Order(),
            shown.Select(key => key.GetProperty("kid").GetString()!).Order());
        Assert.All(shown, key => Assert.Equal(
            ["alg", "e", "kid", "kty", "n", "use"], key.EnumerateObject().Select(member => member.Name)));
    }

    [Theory]
    [InlineData("/us-east-1_Missing00/.well-known/jwks.json")]
    [InlineData("/us-east-1_Missing00/.well-known/openid-configuration")]
    [InlineData("/nounderscore/.well-known/jwks.json")]
    public async Task Answers_404_for_a_pool_that_does_not_exist(string path)
    {
        var answer = await server.Get(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Tells_its_health(string path, string word)
    {
        var answer = await server.Get(path);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal($$"""{"status":"{{word}}"}""", answer.Body);
    }

    private async Task<SigningKey[]> AddPool(string id)
    {
        var random = server.Parts.GetRequiredService<RandomSource>();
        var now = server.Parts.GetRequiredService<TimeProvider>().GetUtcNow();
        var pool = new UserPool
        {
            Id = id,
            Settings = new UserPoolType { Name = "discovery" },
            CreatedAt = now,
            ModifiedAt = now,
        };
        SigningKey[] keys =
        [
            SigningKey.New(id, TokenUse.Id, random, now),
            SigningKey.New(id, TokenUse.Access, random, now),
        ];
        var pools = server.Parts.GetRequiredService<PoolStore>();
        await server.Parts.GetRequiredService<Database>().Write(
            transaction => pools.Insert(transaction, pool, keys, Stop), Stop);
        return keys;
    }
}
