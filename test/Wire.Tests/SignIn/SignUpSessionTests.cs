using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>Signing in at once after a registration, with the session that came with it.</summary>
public sealed class SignUpSessionTests
{
    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";

    [Theory, EachDatabase]
    public async Task Leads_from_the_registration_to_tokens(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Pool(world);
        world.Transcript.Clear();

        var signedUp = await SignUp(world, pool);
        var confirmed = await Confirm(world, pool, MfaPools.SessionOf(signedUp));
        await SignIn(world, pool, MfaPools.SessionOf(confirmed));
        await SignIn(world, pool, MfaPools.SessionOf(confirmed));

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Clients_without_choice_get_no_session()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        string[] flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
        var pool = await Pool(world, new { ExplicitAuthFlows = flows });

        Assert.Null((await SignUp(world, pool))["Session"]);
        Assert.Null((await Confirm(world, pool, null))["Session"]);
    }

    [Fact]
    public async Task Only_who_signed_up_goes_on()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world);
        var anas = MfaPools.SessionOf(await SignUp(world, pool));
        var code = pool.LastCode();
        var bens = MfaPools.SessionOf(await SignUp(world, pool, "ben"));

        Assert.Equal(Invalid, TestApp.Outcome(await SignIn(world, pool, anas)));
        Assert.Equal(
            Invalid, (await Confirm(world, pool, "not a session of anybody", code: code)).ToString());
        Assert.Equal(Invalid, await world.LeavesNothing(() => Confirm(world, pool, bens, code: code)));
        Assert.True((await Confirm(world, pool, anas, code: code)).IsSuccess);
        var confirmed = MfaPools.SessionOf(await Confirm(world, pool, bens, "ben", pool.LastCode()));
        Assert.Equal(Invalid, TestApp.Outcome(await SignIn(world, pool, confirmed)));
        Assert.Equal("tokens", TestApp.Outcome(await SignIn(world, pool, confirmed, "ben")));
    }

    [Theory]
    [InlineData("ana")]
    [InlineData("nobody")]
    [InlineData("confirmed")]
    public async Task Somebody_else_s_session_tells_nothing_about_a_name(string name)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world, new { PreventUserExistenceErrors = "ENABLED" });
        await pool.ConfirmedUser("confirmed");
        await SignUp(world, pool);
        var bens = MfaPools.SessionOf(await SignUp(world, pool, "ben"));

        Assert.Equal(Invalid, (await Confirm(world, pool, bens, name, "000000")).ToString());
    }

    [Fact]
    public async Task The_code_is_right_even_after_the_session_has_expired()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world);
        var session = MfaPools.SessionOf(await SignUp(world, pool));
        world.Clock.Advance(TimeSpan.FromMinutes(3));

        var confirmed = await Confirm(world, pool, session);

        Assert.True(confirmed.IsSuccess);
        Assert.Null(confirmed["Session"]);
    }

    [Fact]
    public async Task The_second_session_expires_too()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world);
        var confirmed = await Confirm(world, pool, MfaPools.SessionOf(await SignUp(world, pool)));
        world.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(
            "NotAuthorizedException: Invalid session for the user, session is expired.",
            TestApp.Outcome(await SignIn(world, pool, MfaPools.SessionOf(confirmed))));
    }

    [Fact]
    public async Task Is_no_session_of_a_challenge()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world);
        var app = new ChoiceApp(world, pool);
        var confirmed = await Confirm(world, pool, MfaPools.SessionOf(await SignUp(world, pool)));

        Assert.Equal(Invalid, TestApp.Outcome(await app.Choose(confirmed, "ana", "PASSWORD")));
    }

    private static Task<TestPool> Pool(World world, object? client = null) => PasskeyPools.Create(
        world, "pe", new { AutoVerifiedAttributes = new[] { "email" } }, client);

    private static Task<Answer> SignUp(World world, TestPool pool, string username = "ana") => world.Call(
        "SignUp",
        new
        {
            pool.ClientId,
            Username = username,
            TestPool.Password,
            UserAttributes = Calls.Attributes($"email={username}@example.com"),
        });

    private static Task<Answer> Confirm(
        World world, TestPool pool, string? session, string username = "ana", string? code = null) =>
        world.Call(
            "ConfirmSignUp",
            new
            {
                pool.ClientId,
                Username = username,
                ConfirmationCode = code ?? pool.LastCode(),
                Session = session,
            });

    private static Task<Answer> SignIn(
        World world, TestPool pool, string session, string username = "ana") => world.Call(
        "InitiateAuth",
        new
        {
            pool.ClientId,
            AuthFlow = "USER_AUTH",
            AuthParameters = new { USERNAME = username },
            Session = session,
        });
}
