using Lifeguard.Domain;
using Lifeguard.Operations;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Account;

public sealed partial class VerifyUserAttributeTests
{
    private const string Expired =
        "ExpiredCodeException: Invalid code provided, please request a code again.";
    private const string Mismatch =
        "CodeMismatchException: Invalid verification code provided, please try again.";
    private const string Limit =
        "LimitExceededException: Attempt limit exceeded, please try after some time.";
    private const string WrongName =
        "InvalidParameterException: Invalid attribute name. Only phone_number and email can be verified.";
    private const string EmailTaken =
        "AliasExistsException: An account with the given email already exists.";

    [Theory, EachDatabase]
    public async Task Verifies_what_the_code_went_to(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, token) = await Unverified(world, "email alias");
        world.Transcript.Clear();

        await Verify(world, token, Other(pool.LastCode()));
        await Verify(world, token, pool.LastCode());
        await Verify(world, token, pool.LastCode());
        await pool.SignIn("new@example.com");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Checks_in_order()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, token) = await Unverified(world);
        var code = pool.LastCode();

        Assert.Equal("NotAuthorizedException: Invalid Access Token", await Verify(world, "x", code, "name"));
        foreach (var name in (string[])["name", "sub", "email_verified", "Email", "custom:none"])
            Assert.Equal(WrongName, await world.LeavesNothing(() => Send(world, token, code, name)));
        Assert.Equal(Expired, await Verify(world, token, code, "phone_number"));
        Assert.Equal(Mismatch, await Verify(world, token, Other(code)));
        await world.SetStatus(pool.Id, "ana", "UNCONFIRMED");
        Assert.Equal(
            "UserNotConfirmedException: User is not confirmed.",
            await world.LeavesNothing(() => Send(world, token, code, "name")));
        await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");
        Assert.Equal(
            "PasswordResetRequiredException: Password reset required for the user",
            await world.LeavesNothing(() => Send(world, token, code, "name")));
    }

    [Fact]
    public async Task Takes_a_code_for_24_hours()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, _) = await Unverified(world);
        var code = pool.LastCode();
        var (other, _) = await world.AnotherClient(pool, new { AccessTokenValidity = 24 });
        world.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        var token = await other.AccessTokenOf("ana");

        Assert.Equal(Mismatch, await Verify(world, token, Other(code)));
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Expired, await Verify(world, token, code));
    }

    [Fact]
    public async Task Takes_only_the_newest_code()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, token) = await Unverified(world);
        var first = pool.LastCode();
        await world.Own(token, "GetUserAttributeVerificationCode", new { AttributeName = "email" });

        Assert.Equal(Mismatch, await Verify(world, token, first));
        Assert.Equal("200", await Verify(world, token, pool.LastCode()));
    }

    [Theory]
    [InlineData("email=third@example.com")]
    [InlineData("email=third@example.com;email_verified=true")]
    [InlineData("email=")]
    public async Task Takes_no_code_that_went_to_an_address_of_the_past(string change)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, token) = await Unverified(world);
        var code = pool.LastCode();
        await world.Must("UpdateUserPool", new { UserPoolId = pool.Id });

        await Change(change);
        Assert.Equal(Expired, await Verify(world, token, code));
        // Nor once it is back.
        await Change("email=new@example.com");
        Assert.Equal(Expired, await Verify(world, token, code));
        Assert.Equal("false", await world.AttributeOf(pool, "ana", "email_verified"));

        Task<Answer> Change(string changes) => world.Admin(
            pool, "AdminUpdateUserAttributes", "ana", new { UserAttributes = Calls.Attributes(changes) });
    }

    [Fact]
    public async Task Keeps_codes_for_addresses_numbers_and_passwords_apart()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies both"));
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        var token = await pool.AccessTokenOf("ana");
        var codes = world.Get<ConfirmationCodes>();
        codes.Fixed = "111111";
        await world.Own(token, "GetUserAttributeVerificationCode", new { AttributeName = "email" });
        codes.Fixed = "222222";
        await world.Own(token, "GetUserAttributeVerificationCode", new { AttributeName = "phone_number" });
        codes.Fixed = "333333";
        await world.Public(pool, "ForgotPassword", "ana");

        Assert.Equal(Mismatch, await Verify(world, token, "222222"));
        Assert.Equal(Mismatch, await Verify(world, token, "333333", "phone_number"));
        Assert.Equal("200", await Verify(world, token, "111111"));
        Assert.Equal("200", await Verify(world, token, "222222", "phone_number"));
    }

    [Fact]
    public async Task Allows_five_tries_a_code_and_fifteen_wrong_ones_an_hour()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, _) = await Unverified(world);
        var (other, _) = await world.AnotherClient(pool, new { AccessTokenValidity = 5 });
        var token = await other.AccessTokenOf("ana");

        for (var codes = 0; codes < 3; codes++)
        {
            await world.Own(token, "GetUserAttributeVerificationCode", new { AttributeName = "email" });
            for (var i = 0; i < 5; i++)
                Assert.Equal(Mismatch, await Verify(world, token, Other(pool.LastCode())));
            Assert.Equal(Limit, await Verify(world, token, pool.LastCode()));
        }

        await world.Own(token, "GetUserAttributeVerificationCode", new { AttributeName = "email" });
        Assert.Equal(Limit, await Verify(world, token, pool.LastCode()));
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("200", await Verify(world, token, pool.LastCode()));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_guesses_at_once_five_are_looked_at(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, token) = await Unverified(world);
        var wrong = Other(pool.LastCode());

        var answers = await world.Burst(
            100,
            "VerifyUserAttribute",
            _ => new { AccessToken = token, AttributeName = "email", Code = wrong });

        Assert.Equal(5, answers["CodeMismatchException"]);
        Assert.Equal(95, answers["LimitExceededException"]);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_right_codes_at_once_one_verifies(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, token) = await Unverified(world);
        var code = pool.LastCode();

        var answers = await world.Burst(
            50,
            "VerifyUserAttribute",
            _ => new { AccessToken = token, AttributeName = "email", Code = code });

        Assert.Equal(1, answers["200"]);
        Assert.Empty(answers.Keys.Except(["200", "ExpiredCodeException", "LimitExceededException"]));
        Assert.Equal("true", await world.AttributeOf(pool, "ana", "email_verified"));
    }

    [Theory, EachDatabase]
    public async Task A_right_code_costs_no_try_when_somebody_changed_the_user_meanwhile(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, token) = await Unverified(world);
        var call = new Call("c", world.Clock.GetUtcNow(), "192.0.2.1", "", CancellationToken.None);
        var sub = (await world.AttributeOf(pool, "ana", "sub"))!;
        var codes = world.Get<RedeemCode>();

        for (var i = 0; i < ConfirmationCode.MaxTries; i++)
        {
            var code = await codes.Judge(pool.Id, sub, CodeKind.VerifyEmail, pool.LastCode(), call);
            await Assert.ThrowsAsync<ConflictException>(
                () => codes.Redeem(code, _ => throw new ConflictException(), call));
        }

        Assert.Equal("200", await Verify(world, token, pool.LastCode()));
    }

    /// <summary>Ana, with an address for which a code is under way.</summary>
    private static async Task<(TestPool Pool, string Token)> Unverified(
        World world, string kind = "verifies email")
    {
        var pool = await TestPool.Create(world, PoolKinds.Of(kind));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = await pool.AccessTokenOf("ana");
        await Replace(world, token, "email=new@example.com");
        return (pool, token);
    }

    private static Task<Answer> Replace(World world, string token, string changes) => world.Own(
        token, "UpdateUserAttributes", new { UserAttributes = Calls.Attributes(changes) });

    private static Task<Answer> Send(World world, string token, string code, string name = "email") =>
        world.Own(token, "VerifyUserAttribute", new { AttributeName = name, Code = code });

    private static async Task<string> Verify(
        World world, string token, string code, string name = "email") =>
        (await Send(world, token, code, name)).ToString();

    /// <summary>A code of the same form that is not this one.</summary>
    private static string Other(string code) => (code[0] == '9' ? '0' : '9') + code[1..];
}
