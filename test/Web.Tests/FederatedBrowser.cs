using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Clients;

namespace Lifeguard.Web.Tests;

/// <summary>A browser at the domain of a pool whose app offers another provider. It follows nothing by
/// itself, and keeps cookies by name.</summary>
internal sealed class FederatedBrowser : IDisposable
{
    public const string Callback = "https://app.example/cb";

    private static readonly string[] Flows = ["code", "implicit"];

    private readonly HttpClient http;

    private FederatedBrowser(DomainApp app, string clientId)
    {
        (App, ClientId) = (app, clientId);
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new(app.ByPath + "/"),
        };
    }

    public DomainApp App { get; }

    public string ClientId { get; }

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>A pool with the provider, called Partner.</summary>
    public static async Task<FederatedBrowser> Create(RunningServer server, TestIdentityProvider provider)
    {
        var app = await DomainApp.Create(server);
        await DomainApp.Must(server, "CreateIdentityProvider", new JsonObject
        {
            ["UserPoolId"] = app.PoolId,
            ["ProviderName"] = "Partner",
            ["ProviderType"] = "OIDC",
            ["ProviderDetails"] = new JsonObject(
                provider.Details().Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["AttributeMapping"] = new JsonObject { ["email"] = "email" },
        }.ToJsonString());
        var client = await DomainApp.Must(server, "CreateUserPoolClient", new JsonObject
        {
            ["UserPoolId"] = app.PoolId,
            ["ClientName"] = "app",
            ["AllowedOAuthFlowsUserPoolClient"] = true,
            ["AllowedOAuthFlows"] = new JsonArray([.. Flows.Select(flow => JsonValue.Create(flow))]),
            ["AllowedOAuthScopes"] = new JsonArray("openid", "email"),
            ["CallbackURLs"] = new JsonArray(Callback),
            ["SupportedIdentityProviders"] = new JsonArray("Partner"),
        }.ToJsonString());
        return new(app, client["UserPoolClient"]!["ClientId"]!.GetValue<string>());
    }

    /// <summary>The same app in another browser.</summary>
    public FederatedBrowser Another() => new(App, ClientId);

    /// <summary>To the provider, by way of the authorization endpoint.</summary>
    public async Task<Uri> Begin(string responseType = "code", string more = "")
    {
        var answer = await Get(
            $"oauth2/authorize?client_id={ClientId}&response_type={responseType}&state=app-state"
            + $"&redirect_uri={Uri.EscapeDataString(Callback)}&identity_provider=Partner{more}");
        Assert.Equal(302, (int)answer.StatusCode);
        return answer.Headers.Location!;
    }

    /// <summary>Back from the provider, by address; where that leads.</summary>
    public async Task<string> Return(Dictionary<string, string> answer) =>
        Location(await Get($"oauth2/idpresponse?{Form(answer)}"));

    public Task<HttpResponseMessage> Get(string path) => Send(new(HttpMethod.Get, path));

    public Task<HttpResponseMessage> Post(string path, string form) => Send(new(HttpMethod.Post, path)
    {
        Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
    });

    public async Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        if (Cookies.Count > 0)
        {
            request.Headers.Add(
                "Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var set in SetCookies(answer))
        {
            var pair = set.Split(';')[0].Split('=', 2);
            Cookies[pair[0]] = pair[1];
        }

        return answer;
    }

    public static IEnumerable<string> SetCookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [];

    /// <summary>Where an answer leads.</summary>
    public static string Location(HttpResponseMessage answer) =>
        $"{(int)answer.StatusCode} {answer.Headers.Location?.OriginalString}";

    public static string Form(IEnumerable<KeyValuePair<string, string>> fields) => string.Join(
        '&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));

    public void Dispose() => http.Dispose();
}
