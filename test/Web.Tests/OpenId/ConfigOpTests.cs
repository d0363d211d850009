using System.Net;
using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>oidcc-config-certification-test-plan, at a server that clients reach by HTTPS.</summary>
public sealed class ConfigOpTests
{
    private const string PublicUrl = "https://id.example.com";

    [Fact(DisplayName = "oidcc-discovery-endpoint-verification")]
    public async Task Oidcc_discovery_endpoint_verification()
    {
        await using var server = new RunningServer
        {
            Settings = [("OAuth:Strict", "true"), ("PublicUrl", PublicUrl)],
        };
        await server.InitializeAsync();
        var app = await OpenIdApp.Create(server);

        var answer = await server.Get($"/{app.PoolId}/.well-known/openid-configuration");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.StartsWith("application/json", answer.Header("Content-Type"));
        var document = JsonNode.Parse(answer.Body)!.AsObject();
        // oidcc-discovery-issuer-not-matching-config: it is the very address without its end.
        Assert.Equal($"{PublicUrl}/{app.PoolId}", Text("issuer"));
        foreach (var (_, value) in document.Where(each => each.Key.EndsWith("_endpoint")))
            Assert.StartsWith(PublicUrl, value!.GetValue<string>());
        foreach (var name in (string[])["authorization", "token", "userinfo", "revocation", "end_session"])
            Assert.NotNull(document[$"{name}_endpoint"]);
        Assert.StartsWith(PublicUrl, Text("jwks_uri"));
        Assert.Contains("code", List("response_types_supported"));
        Assert.Contains("public", List("subject_types_supported"));
        Assert.Contains("RS256", List("id_token_signing_alg_values_supported"));
        Assert.Contains("openid", List("scopes_supported"));
        Assert.Contains("authorization_code", List("grant_types_supported"));
        Assert.Contains("form_post", List("response_modes_supported"));
        Assert.Contains("sub", List("claims_supported"));
        Assert.Contains("S256", List("code_challenge_methods_supported"));
        Assert.Contains("none", List("token_endpoint_auth_methods_supported"));
        Assert.False(document["claims_parameter_supported"]!.GetValue<bool>());
        Assert.False(document["request_parameter_supported"]!.GetValue<bool>());
        // It would be true where it is left out.
        Assert.False(document["request_uri_parameter_supported"]!.GetValue<bool>());

        string Text(string name) => document[name]!.GetValue<string>();
        IEnumerable<string> List(string name) =>
            document[name]!.AsArray().Select(value => value!.GetValue<string>());
    }

    [Fact(DisplayName = "oidcc-discovery-jwks-uri-keys")]
    public async Task Oidcc_discovery_jwks_uri_keys()
    {
        await using var server = new RunningServer { Settings = [("OAuth:Strict", "true")] };
        await server.InitializeAsync();
        var app = await OpenIdApp.Create(server);

        var keys = JsonNode.Parse((await server.Get($"/{app.PoolId}/.well-known/jwks.json")).Body)!["keys"]!
            .AsArray();

        Assert.Equal(keys.Count, keys.Select(key => key!["kid"]!.GetValue<string>()).Distinct().Count());
        Assert.All(keys, key =>
        {
            Assert.Equal(("RSA", "RS256", "sig"), (Text(key, "kty"), Text(key, "alg"), Text(key, "use")));
            // Nothing private.
            Assert.Equal(
                ["alg", "e", "kid", "kty", "n", "use"],
                key!.AsObject().Select(member => member.Key).Order());
        });

        static string Text(JsonNode? key, string name) => key![name]!.GetValue<string>();
    }
}
