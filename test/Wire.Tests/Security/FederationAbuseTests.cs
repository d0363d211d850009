using System.Buffers.Text;
using System.Text;
using Lifeguard.Clients;
using Lifeguard.Domain.Federation;
using Lifeguard.Operations.Federation;
using Lifeguard.Storage;
using Lifeguard.Wire.Tests.Federation;
using Lifeguard.Wire.Tests.IdentityProviders;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Who brings back what was meant for somebody else, or from somewhere else.</summary>
public sealed class FederationAbuseTests
{
    private const string Lost = "invalid_request: The sign-in has expired, or was begun in another browser";
    private const string BadSignature = "invalid_request: Bad id_token signature";

    [Theory, EachDatabase]
    public async Task A_state_that_is_missing_unknown_replayed_expired_or_of_another_browser_leads_nowhere(
        DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        using var pool = await FederatedPool.Create(world);

        Assert.Equal(Lost, await pool.SignIn(answer => answer.Remove("state")));
        Assert.Equal(Lost, await pool.SignIn(answer => answer["state"] = ""));
        Assert.Equal(Lost, await pool.SignIn(answer => answer["state"] = "forged"));
        Assert.Equal(Lost, await pool.SignIn(answer => answer["state"] = new string('x', 100_000)));
        Assert.Equal(Lost, await pool.SignIn(answer => answer["state"] += "x"));
        var begun = await pool.Begin();
        var answer = pool.Provider.Authorize(begun.Address);
        Assert.Equal(Lost, await pool.Finish(begun, answer, browser: null));
        // The browser that it was meant for can still come back, once.
        Assert.Equal("Partner_123", await pool.Finish(begun, answer));
        Assert.Equal(Lost, await pool.Finish(begun, answer));
        var slow = await pool.Begin();
        world.Clock.Advance(FederationState.Lifetime);
        Assert.Equal(Lost, await pool.Finish(slow, pool.Provider.Authorize(slow.Address)));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_answers_at_once_one_is_taken(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        using var pool = await FederatedPool.Create(world);
        var begun = await pool.Begin();
        var answer = pool.Provider.Authorize(begun.Address);

        var all = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => pool.Finish(begun, answer))));

        Assert.Single(all, outcome => outcome == "Partner_123");
        Assert.Equal(19, all.Count(outcome => outcome == Lost));
    }

    [Fact]
    public async Task A_state_is_good_at_its_own_pool_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var mine = await FederatedPool.Create(world);
        using var other = await FederatedPool.Create(world);
        var begun = await mine.Begin();

        Assert.Equal(Lost, await other.Finish(begun, mine.Provider.Authorize(begun.Address)));
    }

    [Fact]
    public async Task A_browser_may_be_on_its_way_in_two_windows()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        var first = await pool.Begin();

        var second = await pool.Begin(browser: first.Browser);

        Assert.Equal(first.Browser, second.Browser);
        Assert.NotEqual(first.Browser, (await pool.Begin(browser: "chosen by somebody")).Browser);
        Assert.Equal("Partner_123", await pool.Finish(second, pool.Provider.Authorize(second.Address)));
        Assert.Equal("Partner_123", await pool.Finish(first, pool.Provider.Authorize(first.Address)));
    }

    [Fact]
    public async Task A_code_that_was_made_for_another_sign_in_is_of_no_use()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        var (victim, attacker) = (await pool.Begin(), await pool.Begin());
        var stolen = pool.Provider.Authorize(victim.Address)["code"];

        var answer = pool.Provider.Authorize(attacker.Address);
        answer["code"] = stolen;

        Assert.Equal(
            """
            invalid_request: Bad token response: HTTP/1.1 400 Bad Request, entity: {"error":"invalid_grant"}
            """,
            await pool.Finish(attacker, answer));
    }

    [Fact]
    public async Task Where_the_provider_knows_no_proof_keys_the_nonce_tells_a_foreign_code()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        var (victim, attacker) = (await pool.Begin(), await pool.Begin());
        var stolen = pool.Provider.Authorize(WithoutChallenge(victim.Address))["code"];

        var answer = pool.Provider.Authorize(WithoutChallenge(attacker.Address));
        answer["code"] = stolen;

        Assert.Equal("invalid_request: Bad id_token nonce", await pool.Finish(attacker, answer));
    }

    [Fact]
    public async Task An_answer_that_says_to_be_another_provider_s_redeems_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);

        Assert.Equal(
            "invalid_request: The response is of another issuer",
            await pool.SignIn(answer => answer["iss"] = "https://evil.example"));
        Assert.Empty(pool.Provider.Requests);
        Assert.Equal("Partner_123", await pool.SignIn(answer => answer["iss"] = "https://id.example"));
    }

    [Fact]
    public async Task Tokens_without_a_signature_or_with_a_forged_one_are_not_believed()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        pool.Provider.Algorithm = "none";
        Assert.Equal("invalid_request: Bad id_token form", await pool.SignIn());

        pool.Provider.Algorithm = "RS256";
        pool.Provider.Alters = token => token[..token.LastIndexOf('.')] + ".";
        Assert.Equal(BadSignature, await pool.SignIn());
        pool.Provider.Alters = token => Changed(token, """{"alg":"HS256","kid":"key-1"}""");
        Assert.Equal(BadSignature, await pool.SignIn());
        pool.Provider.Alters = token => Changed(token, """{"alg":"ES256","kid":"key-1"}""");
        Assert.Equal(BadSignature, await pool.SignIn());
        pool.Provider.Alters = token => Changed(token, """{"alg":"RS256","kid":"other"}""");
        Assert.Equal(BadSignature, await pool.SignIn());
        pool.Provider.Alters = token => Changed(
            token, """{"alg":"RS256","kid":"key-1","crit":["exp"],"exp":1}""");
        Assert.Equal("invalid_request: Bad id_token form", await pool.SignIn());
        pool.Provider.Alters = token => token + new string('A', 70_000);
        Assert.Equal("invalid_request: Bad id_token form", await pool.SignIn());
    }

    [Fact]
    public async Task A_token_that_brings_its_own_key_is_checked_with_the_provider_s()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        using var forger = FederatedPool.ProviderIn(world);
        pool.Provider.Instead = path => path == "/token" ? Forged(forger, pool) : null;

        Assert.Equal(BadSignature, await pool.SignIn());
    }

    [Theory]
    [InlineData("http://id.example/token")]
    [InlineData("http://127.0.0.1/token")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::1]/token")]
    public async Task Plain_http_is_spoken_with_trusted_hosts_alone(string address)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        using var provider = FederatedPool.ProviderIn(world);
        var details = provider.Details();
        details["token_url"] = address;

        Assert.Equal(
            "InvalidParameterException: OIDC endpoint must start with https://",
            await world.LeavesNothing(() => ProviderCalls.Create(world, pool, "Partner", "OIDC", details)));
    }

    [Fact]
    public async Task A_host_that_is_not_trusted_any_more_is_not_called()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, providers: ProviderPlaces.Trusting(["inner.example"]));
        var pool = await TestPool.Create(world);
        using var provider = FederatedPool.ProviderIn(world, "http://inner.example:8080/id");
        await ProviderCalls.Must(ProviderCalls.Create(world, pool, "Partner", "OIDC", provider.Details()));
        using var trusting = await FederatedPool.Offering(world, pool, "Partner", provider);
        Assert.Equal("Partner_123", await trusting.SignIn());
        Assert.All(
            trusting.Sent, request => Assert.Equal(Domain.Effects.OutboundTrust.Operator, request.Trust));

        var exchange = new ProviderExchange(
            world.Get<ScriptedHttp>(), ProviderPlaces.Public, world.Clock);
        var there = await world.Get<IdentityProviderStore>().Get(pool.Id, "Partner", CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<FederationException>(() => exchange.Send(
            new(there),
            ProviderRequest.Plain(HttpMethod.Get, "http://inner.example:8080/id/keys"),
            ProviderErrors.KeysTimeout(),
            new("1", world.Clock.GetUtcNow(), "192.0.2.1", "", CancellationToken.None)));
        Assert.Equal("invalid_request: Connection reset", refusal.Message);
    }

    [Fact]
    public async Task Beginnings_are_limited_and_leave_when_their_time_is_up()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory,
            rates: new(new Dictionary<string, int> { ["UserFederation"] = 2 }));
        using var pool = await FederatedPool.Create(world);
        await pool.Begin();
        await pool.Begin();

        var refusal = await Assert.ThrowsAsync<Domain.ApiException>(() => pool.Begin());

        Assert.Equal("TooManyRequestsException", refusal.Code);
        Assert.Equal(2, (await world.RowsOf("federation_state")).Count);
        world.Clock.Advance(FederationState.Lifetime);
        await world.Get<FederationStateStore>().Sweep(world.Clock.GetUtcNow(), 10, CancellationToken.None);
        Assert.Empty(await world.RowsOf("federation_state"));
    }

    private static TestAnswer Forged(TestIdentityProvider forger, FederatedPool pool)
    {
        var begun = pool.Begin().GetAwaiter().GetResult();
        var code = forger.Authorize(WithoutChallenge(begun.Address))["code"];
        return forger.Answer(
            "POST", new("https://id.example/token"), null,
            $"grant_type=authorization_code&code={code}&client_id=planets"
            + "&client_secret=oidc-secret-of-planets"
            + "&redirect_uri=https%3A%2F%2Fplanets.example%2Foauth2%2Fidpresponse");
    }

    private static Uri WithoutChallenge(Uri address) =>
        new(address.AbsoluteUri.Replace("code_challenge=", "ignored=", StringComparison.Ordinal));

    private static string Changed(string token, string header) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + token[token.IndexOf('.')..];
}
