using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Operations;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;
using Lifeguard.Wire.Tests.Federation;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.OAuth;

/// <summary>A sign-out counts from the instant it is called at. A browser that is signed in may get a code
/// after that and before the sign-out is written.</summary>
public sealed class SignedOutMeanwhileTests
{
    [Fact]
    public async Task What_a_known_browser_gets_while_its_user_is_signed_out_is_worthless_afterwards()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        var ana = await pool.Pool.ConfirmedUser("ana");
        var (app, begun) = (new OAuthApp(world, pool.Pool), world.Clock.GetUtcNow());
        var signIn = new BrowserSignIn(
            pool.Pool.Id, ana.Sub, world.Get<RandomSource>().TimedId(begun), begun, ["pwd"], Provider: null);
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        var signOut = new Call("sign-out", world.Clock.GetUtcNow(), "127.0.0.1", "", CancellationToken.None);
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        var tokens = (await Redeem(app, await pool.CodeFor(signIn, isFirst: false))).Given;
        var code = await pool.CodeFor(signIn, isFirst: false);
        var stored = await world.Get<PoolStore>().Get(pool.Pool.Id, CancellationToken.None);
        var user = await world.Get<UserStore>().FindBySub(stored.Id, ana.Sub, CancellationToken.None);
        await world.Get<EndSignIn>().All(stored, user!, signOut);

        Assert.Equal("400 invalid_grant", (await Redeem(app, code)).ToString());
        Assert.Equal(
            "400 invalid_grant",
            (await app.Token("refresh_token", ("refresh_token", tokens.RefreshToken!))).ToString());
        Assert.Equal(
            "NotAuthorizedException: Access Token has been revoked",
            await world.Admission(tokens.AccessToken));
    }

    private static Task<OAuthOutcome> Redeem(OAuthApp app, string code) => app.Token(
        "authorization_code", ("code", code), ("redirect_uri", "https://app.example/cb"));
}
