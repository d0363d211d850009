using Lifeguard.Domain.OAuth;
using Lifeguard.Operations;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.OAuth;
using Lifeguard.Storage;
using Lifeguard.Wire.Tests.OAuth;
using Lifeguard.Wire.Tests.Sessions;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Federation;

/// <summary>Functions that change the very user they are asked about, while they sign in on the pages of a
/// domain: by another provider, or with the password.</summary>
public sealed class PageSignInAfterTriggerTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
    private const string Inbound = "InboundFederation";

    private static readonly object Identity = new
    {
        ProviderName = "Partner",
        ProviderAttributeName = "Cognito_Subject",
        ProviderAttributeValue = "123",
    };

    public static TheoryData<string, bool> Triggers => new()
    {
        { Inbound, true },
        { "PreAuthentication", true },
        { "PostAuthentication", true },
        { "PreTokenGeneration", true },
        { "PreAuthentication", false },
        { "PostAuthentication", false },
        { "PreTokenGeneration", false },
    };

    [Theory]
    [MemberData(nameof(Triggers))]
    public async Task Who_signs_the_user_out_everywhere_ends_what_was_before(string trigger, bool isFederated)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await Pool(world, trigger);
        var earlier = (await SignIn(world, pool, isFederated)).Given;
        Asked(world, pool, "AdminUserGlobalSignOut");
        var before = world.Triggers.Events.Count;

        var tokens = (await SignIn(world, pool, isFederated)).Given;

        Assert.Equal(before + 1, world.Triggers.Events.Count);
        await MustBeGood(world, pool, tokens);
        Assert.False((await world.Call("GetUser", new { earlier.AccessToken })).IsSuccess);
        Assert.Equal("400 invalid_grant", await Refresh(world, pool, earlier));
    }

    [Theory]
    [MemberData(nameof(Triggers))]
    public async Task Its_session_is_the_one_that_is_left(string trigger, bool isFederated)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await Pool(world, trigger);
        await SessionCalls.Track(world, pool.Pool, "ENABLED");
        await SignIn(world, pool, isFederated);
        Asked(world, pool, "AdminUserGlobalSignOut");

        var tokens = (await SignIn(world, pool, isFederated)).Given;

        var listed = await world.Own(tokens.AccessToken, "ListUserSessions");
        Assert.True(Assert.Single(listed["Sessions"]!.AsArray())!["IsCurrentSession"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Nor_does_it_end_the_very_first_sign_in()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await Pool(world, "PostConfirmation");
        Asked(world, pool, "AdminUserGlobalSignOut", "Partner_456");
        pool.Provider.Person["sub"] = "456";

        await MustBeGood(world, pool, (await SignIn(world, pool, isFederated: true)).Given);
    }

    [Theory]
    [InlineData(Inbound)]
    [InlineData("PreAuthentication")]
    [InlineData("PostAuthentication")]
    public async Task What_is_mapped_is_written_onto_the_user_as_a_function_has_left_them(string trigger)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await Pool(world, trigger);
        await SignIn(world, pool, isFederated: true);
        pool.Provider.Person["email"] = "new@example.com";
        Asked(world, pool, "AdminUpdateUserAttributes", request: new
        {
            UserAttributes = Calls.Attributes("nickname=New"),
        });

        await MustBeGood(world, pool, (await SignIn(world, pool, isFederated: true)).Given);

        var attributes = await pool.AttributesOf("ana");
        Assert.Contains("nickname=New", attributes, StringComparison.Ordinal);
        Assert.Contains("email=new@example.com", attributes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Inbound)]
    [InlineData("PreAuthentication")]
    [InlineData("PostAuthentication")]
    public async Task Who_is_taken_away_meanwhile_does_not_come_in(string trigger)
    {
        foreach (var (operation, told) in (IReadOnlyList<(string, string)>)
        [
            ("AdminDisableUser", "invalid_request: User is not enabled"),
            ("AdminDeleteUser", "invalid_request: User does not exist."),
        ])
        {
            await using var world = await World.Start(DatabaseKind.Memory);
            using var pool = await Pool(world, trigger);
            Asked(world, pool, operation);

            Assert.Equal(told, await pool.SignIn());
        }
    }

    [Fact]
    public async Task Whose_identity_is_taken_away_meanwhile_gets_no_tokens()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await Pool(world, "PreTokenGeneration");
        Asked(world, pool, "AdminDisableProviderForUser", request: new { User = Identity });

        Assert.Equal("400 invalid_grant", (await SignIn(world, pool, isFederated: true)).ToString());
    }

    /// <summary>A user who has a password and an identity, in a pool that asks one function.</summary>
    private static async Task<FederatedPool> Pool(World world, string trigger)
    {
        world.Triggers.On(Arn, static _ => { });
        var pool = await FederatedPool.Create(world, client: new
        {
            SupportedIdentityProviders = new[] { "COGNITO", "Partner" },
            ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH" },
        });
        await pool.Pool.ConfirmedUser("ana", "ana@example.com");
        await world.Must("AdminLinkProviderForUser", new
        {
            UserPoolId = pool.Pool.Id,
            DestinationUser = new { ProviderName = "Cognito", ProviderAttributeValue = "ana" },
            SourceUser = Identity,
        });
        object functions = trigger == Inbound
            ? new { InboundFederation = new { LambdaVersion = "V1_0", LambdaArn = Arn } }
            : new Dictionary<string, string> { [trigger] = Arn };
        await world.Must(
            "UpdateUserPool", new { UserPoolId = pool.Pool.Id, LambdaConfig = functions });
        return pool;
    }

    /// <summary>From now on the function calls the operation, a while after it was asked and a while before
    /// it answers.</summary>
    private static void Asked(
        World world, FederatedPool pool, string operation, string username = "ana", object? request = null)
    {
        world.Triggers.On(Arn, async _ =>
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await world.Must(
                operation, Calls.Merge(new { UserPoolId = pool.Pool.Id, Username = username }, request));
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        });
    }

    private static async Task<OAuthOutcome> SignIn(World world, FederatedPool pool, bool isFederated)
    {
        var signIn = isFederated ? (await pool.Arrive()).SignIn : await ByPassword(world, pool);
        var code = await pool.CodeFor(signIn, isFirst: true);
        return await new OAuthApp(world, pool.Pool).Token(
            "authorization_code", ("code", code), ("redirect_uri", "https://app.example/cb"));
    }

    private static async Task<BrowserSignIn> ByPassword(World world, FederatedPool pool)
    {
        var stored = await world.Get<PoolStore>().Get(pool.Pool.Id, CancellationToken.None);
        var client = await world.Get<ClientStore>().Find(pool.Pool.ClientId, CancellationToken.None);
        var call = new Call(
            "request", world.Clock.GetUtcNow(), world.Source, "tests", CancellationToken.None);
        var step = await world.Get<PageSignIn>().ByPassword(
            client!, stored, "ana", TestPool.Password, [], call);
        return step.Arrival!;
    }

    private static async Task MustBeGood(World world, FederatedPool pool, AccessTokenResponse tokens)
    {
        Assert.Equal("200", (await world.Call("GetUser", new { tokens.AccessToken })).ToString());
        Assert.Equal("200", await Refresh(world, pool, tokens));
    }

    private static async Task<string> Refresh(World world, FederatedPool pool, AccessTokenResponse tokens) =>
        (await new OAuthApp(world, pool.Pool).Token(
            "refresh_token", ("refresh_token", tokens.RefreshToken!))).ToString();
}
