using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Account;

public sealed class GetUserAttributeVerificationCodeTests
{
    private const string CustomMessage = "arn:aws:lambda:us-east-1:000000000000:function:words";
    private const string Limit =
        "LimitExceededException: Attempt limit exceeded, please try after some time.";
    private const string WrongName =
        "InvalidParameterException: Invalid attribute name. Only phone_number and email can be verified.";

    [Theory, EachDatabase]
    public async Task Sends_a_code_to_the_address_and_to_the_number(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        world.Triggers.On(CustomMessage, _ => { });
        var pool = await TestPool.Create(world, new { LambdaConfig = new { CustomMessage } });
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        var token = await pool.AccessTokenOf("ana");
        world.Transcript.Clear();

        await world.Own(
            token,
            "GetUserAttributeVerificationCode",
            new { AttributeName = "email", ClientMetadata = new { ticket = "T-17" } });
        await world.Own(token, "GetUserAttributeVerificationCode", new { AttributeName = "phone_number" });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Checks_in_order()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var token = await pool.AccessTokenOf("ana");

        Assert.Equal("NotAuthorizedException: Invalid Access Token", await Get(world, "x", "name"));
        Assert.Equal(
            "InvalidParameterException: 1 validation error detected: Value null at 'attributeName' "
            + "failed to satisfy constraint: Member must not be null",
            (await world.Own(token, "GetUserAttributeVerificationCode")).ToString());
        foreach (var name in (string[])["name", "sub", "phone_number_verified", "custom:none"])
            Assert.Equal(WrongName, await Get(world, token, name));
        Assert.Equal(
            "InvalidParameterException: User does not have a valid registered email address",
            await Get(world, token, "email"));
        Assert.Equal(
            "InvalidParameterException: User does not have a valid registered phone number",
            await Get(world, token, "phone_number"));
        await world.SetStatus(pool.Id, "ana", "UNCONFIRMED");
        Assert.Equal(
            "UserNotConfirmedException: User is not confirmed.", await Get(world, token, "name"));
        await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");
        Assert.Equal(
            "PasswordResetRequiredException: Password reset required for the user",
            await Get(world, token, "name"));
    }

    [Fact]
    public async Task Writes_to_the_address_that_waits()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var settings = new { AttributesRequireVerificationBeforeUpdate = (string[])["email"] };
        var pool = await TestPool.Create(
            world,
            Calls.Merge(PoolKinds.Of("verifies email"), new { UserAttributeUpdateSettings = settings }));
        await pool.ConfirmedUser("ana");
        var token = await pool.AccessTokenOf("ana");
        await world.Own(
            token,
            "UpdateUserAttributes",
            new { UserAttributes = Calls.Attributes("email=first@example.com") });

        Assert.Equal("200", await Get(world, token, "email"));

        Assert.Equal("first@example.com", world.Email.Sent[^1].To);
        Assert.Null(await world.AttributeOf(pool, "ana", "email"));
    }

    [Fact]
    public async Task Allows_five_an_hour_for_both_together()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.On(CustomMessage, _ => { });
        var pool = await TestPool.Create(world, new { LambdaConfig = new { CustomMessage } });
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        var (other, _) = await world.AnotherClient(pool, new { AccessTokenValidity = 5 });
        var token = await other.AccessTokenOf("ana");
        for (var i = 0; i < 5; i++)
            Assert.Equal("200", await Get(world, token, i % 2 == 0 ? "email" : "phone_number"));

        // Before the trigger is called for nothing.
        Assert.Equal(
            Limit,
            await world.LeavesNothing(() => world.Own(
                token, "GetUserAttributeVerificationCode", new { AttributeName = "email" })));
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("200", await Get(world, token, "email"));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_five_are_sent(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = await pool.AccessTokenOf("ana");

        var answers = await world.Burst(
            30,
            "GetUserAttributeVerificationCode",
            _ => new { AccessToken = token, AttributeName = "email" });

        Assert.Equal(5, answers["200"]);
        Assert.Equal(25, answers["LimitExceededException"]);
        Assert.Equal(5, (await world.RowsOf("outbox")).Count);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Writes_to_the_address_that_came_while_the_trigger_was_thinking(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, new { LambdaConfig = new { CustomMessage } });
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = await pool.AccessTokenOf("ana");
        world.Triggers.On(CustomMessage, _ => world.Triggers.Events.Count > 1
            ? Task.CompletedTask
            : world.Admin(
                pool,
                "AdminUpdateUserAttributes",
                "ana",
                new { UserAttributes = Calls.Attributes("email=new@example.com") }));

        Assert.Equal("200", await Get(world, token, "email"));

        Assert.Equal("new@example.com", Assert.Single(world.Email.Sent).To);
        Assert.Contains("value=new@example.com ", Assert.Single(await world.RowsOf("confirmation_code")));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Leaves_nothing_of_a_user_who_went_while_the_trigger_was_thinking(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, new { LambdaConfig = new { CustomMessage } });
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = await pool.AccessTokenOf("ana");
        world.Triggers.On(CustomMessage, _ => world.Own(token, "DeleteUser"));

        Assert.Equal("UserNotFoundException: User does not exist.", await Get(world, token, "email"));

        foreach (var table in (string[])["users", "confirmation_code", "attempt", "outbox"])
            Assert.Empty(await world.RowsOf(table));
        Assert.Empty(world.Email.Sent);
    }

    [Fact]
    public async Task Tells_when_the_code_cannot_be_delivered()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Email.Refusal = new DeliveryException("550 no such mailbox", permanent: true);

        Assert.StartsWith(
            "CodeDeliveryFailureException",
            await Get(world, await pool.AccessTokenOf("ana"), "email"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("failed", "UserLambdaValidationException")]
    [InlineData("missing", "UnexpectedLambdaException")]
    [InlineData("codeless", "InvalidLambdaResponseException")]
    public async Task Sends_nothing_when_the_trigger_fails(string how, string refusal)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        if (how == "failed") world.Triggers.Answers(CustomMessage, new TriggerAnswer.Failed("no"));
        if (how == "codeless")
            world.Triggers.On(CustomMessage, input => input["response"]!["emailMessage"] = "no code");
        var pool = await TestPool.Create(world, new { LambdaConfig = new { CustomMessage } });
        await pool.ConfirmedUser("ana", email: "ana@example.com");

        Assert.StartsWith(
            refusal, await Get(world, await pool.AccessTokenOf("ana"), "email"), StringComparison.Ordinal);

        Assert.Empty(await world.RowsOf("confirmation_code"));
        Assert.Empty(await world.RowsOf("attempt"));
        Assert.Empty(world.Email.Sent);
    }

    private static async Task<string> Get(World world, string token, string name) =>
        (await world.Own(token, "GetUserAttributeVerificationCode", new { AttributeName = name })).ToString();
}
