using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>MFA_SETUP by naming an address or a number; by authenticator it is tested with
/// VerifySoftwareToken.</summary>
public sealed class MfaSetUpTests
{
    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";
    private const string NotOffered =
        "MFAMethodNotFoundException: No usable MFA method was found for the user.";

    [Theory, EachDatabase]
    public async Task Sets_an_address_up_as_second_factor(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await Begun(world, "te");
        var challenge = await app.Password("ana");
        world.Transcript.Clear();

        challenge = await SetUp(app, challenge, "EMAIL", "ana@example.com");
        await Answer(app, "EMAIL_OTP", challenge, MfaPools.Other(world.LastEmailCode()));
        await Answer(app, "EMAIL_OTP", challenge, world.LastEmailCode());
        await app.Password("ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Sets_a_number_up_as_second_factor()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Begun(world, "s");
        var challenge = await SetUp(app, await app.Password("ana"), "PHONE_NUMBER", "+15551230000");

        Assert.Equal("SMS_MFA", TestApp.Outcome(challenge));
        Assert.Null(await world.AttributeOf(app.Pool, "ana", "phone_number"));
        Assert.Equal(
            "tokens", TestApp.Outcome(await Answer(app, "SMS_MFA", challenge, world.LastSmsCode())));
        Assert.Equal("true", await world.AttributeOf(app.Pool, "ana", "phone_number_verified"));
        Assert.Equal("SMS_MFA", TestApp.Outcome(await app.Password("ana")));
    }

    [Theory]
    [InlineData("EMAIL", "no address", "InvalidParameterException: Invalid email address format.")]
    [InlineData("PHONE_NUMBER", "555", "InvalidParameterException: Invalid phone number format.")]
    [InlineData("NOTHING", "x", Invalid)]
    public async Task Refuses_what_cannot_be_reached(string name, string value, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Begun(world, "ste");
        var challenge = await app.Password("ana");

        Assert.Equal(expected, TestApp.Outcome(await SetUp(app, challenge, name, value)));
        // The session is still good for a better answer.
        Assert.Equal("EMAIL_OTP", TestApp.Outcome(await SetUp(app, challenge, "EMAIL", "a@b.example")));
    }

    [Theory]
    [InlineData("t", "EMAIL", "ana@example.com")]
    [InlineData("e", "PHONE_NUMBER", "+15551230000")]
    public async Task Sets_up_only_what_the_pool_offers(string factors, string name, string value)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Begun(world, factors);

        Assert.Equal(NotOffered, TestApp.Outcome(await SetUp(app, await app.Password("ana"), name, value)));
    }

    [Fact]
    public async Task Sets_up_nothing_that_the_client_may_not_write()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Begun(world, "s");
        var reader = new TestApp(
            world, await app.Pool.AnotherClient(new { WriteAttributes = new[] { "nickname" } }));
        var challenge = await reader.Password("ana");

        Assert.Equal(
            "NotAuthorizedException: A client attempted to write unauthorized attribute",
            TestApp.Outcome(await SetUp(reader, challenge, "PHONE_NUMBER", "+15551230000")));
    }

    [Fact]
    public async Task An_address_of_another_user_is_not_taken_over()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Begun(world, "e", new { AliasAttributes = new[] { "email" } });
        await app.Pool.ConfirmedUser("bob", email: "bob@example.com");
        var challenge = await SetUp(app, await app.Password("ana"), "EMAIL", "bob@example.com");

        Assert.Equal(
            "AliasExistsException: An account with the given email already exists.",
            TestApp.Outcome(await Answer(app, "EMAIL_OTP", challenge, world.LastEmailCode())));
        Assert.Null(await world.AttributeOf(app.Pool, "ana", "email"));
    }

    [Fact]
    public async Task Is_over_once_the_user_has_a_factor()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Begun(world, "ste");
        var (first, second) = (await app.Password("ana"), await app.Password("ana"));
        var thiefs = await SetUp(app, first, "EMAIL", "thief@example.com");
        var anas = await SetUp(app, second, "PHONE_NUMBER", "+15551230000");
        Assert.Equal("tokens", TestApp.Outcome(await Answer(app, "SMS_MFA", anas, world.LastSmsCode())));

        Assert.Equal(
            Invalid, TestApp.Outcome(await Answer(app, "EMAIL_OTP", thiefs, world.LastEmailCode())));
        Assert.Null(await world.AttributeOf(app.Pool, "ana", "email"));
    }

    private static async Task<TestApp> Begun(World world, string factors, object? settings = null)
    {
        var app = new TestApp(world, await MfaPools.Create(world, "ON", factors, settings));
        await app.Pool.ConfirmedUser("ana");
        return app;
    }

    private static Task<Answer> SetUp(TestApp app, Answer challenge, string name, string value) =>
        app.Answer("MFA_SETUP", MfaPools.SessionOf(challenge), ("USERNAME", "ana"), (name, value));

    private static Task<Answer> Answer(TestApp app, string name, Answer challenge, string code) =>
        app.Answer(name, MfaPools.SessionOf(challenge), ("USERNAME", "ana"), (name + "_CODE", code));
}
