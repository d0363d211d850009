using System.Text;
using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests;

/// <summary>A pool with a domain on a running server, and a client that gets tokens for itself.</summary>
/// <param name="Server">Where it is.</param>
public sealed record DomainApp(
    RunningServer Server, string PoolId, string Prefix, string ClientId, string ClientSecret)
{
    private const string Form = "application/x-www-form-urlencoded";

    private static int prefixes;

    /// <summary>The host of the domain, as development has it.</summary>
    public string Host => $"{Prefix}.auth.us-east-1.localhost:{Server.Address.Port}";

    /// <summary>The address of the domain by path.</summary>
    public string ByPath => $"{Server.Address.ToString().TrimEnd('/')}/_domain/{Prefix}";

    /// <summary>The form with which the client gets a token.</summary>
    public string Credentials =>
        $"grant_type=client_credentials&client_id={ClientId}&client_secret={ClientSecret}";

    /// <param name="replicated">The pool is one that can be replicated.</param>
    public static async Task<DomainApp> Create(RunningServer server, bool replicated = false)
    {
        var prefix = $"planets-{Interlocked.Increment(ref prefixes)}";
        const string Key = "arn:aws:kms:us-east-1:000000000000:key/mrk-0123456789abcdef";
        var made = await Must(server, "CreateUserPool", replicated
            ? $$"""
                {"PoolName":"planets",
                 "KeyConfiguration":{"KeyType":"CUSTOMER_MANAGED_KEY","KmsKeyArn":"{{Key}}"} }
                """
            : """{"PoolName":"planets"}""");
        var pool = made["UserPool"]!["Id"]!.GetValue<string>();
        await Must(server, "CreateUserPoolDomain", $$"""{"UserPoolId":"{{pool}}","Domain":"{{prefix}}"}""");
        await Must(
            server,
            "CreateResourceServer",
            $$"""
            {"UserPoolId":"{{pool}}","Identifier":"moons","Name":"Moons",
             "Scopes":[{"ScopeName":"read","ScopeDescription":"May read"}]}
            """);
        var client = (await Must(
            server,
            "CreateUserPoolClient",
            $$"""
            {"UserPoolId":"{{pool}}","ClientName":"machine","GenerateSecret":true,
             "AllowedOAuthFlowsUserPoolClient":true,"AllowedOAuthFlows":["client_credentials"],
             "AllowedOAuthScopes":["moons/read"]}
            """))["UserPoolClient"]!;
        return new(
            server,
            pool,
            prefix,
            client["ClientId"]!.GetValue<string>(),
            client["ClientSecret"]!.GetValue<string>());
    }

    /// <summary>Gives the pool a custom domain.</summary>
    public Task AddCustom(string name) => Must(
        Server,
        "CreateUserPoolDomain",
        $$"""
        {"UserPoolId":"{{PoolId}}","Domain":"{{name}}","CustomDomainConfig":
         {"CertificateArn":"arn:aws:acm:us-east-1:000000000000:certificate/0f9d8c7b"} }
        """);

    /// <summary>Posts a form to an endpoint of the domain.</summary>
    /// <param name="host">Null for the server's own, with the domain in the path.</param>
    public Task<Answer> Post(
        string path, string form, string? host = null, string? contentType = Form,
        params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, form, host, contentType, headers);

    /// <summary>Sends anything to an endpoint of the domain.</summary>
    public async Task<Answer> Send(
        HttpMethod method, string path, string? body = null, string? host = null,
        string? contentType = Form, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(
            method, host is null ? $"/_domain/{Prefix}{path}" : path);
        if (host is not null) request.Headers.Host = host;
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
            if (contentType is not null)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Server.Send(request);
    }

    public static async Task<JsonNode> Must(RunningServer server, string operation, string body)
    {
        var answer = await server.Call(operation, body);
        return (int)answer.Status == 200
            ? JsonNode.Parse(answer.Body is "" ? "{}" : answer.Body)!
            : throw new InvalidOperationException($"{operation}: {answer.Body}");
    }
}
