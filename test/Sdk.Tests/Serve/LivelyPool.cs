using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>A pool with a public and a confidential client and two users, Ana and Bob, as one server after
/// the other serves it.</summary>
internal sealed class LivelyPool
{
    public const string Password = "First-Pässwörd-1";

    private string secret = "";

    public string Id { get; private set; } = "";

    /// <summary>The public client.</summary>
    public string App { get; private set; } = "";

    /// <summary>The client with a secret.</summary>
    public string Site { get; private set; } = "";

    public string AnasSub { get; private set; } = "";

    public static async Task<LivelyPool> Create(ApiClient api)
    {
        var pool = new LivelyPool
        {
            Id = (await api.Must("CreateUserPool", new { PoolName = "lively" })).Text("UserPool.Id"),
        };
        pool.App = (await pool.NewClient(api, "app", withSecret: false)).Text("UserPoolClient.ClientId");
        var site = await pool.NewClient(api, "site", withSecret: true);
        (pool.Site, pool.secret) =
            (site.Text("UserPoolClient.ClientId"), site.Text("UserPoolClient.ClientSecret"));
        pool.AnasSub = await pool.NewUser(api, "ana");
        await pool.NewUser(api, "bob");
        return pool;
    }

    public Task<ApiAnswer> SignIn(ApiClient api, string name, string password = Password) => api.Call(
        "InitiateAuth",
        new
        {
            ClientId = App,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = name, PASSWORD = password },
        });

    public async Task<JsonElement> Tokens(ApiClient api, string name) =>
        (await SignIn(api, name)).Body.At("AuthenticationResult");

    public Task<ApiAnswer> SignInAtSite(ApiClient api, string name) => api.Call(
        "InitiateAuth",
        new
        {
            ClientId = Site,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = name, PASSWORD = Password, SECRET_HASH = SecretHash(name) },
        });

    public Task<ApiAnswer> Refresh(ApiClient api, string token) => api.Call(
        "InitiateAuth",
        new
        {
            ClientId = App,
            AuthFlow = "REFRESH_TOKEN_AUTH",
            AuthParameters = new { REFRESH_TOKEN = token },
        });

    public async Task<string> SubOf(ApiClient api, string name) =>
        (await api.Must("AdminGetUser", new { UserPoolId = Id, Username = name }))
            .Attribute("UserAttributes", "sub");

    /// <summary>Ends all sign-ins of a user.</summary>
    public async Task SignOut(ApiClient api, string name)
    {
        foreach (var operation in (string[])["AdminDisableUser", "AdminEnableUser"])
            await api.Must(operation, new { UserPoolId = Id, Username = name });
    }

    private Task<JsonElement> NewClient(ApiClient api, string name, bool withSecret) => api.Must(
        "CreateUserPoolClient",
        new
        {
            UserPoolId = Id,
            ClientName = name,
            GenerateSecret = withSecret,
            ExplicitAuthFlows = new[]
            {
                "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
            },
        });

    private async Task<string> NewUser(ApiClient api, string name)
    {
        await api.Must(
            "AdminCreateUser", new { UserPoolId = Id, Username = name, MessageAction = "SUPPRESS" });
        await api.Must(
            "AdminSetUserPassword", new { UserPoolId = Id, Username = name, Password, Permanent = true });
        return await SubOf(api, name);
    }

    private string SecretHash(string name) => Convert.ToBase64String(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(name + Site)));
}
