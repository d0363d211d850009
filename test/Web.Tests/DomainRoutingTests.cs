using System.Net;
using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests;

public sealed class DomainRoutingTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Token = "/oauth2/token";

    [Fact]
    public async Task Leads_to_a_pool_by_host_of_the_prefix_by_custom_host_and_by_path()
    {
        var app = await DomainApp.Create(server);
        await app.AddCustom("login.routes.example");

        foreach (var host in (string?[])
            [
                null, app.Host, app.Host.ToUpperInvariant(), "login.routes.example",
                "Login.Routes.Example:8443",
            ])
        {
            Assert.Equal(HttpStatusCode.OK, (await app.Post(Token, app.Credentials, host)).Status);
        }

        var byCustomPath = await (app with { Prefix = "login.routes.example" }).Post(Token, app.Credentials);
        Assert.Equal(HttpStatusCode.OK, byCustomPath.Status);
    }

    [Theory]
    [InlineData("nobody.auth.us-east-1.localhost")]
    [InlineData("{prefix}.auth.eu-west-1.localhost")]
    [InlineData("{prefix}")]
    [InlineData("{prefix}.auth.us-east-1.localhost.evil.example")]
    [InlineData("a.{prefix}.auth.us-east-1.localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("login.nobody.example")]
    public async Task Other_hosts_have_no_endpoints(string host)
    {
        var app = await DomainApp.Create(server);

        var answer = await app.Post(Token, app.Credentials, host.Replace("{prefix}", app.Prefix));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("""{"message":"There is no such domain."}""", answer.Body);
    }

    [Theory]
    [InlineData("/_domain/nobody/oauth2/token")]
    [InlineData("/_domain//oauth2/token")]
    [InlineData("/_domain/oauth2/token")]
    [InlineData("/_domain/nobody;x/oauth2/token")]
    [InlineData("/_domain/%2e%2e/oauth2/token")]
    [InlineData("/_Domain/nobody/oauth2/token")]
    [InlineData("/_domain/nobody/_domain/nobody/oauth2/token")]
    [InlineData("/oauth2/token")]
    public async Task Other_paths_have_no_endpoints(string path)
    {
        var answer = await server.Send(HttpMethod.Post, path, "{}");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    [Fact]
    public async Task What_a_proxy_says_of_the_host_leads_nowhere()
    {
        var app = await DomainApp.Create(server);

        var answer = await app.Post(
            Token, app.Credentials, "127.0.0.1", headers: [("X-Forwarded-Host", app.Host),
            ("Forwarded", $"host={app.Host}")]);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    [Fact]
    public async Task The_host_in_the_path_counts_for_more_than_that_of_the_request()
    {
        var (app, other) = (await DomainApp.Create(server), await DomainApp.Create(server));

        var answer = await app.Post($"/_domain/{app.Prefix}{Token}", app.Credentials, other.Host);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task A_client_is_known_at_its_own_pool_s_domain_alone()
    {
        var (app, other) = (await DomainApp.Create(server), await DomainApp.Create(server));

        var answer = await other.Post(Token, app.Credentials);

        Assert.Equal("""{"error":"invalid_client"}""", answer.Body);
    }

    [Fact]
    public async Task A_domain_that_is_deleted_leads_nowhere_and_later_to_whoever_has_it()
    {
        var (app, next) = (await DomainApp.Create(server), await DomainApp.Create(server));
        await DomainApp.Must(
            server,
            "DeleteUserPoolDomain",
            $$"""{"UserPoolId":"{{app.PoolId}}","Domain":"{{app.Prefix}}"}""");
        Assert.Equal(HttpStatusCode.NotFound, (await app.Post(Token, app.Credentials)).Status);
        await DomainApp.Must(
            server, "DeleteUserPoolDomain",
            $$"""{"UserPoolId":"{{next.PoolId}}","Domain":"{{next.Prefix}}"}""");
        await DomainApp.Must(
            server,
            "CreateUserPoolDomain",
            $$"""{"UserPoolId":"{{next.PoolId}}","Domain":"{{app.Prefix}}"}""");

        Assert.Equal(HttpStatusCode.BadRequest, (await app.Post(Token, app.Credentials)).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.Post(Token, next.Credentials)).Status);
    }

    [Fact]
    public async Task The_API_answers_under_every_host()
    {
        var app = await DomainApp.Create(server);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Headers.Host = app.Host;
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.ListUserPools");
        request.Content = new StringContent("""{"MaxResults":1}""");
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");

        Assert.Equal(HttpStatusCode.OK, (await server.Send(request)).Status);
    }

    [Fact]
    public async Task Discovery_names_the_domain_by_which_it_was_asked_for()
    {
        var app = await DomainApp.Create(server);
        var path = $"/{app.PoolId}/.well-known/openid-configuration";
        var issuer = $"{server.Address.ToString().TrimEnd('/')}/{app.PoolId}";

        // The server's own address, as clients have it in the issuer: the domain is below its path.
        MustName(app.ByPath, await server.Get(path));
        MustName(app.ByPath, await app.Send(HttpMethod.Get, path));
        MustName($"http://{app.Host}", await app.Send(HttpMethod.Get, path, host: app.Host));
        await app.AddCustom($"login.{app.Prefix}.example");
        MustName(
            $"http://login.{app.Prefix}.example:8443",
            await app.Send(HttpMethod.Get, path, host: $"login.{app.Prefix}.example:8443"));
        MustName(
            $"{server.Address.ToString().TrimEnd('/')}/_domain/login.{app.Prefix}.example",
            await server.Get(path));
        // Somebody else's domain, and nobody's.
        var other = await DomainApp.Create(server);
        MustName(other.ByPath, await app.Send(
            HttpMethod.Get, $"/{other.PoolId}/.well-known/openid-configuration", host: app.Host));
        MustName(other.ByPath, await app.Send(
            HttpMethod.Get, $"/{other.PoolId}/.well-known/openid-configuration", host: "evil.example"));

        void MustName(string domain, Answer answer)
        {
            var json = JsonNode.Parse(answer.Body)!;
            Assert.Equal($"{domain}/oauth2/authorize", json["authorization_endpoint"]!.GetValue<string>());
            Assert.Equal($"{domain}/logout", json["end_session_endpoint"]!.GetValue<string>());
            Assert.Equal($"{domain}/oauth2/revoke", json["revocation_endpoint"]!.GetValue<string>());
            Assert.Equal($"{domain}/oauth2/token", json["token_endpoint"]!.GetValue<string>());
            Assert.Equal($"{domain}/oauth2/userInfo", json["userinfo_endpoint"]!.GetValue<string>());
            Assert.Equal(12, json.AsObject().Count);
            if (domain.Contains(app.Prefix, StringComparison.Ordinal))
                Assert.Equal(issuer, json["issuer"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task The_host_in_a_replica_s_region_leads_there_while_the_replica_is_active()
    {
        var app = await DomainApp.Create(server, replicated: true);
        var host = $"{app.Prefix}.auth.eu-west-1.localhost";
        var replica = $$"""{"UserPoolId":"{{app.PoolId}}","RegionName":"eu-west-1" """;
        Assert.Equal(HttpStatusCode.NotFound, (await app.Post(Token, app.Credentials, host)).Status);
        await DomainApp.Must(server, "CreateUserPoolReplica", replica + "}");
        Assert.Equal(HttpStatusCode.NotFound, (await app.Post(Token, app.Credentials, host)).Status);

        await DomainApp.Must(server, "UpdateUserPoolReplica", replica + ""","Status":"ACTIVE"}""");

        Assert.Equal(HttpStatusCode.OK, (await app.Post(Token, app.Credentials, host)).Status);
    }

    [Fact]
    public async Task Where_the_base_domain_is_set_discovery_names_hosts()
    {
        await using var based = new RunningServer { Settings = [("BaseDomain", "id.example")] };
        await based.InitializeAsync();
        var app = await DomainApp.Create(based);
        var host = $"{app.Prefix}.auth.us-east-1.id.example";

        Assert.Contains(
            $"\"token_endpoint\":\"http://{host}:{based.Address.Port}/oauth2/token\"",
            (await based.Get($"/{app.PoolId}/.well-known/openid-configuration")).Body,
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await app.Post(Token, app.Credentials, host)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Post(Token, app.Credentials, app.Host)).Status);
    }

    [Fact]
    public async Task Without_a_domain_the_endpoints_are_below_the_issuer()
    {
        var made = await DomainApp.Must(server, "CreateUserPool", """{"PoolName":"bare"}""");
        var pool = made["UserPool"]!["Id"]!;

        var json = JsonNode.Parse((await server.Get($"/{pool}/.well-known/openid-configuration")).Body)!;

        Assert.Equal($"{json["issuer"]}/token", json["token_endpoint"]!.GetValue<string>());
        Assert.Equal($"{json["issuer"]}/userInfo", json["userinfo_endpoint"]!.GetValue<string>());
    }
}
