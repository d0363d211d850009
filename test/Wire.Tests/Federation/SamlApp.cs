using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Operations;
using Lifeguard.Operations.Federation;
using Lifeguard.Storage;
using Lifeguard.Wire.Tests.IdentityProviders;
using Lifeguard.Worlds;
using Lifeguard.Worlds.Saml;
using Xunit;

namespace Lifeguard.Wire.Tests.Federation;

/// <summary>A pool with a SAML provider, whose answers a test writes.</summary>
internal sealed class SamlApp(World world, UserPool pool, string name, SamlIdp idp)
{
    public const string Address = "https://planets.auth.example";

    public const string RequestId = "a1b2-c3";

    public SamlIdp Idp => idp;

    public UserPool Pool => pool;

    /// <summary>What the provider says where all is as it should be.</summary>
    public SamlSpec Spec => new()
    {
        Now = world.Clock.GetUtcNow(),
        Audience = $"urn:amazon:cognito:sp:{pool.Id}",
        Address = Address + "/saml2/idpresponse",
        RequestId = "_" + RequestId,
    };

    /// <summary>An answer to the request to sign out.</summary>
    public SamlSpec Goodbye => Spec with { Address = Address + "/saml2/logout", SignsResponse = true };

    private SamlFederation Federation => world.Get<SamlFederation>();

    public static async Task<SamlApp> Create(World world, object? details = null, string name = "Corp")
    {
        var made = await TestPool.Create(world);
        var pool = await world.Get<PoolStore>().Get(made.Id, CancellationToken.None);
        var idp = new SamlIdp(new SeededRandom(7).RsaKey());
        var app = new SamlApp(world, pool, name, idp);
        await app.Add(name, details ?? new { MetadataFile = idp.Metadata() });
        return app;
    }

    /// <summary>Details with the provider's metadata.</summary>
    public static Dictionary<string, string> Details(params ReadOnlySpan<string> switches)
    {
        var details = new Dictionary<string, string>
        {
            ["MetadataFile"] = new SamlIdp(new SeededRandom(7).RsaKey()).Metadata(),
        };
        foreach (var one in switches) details[one] = one == "RequestSigningAlgorithm" ? "rsa-sha256" : "true";
        return details;
    }

    public Task Add(string other, object details) => world.Must(
        "CreateIdentityProvider",
        new { UserPoolId = pool.Id, ProviderName = other, ProviderType = "SAML", ProviderDetails = details });

    public async Task<IdentityProvider> Provider(string? other = null) =>
        await world.Get<IdentityProviderStore>().Get(pool.Id, other ?? name, CancellationToken.None);

    public async Task<Uri> Begin(string relayState = "state", bool asksAgain = false) =>
        await Federation.Begin(
            pool, await Provider(), Address, relayState, RequestId, Call(), asksAgain);

    public async Task<SamlAnswer> Receive(
        string response, string? requestId = RequestId, string? by = null) =>
        await Federation.Receive(pool, await Provider(by), Address, response, requestId, Call());

    /// <summary>Error and description where the answer is not taken; the subject where it is.</summary>
    public async Task<string> Outcome(
        string response, string? requestId = RequestId, string? by = null)
    {
        try
        {
            return (await Receive(response, requestId, by)).Profile.Subject;
        }
        catch (FederationException refusal)
        {
            return $"{refusal.Error}: {refusal.Description}";
        }
    }

    public Task<string> Outcome(SamlSpec spec) => Outcome(idp.Post(spec));

    public async Task<Uri?> BeginLogout(SamlSession session) => await Federation.BeginLogout(
        pool, await Provider(), Address, session, "state", RequestId, Call());

    public async Task<bool> CheckLogout(SamlLogoutResponse response) => await Federation.CheckLogout(
        pool, await Provider(), Address, response, RequestId, Call());

    public Task<string> Metadata() => Federation.Metadata(pool, Address, Call());

    public Task<Answer> Describe() => ProviderCalls.Must(world.Call(
        "DescribeIdentityProvider", new { UserPoolId = pool.Id, ProviderName = name }));

    public Call Call() => new("call", world.Clock.GetUtcNow(), "192.0.2.1", "", CancellationToken.None);
}
