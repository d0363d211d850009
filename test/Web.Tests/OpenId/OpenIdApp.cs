using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>A relying party at the domain of a pool: what a test of an OpenID provider needs.</summary>
/// <param name="Server">Where it is.</param>
/// <param name="Prefix">Of the domain.</param>
public sealed partial record OpenIdApp(
    RunningServer Server, string PoolId, string Prefix, string ClientId, string? Secret)
{
    public const string Callback = "https://app.example/cb";
    public const string QueryCallback = "https://app.example/cb?x=y";
    public const string Bye = "https://app.example/bye";
    public const string Password = "First-Passw0rd!";

    private static readonly Dictionary<string, string> Ana = new()
    {
        ["name"] = "Ana Lima",
        ["family_name"] = "Lima",
        ["given_name"] = "Ana",
        ["middle_name"] = "B",
        ["nickname"] = "An",
        ["profile"] = "https://ana.example",
        ["picture"] = "https://ana.example/p.png",
        ["website"] = "https://ana.example/w",
        ["gender"] = "female",
        ["birthdate"] = "1990-01-02",
        ["zoneinfo"] = "Europe/Lisbon",
        ["locale"] = "pt-PT",
        ["updated_at"] = "1700000000",
        ["email"] = "ana@example.com",
        ["email_verified"] = "true",
        ["phone_number"] = "+15555550100",
        ["phone_number_verified"] = "true",
        ["address"] = "1 Main Street",
    };

    private static int prefixes;

    /// <summary>Scopes that the client is allowed.</summary>
    public static readonly string[] Scopes = ["openid", "email", "phone", "profile"];

    public string Domain => $"{Server.Address.ToString().TrimEnd('/')}/_domain/{Prefix}";

    public string Issuer => $"{Server.Address.ToString().TrimEnd('/')}/{PoolId}";

    /// <summary>A pool with two people and one client.</summary>
    /// <param name="client">Members of the client that differ.</param>
    /// <param name="version">Of the login pages.</param>
    /// <param name="people">Whether there are the two: they have names of their own.</param>
    public static async Task<OpenIdApp> Create(
        RunningServer server, JsonObject? client = null, int version = 2, JsonObject? pool = null,
        bool people = true)
    {
        var prefix = $"stars-{Interlocked.Increment(ref prefixes)}";
        var settings = pool ?? [];
        settings["PoolName"] = "stars";
        var made = await DomainApp.Must(server, "CreateUserPool", settings.ToJsonString());
        var poolId = made["UserPool"]!["Id"]!.GetValue<string>();
        await DomainApp.Must(server, "CreateUserPoolDomain", new JsonObject
        {
            ["UserPoolId"] = poolId,
            ["Domain"] = prefix,
            ["ManagedLoginVersion"] = version,
        }.ToJsonString());
        var app = await new OpenIdApp(server, poolId, prefix, "", null).Another(client);
        if (!people) return app;
        await app.AddUser("ana", Ana);
        await app.AddUser("ben", new() { ["email"] = "ben@example.com" });
        return app;
    }

    /// <summary>Another client of the same pool.</summary>
    public async Task<OpenIdApp> Another(JsonObject? client = null)
    {
        var settings = new JsonObject
        {
            ["UserPoolId"] = PoolId,
            ["ClientName"] = "app",
            ["GenerateSecret"] = true,
            ["AllowedOAuthFlowsUserPoolClient"] = true,
            ["AllowedOAuthFlows"] = new JsonArray("code"),
            ["AllowedOAuthScopes"] = new JsonArray([.. Scopes.Select(scope => (JsonNode)scope)]),
            ["CallbackURLs"] = new JsonArray(Callback, QueryCallback),
            ["LogoutURLs"] = new JsonArray(Bye),
            ["SupportedIdentityProviders"] = new JsonArray("COGNITO"),
            ["PreventUserExistenceErrors"] = "ENABLED",
        };
        foreach (var (name, value) in client ?? []) settings[name] = value?.DeepClone();
        var made = (await DomainApp.Must(
            Server, "CreateUserPoolClient", settings.ToJsonString()))["UserPoolClient"]!;
        return this with
        {
            ClientId = made["ClientId"]!.GetValue<string>(),
            Secret = made["ClientSecret"]?.GetValue<string>(),
        };
    }

    public async Task AddUser(string name, Dictionary<string, string> attributes)
    {
        var list = new JsonArray([.. attributes.Select(pair => new JsonObject
        {
            ["Name"] = pair.Key, ["Value"] = pair.Value,
        })]);
        await Admin("AdminCreateUser", name, ("UserAttributes", list), ("MessageAction", "SUPPRESS"));
        await Admin("AdminSetUserPassword", name, ("Password", Password), ("Permanent", true));
    }

    /// <summary>The pool demands a second factor from now on, which messages bring.</summary>
    public Task<OpenIdApp> WithCodesByMessage() => WithSecondFactors(new()
    {
        ["SmsMfaConfiguration"] = JsonNode.Parse(
            """{"SmsConfiguration":{"SnsCallerArn":"arn:aws:iam::123456789012:role/sms"}}"""),
        ["EmailMfaConfiguration"] = new JsonObject(),
    });

    /// <summary>The pool demands a second factor from now on.</summary>
    /// <param name="factors">Members of SetUserPoolMfaConfig that allow some.</param>
    public async Task<OpenIdApp> WithSecondFactors(JsonObject factors)
    {
        factors["UserPoolId"] = PoolId;
        factors["MfaConfiguration"] = "ON";
        await DomainApp.Must(Server, "SetUserPoolMfaConfig", factors.ToJsonString());
        return this;
    }

    /// <summary>An operation on one user.</summary>
    public Task<JsonNode> Admin(string operation, string user, params (string Name, JsonNode Value)[] members)
    {
        var request = new JsonObject { ["UserPoolId"] = PoolId, ["Username"] = user };
        foreach (var (name, value) in members) request[name] = value;
        return DomainApp.Must(Server, operation, request.ToJsonString());
    }

    /// <summary>Moves the server's clock on.</summary>
    public Task Advance(string span) =>
        Server.Send(HttpMethod.Post, "/_lifeguard/clock", $$"""{"advance":"{{span}}"}""");

    /// <summary>The code in the last message to an address or number.</summary>
    public async Task<string> LastCode(string to)
    {
        var inbox = JsonNode.Parse(
            (await Server.Get($"/_lifeguard/inbox?to={Uri.EscapeDataString(to)}")).Body)!;
        return Digits().Match(inbox["messages"]!.AsArray()[^1]!["body"]!.GetValue<string>()).Value;
    }

    public Person NewPerson() => new(Server.Address);

    /// <summary>The address of an authorization request; a value of null takes the parameter out.</summary>
    public string Request(params (string Name, string? Value)[] parameters) =>
        $"{Domain}/oauth2/authorize?{Form(Merge(parameters))}";

    /// <summary>The parameters of an authorization request.</summary>
    public Dictionary<string, string> Merge(params (string Name, string? Value)[] parameters)
    {
        var all = new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["client_id"] = ClientId,
            ["redirect_uri"] = Callback,
            ["scope"] = "openid",
            ["state"] = "the state",
            ["nonce"] = "the-nonce",
        };
        foreach (var (name, value) in parameters)
        {
            if (value is null) all.Remove(name);
            else all[name] = value;
        }

        return all;
    }

    public static string Form(IEnumerable<KeyValuePair<string, string>> pairs) => string.Join(
        '&', pairs.Select(pair => $"{WebUtility.UrlEncode(pair.Key)}={WebUtility.UrlEncode(pair.Value)}"));

    /// <summary>Signs in on the page that an authorization request leads to.</summary>
    public async Task<Seen> SignIn(
        Person person, string user = "ana", params (string Name, string? Value)[] parameters)
    {
        var page = await person.Open(Request(parameters));
        Assert.True(page.AsksForPassword, $"{page.Status} {page.Location} {page.Html}");
        return await person.Fill(page, ("username", user), ("password", Password));
    }

    /// <summary>Redeems a code.</summary>
    public Task<Answer> Redeem(
        string code, string redirectUri = Callback, string? verifier = null, bool byPost = false)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
        };
        if (verifier is not null) form["code_verifier"] = verifier;
        return Token(form, byPost);
    }

    /// <summary>Asks for tokens as the client.</summary>
    public Task<Answer> Token(Dictionary<string, string> form, bool byPost = false)
    {
        var all = new Dictionary<string, string>(form);
        if (byPost || Secret is null)
        {
            all["client_id"] = ClientId;
            if (Secret is not null) all["client_secret"] = Secret;
            return Post("/oauth2/token", Form(all));
        }

        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{Secret}"));
        return Post("/oauth2/token", Form(all), ("Authorization", $"Basic {basic}"));
    }

    /// <summary>Posts a form to an endpoint of the domain.</summary>
    public Task<Answer> Post(string path, string form, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, form, "application/x-www-form-urlencoded", headers);

    public Task<Answer> Send(
        HttpMethod method, string path, string? body, string? contentType,
        params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, Domain + path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return Server.Send(request);
    }

    /// <summary>The tokens for the code in an answer, which must be good.</summary>
    public async Task<JsonObject> Tokens(Seen back, bool byPost = false, string redirectUri = Callback)
    {
        Assert.True(back.Answer.ContainsKey("code"), $"{back.Status} {back.Location} {back.Html}");
        Assert.Equal("the state", back.Answer["state"]);
        var answer = await Redeem(back.Answer["code"], redirectUri, byPost: byPost);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        return JsonNode.Parse(answer.Body)!.AsObject();
    }

    /// <summary>The claims of an ID token, checked as OpenID Connect Core §3.1.3.7 says.</summary>
    public async Task<JsonObject> IdToken(JsonObject tokens, string? nonce = "the-nonce")
    {
        var token = tokens["id_token"]!.GetValue<string>();
        var parts = token.Split('.');
        var header = Json(parts[0]);
        Assert.Equal("RS256", header["alg"]!.GetValue<string>());
        var jwks = JsonNode.Parse((await Server.Get($"/{PoolId}/.well-known/jwks.json")).Body)!;
        var key = jwks["keys"]!.AsArray()
            .Single(key => key!["kid"]!.GetValue<string>() == header["kid"]!.GetValue<string>())!;
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(key["n"]!.GetValue<string>()),
            Exponent = Base64Url.DecodeFromChars(key["e"]!.GetValue<string>()),
        });
        Assert.True(rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var claims = Json(parts[1]);
        Assert.Equal(Issuer, claims["iss"]!.GetValue<string>());
        Assert.Equal(ClientId, claims["aud"]!.GetValue<string>());
        Assert.Equal(nonce, claims["nonce"]?.GetValue<string>());
        Assert.True(claims["exp"]!.GetValue<long>() > claims["iat"]!.GetValue<long>());
        Assert.True(claims["auth_time"]!.GetValue<long>() <= claims["iat"]!.GetValue<long>());
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(tokens["access_token"]!.GetValue<string>()));
        Assert.Equal(Base64Url.EncodeToString(hash.AsSpan(0, 16)), claims["at_hash"]!.GetValue<string>());
        return claims;
    }

    public Task<Answer> UserInfo(JsonObject tokens) => Send(
        HttpMethod.Get, "/oauth2/userInfo", null, null,
        ("Authorization", $"Bearer {tokens["access_token"]!.GetValue<string>()}"));

    public static JsonObject Json(string part) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    [GeneratedRegex("[0-9]{6,8}")]
    private static partial Regex Digits();
}
