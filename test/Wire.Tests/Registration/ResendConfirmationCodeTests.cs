using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Registration;

public sealed class ResendConfirmationCodeTests
{
    private const string CustomMessage = "arn:aws:lambda:us-east-1:000000000000:function:words";
    private const string NotFound = "UserNotFoundException: Username/client id combination not found.";
    private const string Confirmed = "InvalidParameterException: User is already confirmed.";
    private const string NotVerified =
        "NotAuthorizedException: Cannot resend codes. Auto verification not turned on.";
    private const string Limit =
        "LimitExceededException: Attempt limit exceeded, please try after some time.";

    [Theory, EachDatabase]
    public async Task Sends_a_code_that_replaces_the_first(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        world.Triggers.On(CustomMessage, _ => { });
        var pool = await TestPool.Create(
            world, Calls.Merge(PoolKinds.Of("verifies email"), new { LambdaConfig = new { CustomMessage } }));
        await world.SignUp(pool, "ana", "email=ana@example.com");
        var first = pool.LastCode();
        world.Clock.Advance(TimeSpan.FromHours(25));
        world.Transcript.Clear();

        await world.Public(
            pool, "ResendConfirmationCode", "ana", new { ClientMetadata = new { ticket = "T-17" } });
        await world.Public(pool, "ConfirmSignUp", "ana", new { ConfirmationCode = first });
        await world.Public(pool, "ConfirmSignUp", "ana", new { ConfirmationCode = pool.LastCode() });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Checks_in_order()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await world.SignUp(pool, "ana", "email=ana@example.com");

        Assert.Equal(
            "ResourceNotFoundException: User pool client nobody does not exist.",
            await Refusal(new(world, pool.Id, "nobody"), "ben"));
        Assert.Equal(NotFound, await Refusal(pool, "ben"));
        Assert.Equal(NotVerified, await Refusal(pool, "ana"));
        await world.Admin(pool, "AdminConfirmSignUp", "ana");
        Assert.Equal(Confirmed, await Refusal(pool, "ana"));
        await world.Admin(pool, "AdminDisableUser", "ana");
        Assert.Equal("NotAuthorizedException: User is disabled.", await Refusal(pool, "ana"));

        Task<string> Refusal(TestPool where, string username) =>
            world.LeavesNothing(() => world.Public(where, "ResendConfirmationCode", username));
    }

    [Theory]
    [InlineData("phone_number=+15551230000", NotVerified)]
    [InlineData("email=ana@example.com", "200")]
    public async Task Needs_something_that_the_pool_verifies(string attributes, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies email"));
        await world.SignUp(pool, "ana", attributes);

        Assert.Equal(expected, (await world.Public(pool, "ResendConfirmationCode", "ana")).ToString());
    }

