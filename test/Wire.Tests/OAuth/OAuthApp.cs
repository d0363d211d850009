using System.Text;
using Lifeguard.Contract;
using Lifeguard.Operations;
using Lifeguard.Operations.OAuth;
using Lifeguard.Storage;
using Lifeguard.Wire.Tests.ResourceServers;
using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.OAuth;

/// <summary>An app client at the OAuth endpoints of its pool's domain.</summary>
internal sealed class OAuthApp(World world, TestPool pool)
{
    public const string Read = "moons/read";
    public const string Write = "moons/write";

    public TestPool Pool => pool;

    /// <summary>The id, and the secret where there is one, in the form.</summary>
    public (string Name, string Value)[] Identity =>
    [
        ("client_id", pool.ClientId),
        .. pool.ClientSecret is { } secret ? [("client_secret", secret)] : ((string, string)[])[],
    ];

    /// <summary>A client that gets tokens for itself, with two scopes.</summary>
    public static async Task<(OAuthApp App, TestPool Pool)> Machine(
        World world, object? settings = null, object? client = null)
    {
        var pool = await TestPool.Create(world, settings);
        await world.Must("CreateResourceServer", ServerCalls.Request(pool, "moons", "read", "write"));
        var machine = await pool.AnotherClient(Calls.Merge(
            new
            {
                GenerateSecret = true,
                AllowedOAuthFlowsUserPoolClient = true,
                AllowedOAuthFlows = new[] { "client_credentials" },
                AllowedOAuthScopes = new[] { Read, Write },
            },
            client));
        return (new(world, machine), machine);
    }

    /// <summary>Asks for tokens as the client.</summary>
    public Task<OAuthOutcome> Token(string grant, params (string Name, string Value)[] form) =>
        Ask([("grant_type", grant), .. Identity, .. form]);

    /// <summary>Asks for tokens with just this.</summary>
    /// <param name="authorization">The header; null for none.</param>
    public Task<OAuthOutcome> Ask((string Name, string Value)[] form, string? authorization = null) =>
        Outcome(form, authorization, async (request, call) =>
            OAuthOutcome.Of(await world.Get<TokenGrants>().Grant(request, call)));

    /// <summary>Revokes as the client.</summary>
    public Task<OAuthOutcome> Revoke(string token, string? authorization = null) => RevokeBy(
        authorization is null ? [("token", token), .. Identity] : [("token", token)], authorization);

    /// <summary>Revokes with just this.</summary>
    public Task<OAuthOutcome> RevokeBy((string Name, string Value)[] form, string? authorization = null) =>
        Outcome(form, authorization, async (request, call) =>
        {
            await world.Get<TokenRevocation>().Revoke(request, call);
            return OAuthOutcome.Done;
        });

    /// <summary>Asks who a token's user is; the claims as <c>name=value</c>, with blanks between.</summary>
    public async Task<string> UserInfo(string? authorization)
    {
        IReadOnlyList<AttributeType> claims = [];
        var outcome = await Outcome([], authorization, async (request, call) =>
        {
            claims = await world.Get<UserInfo>().Of(request.Pool, request.Authorization, call);
            return OAuthOutcome.Done;
        });
        return outcome.Refusal is null
            ? string.Join(' ', claims.Select(claim => $"{claim.Name}={claim.Value}"))
            : outcome.ToString();
    }

    /// <summary>The header of HTTP Basic authentication.</summary>
    public static string Basic(string id, string secret) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"));

    private async Task<OAuthOutcome> Outcome(
        (string Name, string Value)[] form,
        string? authorization,
        Func<OAuthRequest, Call, Task<OAuthOutcome>> endpoint)
    {
        var stored = await world.Get<PoolStore>().Get(pool.Id, CancellationToken.None);
        var request = new OAuthRequest(
            stored, authorization, form.ToDictionary(pair => pair.Name, pair => pair.Value));
        var call = new Call(
            "request", world.Clock.GetUtcNow(), world.Source, "tests", CancellationToken.None);
        try
        {
            return await world.Get<OAuthRunner>().Run(pool.Id, () => endpoint(request, call), call);
        }
        catch (OAuthException refusal)
        {
            return new(null, refusal);
        }
    }
}

/// <summary>What came of a request to an OAuth endpoint.</summary>
internal sealed record OAuthOutcome(AccessTokenResponse? Tokens, OAuthException? Refusal)
{
    public static readonly OAuthOutcome Done = new(null, null);

    public static OAuthOutcome Of(AccessTokenResponse tokens) => new(tokens, null);

    /// <summary>The tokens, which must be there.</summary>
    public AccessTokenResponse Given => Tokens
        ?? throw new InvalidOperationException($"No tokens: {this}");

    /// <summary>The scope of the access token; null where it has none.</summary>
    public string? Scope => TestTokens.Part(Given.AccessToken, 1)["scope"]?.GetValue<string>();

    /// <summary><c>200</c>, or status, error and description.</summary>
    public override string ToString() =>
        Refusal is null ? "200" : $"{Refusal.Status} {Refusal.Message}";
}
