using System.Text.Json.Nodes;
using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Registration;

public sealed class SignUpTriggerTests
{
    private const string PreSignUp = "arn:aws:lambda:us-east-1:000000000000:function:presignup";
    private const string CustomMessage = "arn:aws:lambda:us-east-1:000000000000:function:words";
    private const string PostConfirmation = "arn:aws:lambda:us-east-1:000000000000:function:confirmed";

    private static readonly object Metadata = new
    {
        ClientMetadata = new { ticket = "T-17" },
        ValidationData = Calls.Attributes("plan=gold"),
    };

    [Theory, EachDatabase]
    public async Task Asks_before_and_words_the_code(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Triggered(world, "email alias");
        world.Triggers.On(CustomMessage, input => input["response"]!["emailMessage"] = "Type {####}, please");
        world.Transcript.Clear();

        await world.SignUp(pool, "ana", "email=ana@example.com", Metadata);

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Leaves_nothing_of_a_user_who_went_while_the_trigger_was_thinking(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Triggered(world, "email alias");
        world.Triggers.On(CustomMessage, _ => world.Admin(pool, "AdminDeleteUser", "ana"));

        await world.SignUp(pool, "ana", "email=ana@example.com");

        foreach (var table in (string[])["users", "confirmation_code", "outbox"])
            Assert.Empty(await world.RowsOf(table));
        Assert.Empty(world.Email.Sent);
    }

    [Theory, EachDatabase]
    public async Task Confirms_at_once_when_the_trigger_says_so(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Triggered(world, "email alias");
        world.Triggers.On(PreSignUp, Decide("autoConfirmUser", "autoVerifyEmail"));
        world.Transcript.Clear();

        await world.SignUp(pool, "ana", "email=ana@example.com", Metadata);
        await pool.SignIn("ana@example.com");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Moves_an_alias_silently_when_the_trigger_verifies_it(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Triggered(world, "email alias");
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Triggers.On(PreSignUp, Decide("autoVerifyEmail"));

        Assert.Equal("200", (await world.SignUp(pool, "ben", "email=ana@example.com")).ToString());

        Assert.Equal("false", await world.AttributeOf(pool, "ana", "email_verified"));
        Assert.Equal("true", await world.AttributeOf(pool, "ben", "email_verified"));
        Assert.Equal("UNCONFIRMED", await pool.StatusOf("ana@example.com"));
    }

    [Fact]
    public async Task Takes_nobodys_address_where_it_is_the_name()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Triggered(world, "email name");
        await pool.ConfirmedUser("ana@example.com", email: "ana@example.com");
        world.Triggers.On(PreSignUp, Decide("autoConfirmUser", "autoVerifyEmail"));

        Assert.Equal(
            "UsernameExistsException", (await world.SignUp(pool, "ana@example.com")).Code);
        Assert.Equal("200", (await pool.SignIn("ana@example.com")).ToString());
    }

    [Theory]
    [InlineData("autoVerifyEmail", "phone_number=+15551230000")]
    [InlineData("autoVerifyPhone", "email=ana@example.com")]
    public async Task Cannot_verify_what_is_not_there(string flag, string attributes)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Triggered(world, "plain");
        world.Triggers.On(PreSignUp, Decide(flag));

        Assert.False((await world.SignUp(pool, "ana", attributes)).IsSuccess);
        Assert.Equal("UserNotFoundException", (await world.Admin(pool, "AdminGetUser", "ana")).Code);
    }

    [Fact]
    public async Task Names_the_user_by_the_generated_id_before_and_after()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Triggered(world, "email name");
        world.Triggers.On(PreSignUp, Decide("autoConfirmUser"));

        var answer = await world.SignUp(pool, "ana@example.com");