    [Fact]
    public async Task Prefers_the_phone_as_registration_does()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world,
            new
            {
                AutoVerifiedAttributes = (string[])["email", "phone_number"],
                SmsConfiguration = new { SnsCallerArn = "arn:aws:iam::000000000000:role/sms" },
            });
        await world.SignUp(pool, "ana", "email=ana@example.com;phone_number=+15551230000");

        var answer = await world.Public(pool, "ResendConfirmationCode", "ana");

        Assert.Equal(
            """{"Destination":"+*******0000","DeliveryMedium":"SMS","AttributeName":"phone_number"}""",
            answer["CodeDeliveryDetails"]!.ToJsonString(Relaxed));
        Assert.Equal(2, world.Sms.Sent.Count);
        Assert.Empty(world.Email.Sent);
    }

    [Theory]
    [InlineData("LEGACY")]
    [InlineData("ENABLED")]
    public async Task Allows_five_an_hour(string hides)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, PoolKinds.Of("verifies email"), new { PreventUserExistenceErrors = hides });
        await world.SignUp(pool, "ana", "email=ana@example.com");
        // A name nobody has is limited alike, where the client hides that.
        foreach (var name in hides == "ENABLED" ? (string[])["ana", "nobody"] : ["ana"])
        {
            for (var i = 0; i < 5; i++)
                Assert.Equal("200", (await world.Public(pool, "ResendConfirmationCode", name)).ToString());
            Assert.Equal(Limit, (await world.Public(pool, "ResendConfirmationCode", name)).ToString());
        }

        Assert.Equal(6, world.Email.Sent.Count);
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("200", (await world.Public(pool, "ResendConfirmationCode", "ana")).ToString());
    }

    [Theory]
    [InlineData("unknown", NotFound)]
    [InlineData("disabled", "NotAuthorizedException: User is disabled.")]
    [InlineData("confirmed", Confirmed)]
    [InlineData("waiting", "200")]
    public async Task Tells_users_apart_only_where_the_client_does(string who, string openly)
    {
        foreach (var hides in (string[])["LEGACY", "ENABLED"])
        {
            await using var world = await World.Start(DatabaseKind.Memory);
            var pool = await TestPool.Create(
                world, PoolKinds.Of("verifies email"), new { PreventUserExistenceErrors = hides });
            if (who != "unknown") await world.SignUp(pool, "ana", "email=ana@example.com");
            if (who == "disabled") await world.Admin(pool, "AdminDisableUser", "ana");
            if (who == "confirmed") await world.Admin(pool, "AdminConfirmSignUp", "ana");
            var sent = world.Email.Sent.Count;

            var answer = await world.Public(pool, "ResendConfirmationCode", "ana");

            Assert.Equal(hides == "ENABLED" ? "200" : openly, answer.ToString());
            Assert.Equal(who == "waiting" ? sent + 1 : sent, world.Email.Sent.Count);
            if (hides == "LEGACY") continue;
            var details = answer["CodeDeliveryDetails"]!;
            Assert.Equal("EMAIL", details["DeliveryMedium"]!.GetValue<string>());
            Assert.Equal("email", details["AttributeName"]!.GetValue<string>());
            Assert.Matches(@"^\w\*\*\*@\w\*\*\*$", details["Destination"]!.GetValue<string>());
            var again = await world.Public(pool, "ResendConfirmationCode", "ana");
            Assert.Equal(details.ToJsonString(), again["CodeDeliveryDetails"]!.ToJsonString());
        }
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Leaves_nothing_of_a_user_who_went_while_the_trigger_was_thinking(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        world.Triggers.On(CustomMessage, _ => { });
        var pool = await TestPool.Create(
            world, Calls.Merge(PoolKinds.Of("verifies email"), new { LambdaConfig = new { CustomMessage } }));
        await world.SignUp(pool, "ana", "email=ana@example.com");
        world.Triggers.On(CustomMessage, _ => world.Admin(pool, "AdminDeleteUser", "ana"));

        Assert.Equal(NotFound, (await world.Public(pool, "ResendConfirmationCode", "ana")).ToString());

        foreach (var table in (string[])["users", "confirmation_code", "attempt", "outbox"])
            Assert.Empty(await world.RowsOf(table));
        Assert.Single(world.Email.Sent);
    }

    [Fact]
    public async Task Sends_nothing_when_the_trigger_fails_and_keeps_the_first_code()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.On(CustomMessage, _ => { });
        var pool = await TestPool.Create(
            world, Calls.Merge(PoolKinds.Of("verifies email"), new { LambdaConfig = new { CustomMessage } }));
        await world.SignUp(pool, "ana", "email=ana@example.com");
        world.Triggers.Answers(CustomMessage, new TriggerAnswer.Failed("no"));

        Assert.Equal(
            "UserLambdaValidationException: CustomMessage failed with error no.",
            (await world.Public(pool, "ResendConfirmationCode", "ana")).ToString());
        Assert.Single(world.Email.Sent);
        Assert.Equal(
            "200",
            (await world.Public(pool, "ConfirmSignUp", "ana", new { ConfirmationCode = pool.LastCode() }))
            .ToString());
    }

    [Fact]
    public async Task Keeps_the_code_when_the_message_cannot_be_delivered()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies email"));
        await world.SignUp(pool, "ana", "email=ana@example.com");
        world.Email.Refusal = new DeliveryException("550 no such mailbox", permanent: true);

        Assert.Equal(
            "CodeDeliveryFailureException", (await world.Public(pool, "ResendConfirmationCode", "ana")).Code);
        Assert.StartsWith(
            "CodeMismatchException",
            (await world.Public(pool, "ConfirmSignUp", "ana", new { ConfirmationCode = pool.LastCode() }))
            .ToString(),
            StringComparison.Ordinal);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
