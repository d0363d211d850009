using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>Users who come from another provider sign in there, and by none of the pool's own ways, whatever
/// they have.</summary>
public sealed class ExternalUserTests
{
    /// <summary>What a sign-in may ask to begin with; null for nothing.</summary>
    public static readonly TheoryData<string?> Ways = new(
        (string?)null, "PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN");

    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";

    [Theory, MemberData(nameof(Ways))]
    public async Task Where_existence_is_no_secret_nothing_is_asked_for(string? preferred)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await App(world, "LEGACY");

        Assert.Equal(Wrong, TestApp.Outcome(await app.Start("ana", preferred)));
        var server = new ChoiceApp(world, app.Pool, byAdministrator: true);
        Assert.Equal(Wrong, TestApp.Outcome(await server.Start("ana", preferred)));
        Assert.Empty(world.Email.Sent);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Where_it_is_one_they_get_what_nobody_gets(string? preferred)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await App(world, "ENABLED");

        var (known, unknown) = (await app.Start("ana", preferred), await app.Start("nobody", preferred));

        Assert.Equal(TestApp.Outcome(unknown), TestApp.Outcome(known));
        Assert.Equal(ChoiceApp.Offered(unknown), ChoiceApp.Offered(known));
        Assert.Empty(world.Email.Sent);
        if (preferred is not "EMAIL_OTP") return;
        Assert.Equal(
            "CodeMismatchException: Invalid code or auth state for the user.",
            TestApp.Outcome(await app.Respond(known, "ana", ("EMAIL_OTP_CODE", "12345678"))));
    }

    [Fact]
    public async Task A_passkey_from_before_signs_in_no_more()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world);
        var app = new ChoiceApp(world, pool);
        var authenticator = await world.UserWithPasskey(pool, "ana");
        var challenge = await app.Start("ana", "WEB_AUTHN");
        await world.SetStatus(pool.Id, "ana", "EXTERNAL_PROVIDER");

        Assert.Equal(Wrong, TestApp.Outcome(await app.Respond(
            challenge, "ana", ("CREDENTIAL", ChoiceApp.Credential(challenge, authenticator)))));
        var factors = await world.Admin(pool, "AdminGetUserAuthFactors", "ana");
        Assert.Empty(factors["ConfiguredUserAuthFactors"]!.AsArray());
    }

    [Theory]
    [InlineData("LEGACY")]
    [InlineData("ENABLED")]
    public async Task The_pool_s_functions_let_them_in_no_more_than_nobody(string existence)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world, client: new { PreventUserExistenceErrors = existence });
        await world.SetStatus(app.Pool.Id, "ana", "EXTERNAL_PROVIDER");
        var isHidden = existence == "ENABLED";

        var asked = await app.Start("CUSTOM_AUTH", ("USERNAME", "ana"));

        Assert.Equal(isHidden ? "CUSTOM_CHALLENGE" : Wrong, TestApp.Outcome(asked));
        if (isHidden) Assert.Equal(Wrong, TestApp.Outcome(await app.Guess(asked, "green")));
        var nobody = await app.Start("CUSTOM_AUTH", ("USERNAME", "nobody"));
        if (isHidden) Assert.Equal(Wrong, TestApp.Outcome(await app.Guess(nobody, "green", "nobody")));
    }

    [Fact]
    public async Task Whom_an_administrator_gives_a_password_signs_in_with_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await App(world, "LEGACY");

        await world.Admin(
            app.Pool, "AdminSetUserPassword", "ana", new { TestPool.Password, Permanent = true });

        Assert.Equal(
            "tokens",
            TestApp.Outcome(await app.Start("ana", "PASSWORD", ("PASSWORD", TestPool.Password))));
    }

    private static async Task<ChoiceApp> App(World world, string existence)
    {
        var pool = await PasskeyPools.Create(
            world, "pesw", client: new { PreventUserExistenceErrors = existence });
        await world.UserWithPasskey(pool, "ana");
        await world.SetStatus(pool.Id, "ana", "EXTERNAL_PROVIDER");
        return new(world, pool);
    }
}