        var sub = answer["UserSub"]!.GetValue<string>();
        Assert.Equal(2, world.Triggers.Events.Count);
        Assert.All(world.Triggers.Events, each => Assert.Equal(sub, each["userName"]!.GetValue<string>()));
        Assert.Equal(
            """{"email":"ana@example.com"}""",
            world.Triggers.Events[0]["request"]!["userAttributes"]!.ToJsonString());
    }

    public static TheoryData<TriggerAnswer, string> Failures => new()
    {
        {
            new TriggerAnswer.Failed("callback is not a function"),
            "UserLambdaValidationException: {0} failed with error callback is not a function."
        },
        {
            new TriggerAnswer.NotInvoked("AccessDeniedException", MayRetry: false),
            "UnexpectedLambdaException: {0} invocation failed due to error AccessDeniedException."
        },
        {
            new TriggerAnswer.NotInvoked("TooManyRequestsException", MayRetry: true),
            "UnexpectedLambdaException: {0} invocation failed due to error TooManyRequestsException."
        },
        {
            new TriggerAnswer.Returned("null"u8.ToArray()),
            "InvalidLambdaResponseException: Unrecognizable lambda output"
        },
        {
            new TriggerAnswer.Returned("{\"respon"u8.ToArray()),
            "InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON"
        },
    };

    [Theory, MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Registers_nobody_when_PreSignUp_fails(TriggerAnswer failure, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Triggered(world, "verifies email");
        world.Triggers.Answers(PreSignUp, failure);

        var answer = await world.SignUp(pool, "ana", "email=ana@example.com");

        Assert.Equal(string.Format(null, expected, "PreSignUp"), answer.ToString());
        Assert.Equal("UserNotFoundException", (await world.Admin(pool, "AdminGetUser", "ana")).Code);
        Assert.Empty(world.Email.Sent);
    }

    [Theory, MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Leaves_the_user_unconfirmed_when_CustomMessage_fails(
        TriggerAnswer failure, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Triggered(world, "verifies email");
        world.Triggers.Answers(CustomMessage, failure);

        var answer = await world.SignUp(pool, "ana", "email=ana@example.com");

        Assert.Equal(string.Format(null, expected, "CustomMessage"), answer.ToString());
        Assert.Equal("UNCONFIRMED", await pool.StatusOf("ana"));
        Assert.Empty(world.Email.Sent);
        world.Triggers.On(CustomMessage, _ => { });
        Assert.Equal("200", (await world.Public(pool, "ResendConfirmationCode", "ana")).ToString());
        Assert.Single(world.Email.Sent);
    }

    [Theory, MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Leaves_the_user_confirmed_when_PostConfirmation_fails(
        TriggerAnswer failure, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Triggered(world, "verifies email");
        world.Triggers.On(PreSignUp, Decide("autoConfirmUser"));
        world.Triggers.Answers(PostConfirmation, failure);

        var answer = await world.SignUp(pool, "ana", "email=ana@example.com");

        Assert.Equal(string.Format(null, expected, "PostConfirmation"), answer.ToString());
        Assert.Equal("CONFIRMED", await pool.StatusOf("ana"));
        Assert.True((await pool.SignIn("ana")).IsSuccess);
    }

    [Theory]
    [InlineData("autoConfirmUser", "\"yes\"")]
    [InlineData("autoVerifyEmail", "1")]
    public async Task Refuses_flags_that_are_no_flags(string flag, string value)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Triggered(world, "plain");
        world.Triggers.On(PreSignUp, input => input["response"]![flag] = JsonNode.Parse(value));

        var answer = await world.SignUp(pool, "ana", "email=ana@example.com");

        Assert.Equal("InvalidLambdaResponseException", answer.Code);
        Assert.Equal("UserNotFoundException", (await world.Admin(pool, "AdminGetUser", "ana")).Code);
    }

    [Fact]
    public async Task Calls_no_trigger_for_a_name_that_is_taken()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Triggered(world, "plain");
        await world.SignUp(pool, "ana");

        Assert.Equal(
            "UsernameExistsException: User already exists",
            await world.LeavesNothing(() => world.SignUp(pool, "ana")));
    }

    [Fact]
    public async Task Keeps_the_user_when_the_code_cannot_be_delivered()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies email"));
        world.Email.Refusal = new DeliveryException("550 no such mailbox", permanent: true);

        var answer = await world.SignUp(pool, "ana", "email=ana@example.com");

        Assert.Equal("CodeDeliveryFailureException", answer.Code);
        Assert.Equal("UNCONFIRMED", await pool.StatusOf("ana"));
    }

    [Theory]
    [InlineData("aGFzaA==", "Unable to verify secret hash for client {0}")]
    [InlineData(null, "Client {0} is configured with secret but SECRET_HASH was not received")]
    public async Task Needs_the_hash_of_a_client_with_a_secret(string? hash, string words)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var (confidential, secret) = await world.AnotherClient(pool, new { GenerateSecret = true });
        var sent = hash is null ? null : new { SecretHash = hash };

        Assert.Equal(
            "NotAuthorizedException: " + string.Format(null, words, confidential.ClientId),
            await world.LeavesNothing(() => world.SignUp(confidential, "ana", "", sent)));

        var right = Protocol.SecretHash.Compute(secret!, "ana", confidential.ClientId);
        Assert.Equal(
            "200", (await world.SignUp(confidential, "ana", "", new { SecretHash = right })).ToString());
        Assert.Equal(
            $"NotAuthorizedException: Client {pool.ClientId} is not configured for secret "
            + "but secret hash was received",
            await world.LeavesNothing(() => world.SignUp(pool, "ben", "", new { SecretHash = right })));
    }

    private static Action<JsonObject> Decide(params string[] flags) => input =>
    {
        foreach (var flag in flags) input["response"]![flag] = true;
    };

    private static async Task<TestPool> Triggered(World world, string kind)
    {
        foreach (var arn in (string[])[PreSignUp, CustomMessage, PostConfirmation])
            world.Triggers.On(arn, _ => { });
        return await TestPool.Create(
            world,
            Calls.Merge(
                PoolKinds.Of(kind),
                new { LambdaConfig = new { PreSignUp, CustomMessage, PostConfirmation } }));
    }
}
