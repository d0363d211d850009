using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Operations.OAuth;
using Lifeguard.Storage;
using Lifeguard.Wire.Tests.IdentityProviders;
using Lifeguard.Wire.Tests.OAuth;
using Lifeguard.Wire.Tests.Replicas;
using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.IdentityProviders.ProviderCalls;

namespace Lifeguard.Wire.Tests.Federation;

/// <summary>A way into an account that was closed: what was made by it is good no more, and what was made by
/// another way is.</summary>
public sealed class ClosedWaysTests
{
    private static readonly string[] Good = ["200", "200", "200", "200", "sub"];

    private static readonly string[] Over =
    [
        "400 invalid_grant",
        "400 invalid_grant",
        "NotAuthorizedException: Refresh Token has been revoked",
        "NotAuthorizedException: Access Token has been revoked",
        "401 invalid_token: Access token is expired, disabled, or deleted, or the user has globally signed "
            + "out.",
    ];

    [Theory, EachDatabase]
    public async Task What_an_identity_made_ends_when_it_is_unlinked(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        using var pool = await FederatedPool.Create(world);
        await pool.Pool.ConfirmedUser("ana");
        await Must(Link(world, pool.Pool, "ana", "Partner", "123"));
        await Must(Link(world, pool.Pool, "ana", "Partner", "456"));
        var unlinked = await Arrive(world, pool, "123");
        var linked = await Arrive(world, pool, "456");

        await Must(Disable(world, pool.Pool, "Partner", "123"));

        Assert.Equal(Over, await Outcomes(world, pool, unlinked));
        Assert.Equal(Good, await Outcomes(world, pool, linked));
    }

    [Fact]
    public async Task So_it_does_when_the_user_came_into_being_by_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        var made = await Arrive(world, pool, "123");

        await Must(Disable(world, pool.Pool, "Partner", "123"));

        Assert.Equal(Over, await Outcomes(world, pool, made));
    }

    [Theory, EachDatabase]
    public async Task What_a_provider_made_ends_with_it_and_comes_back_with_the_same_party(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        using var pool = await FederatedPool.Create(world);
        var made = await Arrive(world, pool, "123");
        var later = await Arrive(world, pool, "123");

        await Must(On(world, "DeleteIdentityProvider", pool.Pool, "Partner"));
        Assert.Equal(Over, await Outcomes(world, pool, made));

        await Must(Create(world, pool.Pool, "Partner", "OIDC", pool.Provider.Details("GET")));
        Assert.Equal(Good, await Outcomes(world, pool, later));
    }

    [Fact]
    public async Task Another_party_of_the_same_name_brings_nothing_back()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        var made = await Arrive(world, pool, "123");
        await Must(On(world, "DeleteIdentityProvider", pool.Pool, "Partner"));

        using var other = FederatedPool.ProviderIn(world, "https://other.example");
        await Must(Create(world, pool.Pool, "Partner", "OIDC", other.Details("GET")));

        Assert.Equal(Over, await Outcomes(world, pool, made));
    }

    [Theory, EachDatabase]
    public async Task What_the_password_made_ends_when_it_is_taken_away_and_identities_go_on(
        DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        using var pool = await FederatedPool.Create(
            world, client: new { SupportedIdentityProviders = new[] { "COGNITO", "Partner" } });
        var ana = await pool.Pool.ConfirmedUser("ana");
        await Must(Link(world, pool.Pool, "ana", "Partner", "123"));
        var now = world.Clock.GetUtcNow();
        var byPassword = await Make(world, pool, new(
            pool.Pool.Id, ana.Sub, world.Get<RandomSource>().TimedId(now), now, ["pwd"], Provider: null));
        var elsewhere = await Arrive(world, pool, "123");

        await Must(Disable(world, pool.Pool, "Cognito", "ana"));

        Assert.Equal(Over, await Outcomes(world, pool, byPassword));
        Assert.Equal(Good, await Outcomes(world, pool, elsewhere));
    }

    [Fact]
    public async Task An_identity_that_a_replica_leaves_as_it_was_linked_is_known_there_too()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(
            world, settings: new { KeyConfiguration = TestReplica.Key });
        await pool.Pool.ConfirmedUser("ana");
        await Must(Link(world, pool.Pool, "ana", "Partner", "ana@example.com", "email"));
        var replica = new TestReplica(world, pool.Pool);
        await world.Must(
            "CreateUserPoolReplica", new { UserPoolId = pool.Pool.Id, RegionName = TestReplica.Region });
        await replica.Become("ACTIVE");
        pool.Replica = Assert.Single(
            await world.Get<ReplicaStore>().Of(pool.Pool.Id, TestContext.Current.CancellationToken));

        var made = await Arrive(world, pool, "123");

        Assert.Equal(Good, await Outcomes(world, pool, made));
    }

    /// <summary>Somebody signs in; of two codes one is redeemed.</summary>
    private static async Task<Made> Arrive(World world, FederatedPool pool, string subject)
    {
        pool.Provider.Person["sub"] = subject;
        return await Make(world, pool, (await pool.Arrive()).SignIn);
    }

    private static async Task<Made> Make(World world, FederatedPool pool, BrowserSignIn signIn)
    {
        var tokens = (await Redeem(world, pool, await pool.CodeFor(signIn, isFirst: true))).Given;
        return new(tokens, await pool.CodeFor(signIn, isFirst: false));
    }

    private static Task<OAuthOutcome> Redeem(World world, FederatedPool pool, string code) =>
        new OAuthApp(world, pool.Pool).Token(
            "authorization_code", ("code", code), ("redirect_uri", "https://app.example/cb"));

    /// <summary>What comes of the code, of the refresh token by OAuth and by the API, and of the access token
    /// at an operation and at userInfo.</summary>
    private static async Task<string[]> Outcomes(World world, FederatedPool pool, Made made)
    {
        var (app, tokens) = (new OAuthApp(world, pool.Pool), made.Tokens);
        return
        [
            (await Redeem(world, pool, made.Code)).ToString(),
            (await app.Token("refresh_token", ("refresh_token", tokens.RefreshToken!))).ToString(),
            (await world.Call("InitiateAuth", new
            {
                pool.Pool.ClientId,
                AuthFlow = "REFRESH_TOKEN_AUTH",
                AuthParameters = new { REFRESH_TOKEN = tokens.RefreshToken },
            })).ToString(),
            (await world.Call("GetUser", new { tokens.AccessToken })).ToString(),
            (await app.UserInfo($"Bearer {tokens.AccessToken}")).Split('=')[0],
        ];
    }

    private sealed record Made(AccessTokenResponse Tokens, string Code);
}
