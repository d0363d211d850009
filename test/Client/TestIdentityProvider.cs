using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Lifeguard.Clients;

/// <summary>An identity provider of OpenID Connect as tests play it. It checks what clients send, signs in
/// whom it is told, and lies where it is told.</summary>
public sealed class TestIdentityProvider : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Uri> codes = [];
    private readonly RSA rsa = RSA.Create(2048);
    private readonly ECDsa point = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private int made;

    /// <param name="issuer">Without a slash at its end; its endpoints are below.</param>
    public TestIdentityProvider(string issuer) => Issuer = issuer;

    public string Issuer { get; }

    public string ClientId { get; init; } = "planets";

    public string ClientSecret { get; init; } = "oidc-secret-of-planets";

    /// <summary>Seconds of its clock.</summary>
    public required Func<long> Now { get; init; }

    /// <summary>With which it signs: <c>RS256</c>, <c>PS256</c>, <c>ES256</c>, <c>HS256</c> or
    /// <c>none</c>.</summary>
    public string Algorithm { get; set; } = "RS256";

    public string KeyId { get; set; } = "key-1";

    /// <summary>What it says of whoever signs in, by ID token and attributes.</summary>
    public JsonObject Person { get; set; } = new() { ["sub"] = "123", ["email"] = "ana@example.com" };

    /// <summary>Changes the claims of the ID token before it is signed.</summary>
    public Action<JsonObject> Changes { get; set; } = _ => { };

    /// <summary>Changes the ID token once it is signed.</summary>
    public Func<string, string> Alters { get; set; } = token => token;

    /// <summary>What the attributes are, where they are not those of the person.</summary>
    public JsonObject? Attributes { get; set; }

    /// <summary>Answers in the place of the endpoint with this path; null where the endpoint does.</summary>
    public Func<string, TestAnswer?> Instead { get; set; } = _ => null;

    /// <summary>What it calls the endpoints, by their paths; <c>/token</c>, <c>/userinfo</c> and
    /// <c>/keys</c>.</summary>
    public Func<string, string> Endpoint { get; init; } = path => path;

    /// <summary>Clients need not ask for ID tokens by scope.</summary>
    public bool AlwaysIdentifies { get; init; }

    /// <summary>Is this the client's secret?</summary>
    public Func<string, bool>? KnowsSecret { get; init; }

    /// <summary>Every request, as method and path, with the query where there is one.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>What is configured at the pool.</summary>
    public Dictionary<string, string> Details(string method = "GET") => new()
    {
        ["client_id"] = ClientId,
        ["client_secret"] = ClientSecret,
        ["authorize_scopes"] = "openid email",
        ["oidc_issuer"] = Issuer,
        ["attributes_request_method"] = method,
        ["authorize_url"] = $"{Issuer}/authorize",
        ["token_url"] = $"{Issuer}/token",
        ["attributes_url"] = $"{Issuer}/userinfo",
        ["jwks_uri"] = $"{Issuer}/keys",
    };

    /// <summary>The browser arrives, and the person agrees: what it brings back.</summary>
    public Dictionary<string, string> Authorize(Uri address)
    {
        var asked = Query(address.Query);
        string code;
        lock (gate)
        {
            code = $"code-{++made}";
            codes.Add(code, address);
        }

        var answer = new Dictionary<string, string> { ["code"] = code };
        if (asked.TryGetValue("state", out var state)) answer["state"] = state;
        return answer;
    }

    /// <summary>Answers a request of the pool's.</summary>
    public TestAnswer Answer(string method, Uri address, string? authorization, string body)
    {
        var path = Endpoint(address.AbsolutePath[new Uri(Issuer).AbsolutePath.TrimEnd('/').Length..]);
        lock (gate) return Answer(method, path, address, authorization, body);
    }

    /// <summary>Parameters of a query or a form.</summary>
    public static Dictionary<string, string> Query(string text) => text.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));

    public void Dispose()
    {
        rsa.Dispose();
        point.Dispose();
    }

    private TestAnswer Answer(string method, string path, Uri address, string? authorization, string body)
    {
        Requests.Add($"{method} {path}{(path == "/token" ? "" : address.Query)}");
        return Instead(path) ?? (path switch
        {
            "/token" => Token(method, authorization, Query(method == "GET" ? address.Query : body)),
            "/userinfo" => authorization?.StartsWith("Bearer access-", StringComparison.Ordinal) == true
                ? TestAnswer.Json(Attributes ?? Person)
                : new(401, ""),
            "/keys" => TestAnswer.Json(new JsonObject { ["keys"] = new JsonArray(Keys()) }),
            _ => new(404, ""),
        });
    }

    private TestAnswer Token(string method, string? authorization, Dictionary<string, string> form)
    {
        if (!codes.Remove(form.GetValueOrDefault("code") ?? "", out var begun))
            return Refuse("invalid_grant");
        var asked = Query(begun.Query);
        var isClient = authorization is null && form.GetValueOrDefault("client_id") == ClientId
            && IsSecret(form.GetValueOrDefault("client_secret") ?? "");
        if (!isClient) return Refuse("invalid_client", 401);
        if (form.GetValueOrDefault("redirect_uri") != asked["redirect_uri"]) return Refuse("invalid_grant");
        if (asked.TryGetValue("code_challenge", out var challenge)
            && challenge != Hash(form.GetValueOrDefault("code_verifier") ?? ""))
            return Refuse("invalid_grant");
        if (method == "POST" && form.GetValueOrDefault("grant_type") != "authorization_code")
            return Refuse("unsupported_grant_type");
        var access = $"access-{form["code"]}";
        var answer = new JsonObject
        {
            ["access_token"] = access,
            ["token_type"] = "Bearer",
            ["expires_in"] = 3600,
        };
        if (AlwaysIdentifies || asked["scope"].Split(' ').Contains("openid"))
            answer["id_token"] = IdToken(asked.GetValueOrDefault("nonce"), access);
        return TestAnswer.Json(answer);
    }

    private string IdToken(string? nonce, string access)
    {
        var claims = Person.DeepClone().AsObject();
        claims["iss"] = Issuer;
        claims["aud"] = ClientId;
        claims["iat"] = Now();
        claims["exp"] = Now() + 3600;
        if (nonce is not null) claims["nonce"] = nonce;
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(access));
        claims["at_hash"] = Base64Url.EncodeToString(digest.AsSpan(..16));
        Changes(claims);
        var header = new JsonObject { ["alg"] = Algorithm, ["kid"] = KeyId };
        var input = $"{Encode(header)}.{Encode(claims)}";
        return Alters($"{input}.{Base64Url.EncodeToString(Sign(Encoding.ASCII.GetBytes(input)))}");
    }

    private byte[] Sign(byte[] input) => Algorithm switch
    {
        "RS256" => rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        "PS256" => rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        "ES256" => point.SignData(input, HashAlgorithmName.SHA256),
        "HS256" => HMACSHA256.HashData(Encoding.UTF8.GetBytes(ClientSecret), input),
        _ => [],
    };

    private JsonNode[] Keys()
    {
        var (numbers, q) = (rsa.ExportParameters(false), point.ExportParameters(false).Q);
        return
        [
            new JsonObject
            {
                ["kty"] = "RSA", ["use"] = "sig", ["kid"] = KeyId,
                ["n"] = Base64Url.EncodeToString(numbers.Modulus),
                ["e"] = Base64Url.EncodeToString(numbers.Exponent),
            },
            new JsonObject
            {
                ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = KeyId,
                ["x"] = Base64Url.EncodeToString(q.X), ["y"] = Base64Url.EncodeToString(q.Y),
            },
            new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["kid"] = "other", ["x"] = "AAAA" },
        ];
    }

    private bool IsSecret(string text) => KnowsSecret?.Invoke(text) ?? text == ClientSecret;

    private static TestAnswer Refuse(string error, int status = 400) =>
        TestAnswer.Json(new() { ["error"] = error }, status);

    private static string Encode(JsonObject json) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static string Hash(string verifier) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}

/// <summary>An answer of the provider.</summary>
public sealed record TestAnswer(int Status, string Body)
{
    public static TestAnswer Json(JsonObject body, int status = 200) => new(status, body.ToJsonString());
}
