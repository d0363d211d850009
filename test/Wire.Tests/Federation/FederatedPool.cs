using System.Text;
using Lifeguard.Clients;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.Replicas;
using Lifeguard.Operations;
using Lifeguard.Operations.Federation;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.OAuth;
using Lifeguard.Storage;
using Lifeguard.Wire.Tests.IdentityProviders;
using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Federation;

/// <summary>A pool whose app lets people sign in through another provider, and the browsers that they do it
/// with.</summary>
internal sealed class FederatedPool(World world, TestPool pool, string name, TestIdentityProvider provider)
    : IDisposable
{
    public const string DomainAddress = "https://planets.example";

    private int requests;

    /// <summary>Through which browsers see the pool; null for its own region.</summary>
    public UserPoolReplica? Replica { get; set; }

    /// <summary>With the client that offers the provider.</summary>
    public TestPool Pool { get; private set; } = pool;

    public TestIdentityProvider Provider => provider;

    /// <summary>Every request that went out.</summary>
    public List<OutboundRequest> Sent { get; } = [];

    /// <summary>A pool with an OIDC provider called Partner.</summary>
    /// <param name="mapping">Of the provider; e-mail by default.</param>
    /// <param name="clock">Of the provider; the world's by default.</param>
    public static async Task<FederatedPool> Create(
        World world, object? mapping = null, object? settings = null, object? client = null,
        string method = "GET", TimeProvider? clock = null)
    {
        var pool = await TestPool.Create(world, settings);
        var provider = ProviderIn(world, clock: clock);
        await ProviderCalls.Must(ProviderCalls.Create(
            world, pool, "Partner", "OIDC", provider.Details(method),
            new { AttributeMapping = mapping ?? new { email = "email" } }));
        return await Offering(world, pool, "Partner", provider, client);
    }

    /// <summary>A pool that has the provider, and a client that offers it.</summary>
    public static async Task<FederatedPool> Offering(
        World world, TestPool pool, string name, TestIdentityProvider provider, object? client = null)
    {
        var made = new FederatedPool(world, await Client(pool, name, client), name, provider);
        world.Get<ScriptedHttp>().Answer = made.Answer;
        world.Transcript.Clear();
        return made;
    }

    /// <summary>An OIDC provider, on the world's clock by default.</summary>
    public static TestIdentityProvider ProviderIn(
        World world, string issuer = "https://id.example", TimeProvider? clock = null) =>
        new(issuer) { Now = () => (clock ?? world.Clock).GetUtcNow().ToUnixTimeSeconds() };

    /// <summary>Another client, which offers the provider too.</summary>
    public async Task UseClient(object settings) => Pool = await Client(Pool, name, settings);

    /// <summary>The whole way: the user name, or error and description.</summary>
    /// <param name="tamper">Changes what the browser brings back.</param>
    public async Task<string> SignIn(Action<Dictionary<string, string>>? tamper = null)
    {
        var begun = await Begin();
        var answer = provider.Authorize(begun.Address);
        tamper?.Invoke(answer);
        return await Finish(begun, answer);
    }

    /// <summary>A browser is sent to the provider.</summary>
    /// <param name="query">Of the app's request, besides the client.</param>
    public async Task<BegunFederation> Begin(
        AuthorizationRequest? request = null, string? browser = null)
    {
        var stored = await world.Get<PoolStore>().Get(Pool.Id, CancellationToken.None);
        var client = await world.Get<ClientStore>().Find(Pool.ClientId, CancellationToken.None);
        var there = await world.Get<IdentityProviderStore>().Get(Pool.Id, name, CancellationToken.None);
        return await world.Get<FederationBegin>().Begin(
            new(stored, client!, there, request ?? Request(), DomainAddress, browser), Call());
    }

    /// <summary>The browser comes back: the user name, or error and description.</summary>
    /// <param name="browser">That of the beginning by default; null for another one.</param>
    public async Task<string> Finish(
        BegunFederation begun, Dictionary<string, string> answer, string? browser = "")
    {
        var shown = browser switch { "" => begun.Browser, null => "somebody-else", _ => browser };
        try
        {
            var arrived = await Arrive([shown], answer);
            return arrived.User.Username;
        }
        catch (FederationException refusal)
        {
            return refusal.Message;
        }
    }

    /// <summary>The sign-in as apps get their tokens from it.</summary>
    public async Task<FederatedUser> Arrive()
    {
        var begun = await Begin();
        return await Arrive([begun.Browser], provider.Authorize(begun.Address));
    }

    /// <summary>A code for the tokens of a sign-in, good for the operations too.</summary>
    /// <param name="isFirst">No tokens belong to it so far.</param>
    public async Task<string> CodeFor(BrowserSignIn signIn, bool isFirst)
    {
        var stored = await world.Get<PoolStore>().Get(Pool.Id, CancellationToken.None);
        var client = await world.Get<ClientStore>().Find(Pool.ClientId, CancellationToken.None);
        var request = Request() with { Scopes = ["openid", IssueTokens.AdminScope] };
        var given = await world.Get<GrantAuthorization>().Grant(
            stored, client!, request, signIn, isFirst, Call());
        return given.Single(each => each.Name == "code").Value!;
    }

    /// <summary>An app's request.</summary>
    public static AuthorizationRequest Request() => new()
    {
        Query = "client_id=app&redirect_uri=https%3A%2F%2Fapp.example%2Fcb",
        ReturnTo = new("https://app.example/cb", ResponseMode.Query, "app-state"),
        ResponseType = "code",
        Scopes = ["openid"],
    };

    /// <summary>Attributes of a user as an administrator sees them, without <c>sub</c> and identities, as
    /// <c>name=value</c>.</summary>
    public async Task<string> AttributesOf(string username)
    {
        var user = await world.Must("AdminGetUser", new { UserPoolId = Pool.Id, Username = username });
        return string.Join(';', user["UserAttributes"]!.AsArray()
            .Select(one => (Name: one!["Name"]!.GetValue<string>(), Value: one["Value"]!.GetValue<string>()))
            .Where(one => one.Name is not ("sub" or "identities"))
            .Select(one => $"{one.Name}={one.Value}"));
    }

    public void Dispose() => provider.Dispose();

    private async Task<FederatedUser> Arrive(string[] browsers, Dictionary<string, string> answer)
    {
        var call = Call();
        var stored = await world.Get<PoolStore>().Get(Pool.Id, CancellationToken.None);
        var client = (await world.Get<ClientStore>().Find(Pool.ClientId, CancellationToken.None))!;
        var answers = world.Get<FederationAnswers>();
        var state = await answers.Take(stored, answer.GetValueOrDefault("state"), browsers, call)
            ?? throw ProviderErrors.Lost();
        var asked = await answers.Asked(state, client, call);
        var profile = await world.Get<OAuthFederation>().Receive(asked, state, answer, call);
        return await world.Get<FederatedSignIn>().Complete(new(stored, client, asked, profile), call);
    }

    private Call Call() => new(
        $"request-{Interlocked.Increment(ref requests)}", world.Clock.GetUtcNow(), world.Source, "tests",
        CancellationToken.None)
    {
        Region = CalledRegion.Of(Replica),
        Replica = Replica,
    };

    private OutboundAnswer Answer(OutboundRequest request)
    {
        lock (Sent)
        {
            Sent.Add(request);
            var answer = provider.Answer(
                request.Method.Method,
                request.Address,
                request.Headers.FirstOrDefault(header => header.Key == "Authorization").Value,
                Encoding.UTF8.GetString(request.Body.Span));
            return new(
                answer.Status, new Dictionary<string, string>(), Encoding.UTF8.GetBytes(answer.Body));
        }
    }

    private static Task<TestPool> Client(TestPool pool, string name, object? settings) =>
        pool.AnotherClient(Calls.Merge(
            new
            {
                AllowedOAuthFlowsUserPoolClient = true,
                AllowedOAuthFlows = new[] { "code" },
                AllowedOAuthScopes = new[] { "openid" },
                CallbackURLs = new[] { "https://app.example/cb" },
                SupportedIdentityProviders = new[] { name },
            },
            settings));
}
