using System.Text.Json.Nodes;
using Lifeguard.Contract;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations.Flows;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Senders;

/// <summary>Functions that deliver messages in a pool's place.</summary>
public sealed class CustomSenderTests
{
    private const string Address = "email=ana@example.com";

    [Theory, EachDatabase]
    public async Task Delivers_the_code_that_confirms_a_sign_up(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await SenderPools.Create(world, "e");
        world.Transcript.Clear();

        await world.SignUp(
            pool, "ana", Address,
            new { ClientMetadata = new Dictionary<string, string> { ["ticket"] = "7" } });
        await world.Public(pool, "ResendConfirmationCode", "ana");
        await world.Public(pool, "ConfirmSignUp", "ana", new { ConfirmationCode = world.LastSecret() });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("e", "email", "CustomEmailSender", "customEmailSenderRequestV1")]
    [InlineData("s", "phone_number", "CustomSMSSender", "customSMSSenderRequestV1")]
    public async Task Is_told_of_every_kind_of_message(
        string media, string attribute, string trigger, string type)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await SenderPools.Create(world, media);
        var (first, second) = attribute == "email"
            ? ("ana@example.com", "ana@example.org")
            : ("+15551230001", "+15551230002");

        await world.SignUp(pool, "ana", $"{attribute}={first}");
        Check("SignUp", first);
        await world.Public(pool, "ResendConfirmationCode", "ana");
        Check("ResendCode", first);
        await world.Public(pool, "ConfirmSignUp", "ana", new { ConfirmationCode = world.LastSecret() });
        await world.Public(pool, "ForgotPassword", "ana");
        Check("ForgotPassword", first);
        await world.Admin(pool, "AdminResetUserPassword", "ana");
        Check("ForgotPassword", first);
        await world.Public(
            pool, "ConfirmForgotPassword", "ana",
            new { ConfirmationCode = world.LastSecret(), TestPool.Password });
        var token = await pool.AccessTokenOf("ana");
        await world.Own(
            token, "UpdateUserAttributes",
            new { UserAttributes = (object[])[new { Name = attribute, Value = second }] });
        Check("UpdateUserAttribute", second);
        await world.Own(token, "GetUserAttributeVerificationCode", new { AttributeName = attribute });
        Check("VerifyUserAttribute", second);
        await world.Own(
            token, "VerifyUserAttribute", new { AttributeName = attribute, Code = world.LastSecret() });
        await world.Admin(
            pool, "AdminCreateUser", "bob",
            new
            {
                DesiredDeliveryMediums = (string[])[attribute == "email" ? "EMAIL" : "SMS"],
                UserAttributes = (object[])[new { Name = attribute, Value = first }],
            });
        Check("AdminCreateUser", first);

        Assert.Empty(world.Email.Sent);
        Assert.Empty(world.Sms.Sent);

        void Check(string source, string to)
        {
            var sent = world.Triggers.Events[^1];
            Assert.Equal($"{trigger}_{source}", Text(sent, "triggerSource"));
            var request = sent["request"]!.AsObject();
            Assert.Equal(
                ["type", "code", "clientMetadata", "userAttributes"], request.Select(each => each.Key));
            Assert.Equal(type, request["type"]!.GetValue<string>());
            Assert.Equal(to, request["userAttributes"]![attribute]!.GetValue<string>());
            Assert.NotEmpty(world.LastSecret()!);
        }
    }

    [Theory]
    [InlineData("s", "SMS_MFA", "CustomSMSSender_Authentication")]
    [InlineData("e", "EMAIL_OTP", "CustomEmailSender_Authentication")]
    public async Task Delivers_the_code_of_a_second_factor(string factor, string challenge, string source)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        await SenderPools.Create(world, "");
        var pool = await MfaPools.Create(world, "ON", factor, SenderPools.Settings("es"));
        if (factor == "s") await pool.ConfirmedUser("ana", phone: "+15551230001");
        else await pool.ConfirmedUser("ana", email: "ana@example.com");

        var asked = await pool.SignIn("ana");
        Assert.Equal(challenge, asked["ChallengeName"]!.GetValue<string>());
        Assert.Equal(source, Text(world.Triggers.Events[^1], "triggerSource"));
        var passed = await world.Call("RespondToAuthChallenge", new
        {
            pool.ClientId,
            ChallengeName = challenge,
            Session = MfaPools.SessionOf(asked),
            ChallengeResponses = new Dictionary<string, string>
            {
                ["USERNAME"] = "ana",
                [challenge + "_CODE"] = world.LastSecret()!,
            },
        });

        Assert.NotNull(passed["AuthenticationResult"]);
    }

    [Fact]
    public async Task A_temporary_password_comes_escaped()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await SenderPools.Create(world, "e");

        await world.Admin(pool, "AdminCreateUser", "ana", new
        {
            TemporaryPassword = "Aa1<>&-long",
            UserAttributes = Calls.Attributes(Address),
            DesiredDeliveryMediums = (string[])["EMAIL"],
        });

        Assert.Equal("Aa1&lt;&gt;&amp;-long", world.LastSecret());
        Assert.Equal(200, (await pool.SignIn("ana", "Aa1<>&-long")).Status);
    }

    [Fact]
    public async Task The_trigger_that_words_messages_is_asked_for_the_other_medium_only()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await SenderPools.Create(world, "e", isWorded: true);

        await world.SignUp(pool, "ana", Address);
        await world.SignUp(pool, "bob", "phone_number=+15551230001");

        Assert.Equal(
            ["CustomEmailSender_SignUp", "CustomMessage_SignUp"],
            world.Triggers.Events.Select(sent => Text(sent, "triggerSource")));
        Assert.Single(world.Sms.Sent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Its_failure_stays_unknown_and_it_is_handed_the_message_again(bool isInvoked)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await SenderPools.Create(world, "e");
        world.Triggers.Answers(SenderPools.Email, isInvoked
            ? new TriggerAnswer.Failed("No mail today, 123456.")
            : new TriggerAnswer.NotInvoked("AccessDeniedException", MayRetry: false));

        var answer = await world.SignUp(pool, "ana", Address);
        var waiting = Assert.Single(await world.RowsOf("outbox"));
        world.Triggers.On(SenderPools.Email, static _ => { });
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.DeliverDue();

        Assert.Equal("200", answer.ToString());
        Assert.Contains("state=pending", waiting, StringComparison.Ordinal);
        Assert.DoesNotContain("123456", waiting, StringComparison.Ordinal);
        Assert.Equal(2, world.Triggers.MessageIds.Count);
        Assert.Single(world.Triggers.MessageIds.Distinct());
        Assert.Contains("state=sent", Assert.Single(await world.RowsOf("outbox")), StringComparison.Ordinal);
        var confirmed = await world.Public(
            pool, "ConfirmSignUp", "ana", new { ConfirmationCode = world.LastSecret() });
        Assert.Equal("200", confirmed.ToString());
    }

    [Fact]
    public async Task A_message_it_can_never_take_is_given_up_without_a_word_to_the_caller()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await SenderPools.Create(world, "e");
        world.Triggers.Answers(
            SenderPools.Email, new TriggerAnswer.NotInvoked("RequestTooLargeException", MayRetry: false));

        var answer = await world.SignUp(pool, "ana", Address);

        Assert.Equal("200", answer.ToString());
        Assert.Contains(
            "state=failed", Assert.Single(await world.RowsOf("outbox")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BLOCK", "BLOCK")]
    [InlineData("NO_ACTION", "NO_ACTION")]
    public async Task Tells_of_a_risky_sign_in_without_a_code(string action, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.On(SenderPools.Email, static _ => { });
        var pool = await TestPool.Create(
            world, Calls.Merge(SenderPools.Settings("e"), RiskPools.Watching("ENFORCED")));
        await world.SetTakeover(pool, RiskPools.Takeover(action, notify: true));
        await world.KnownUser(pool, "ana", email: "ana@example.com");
        await world.Raise(pool, "ana", "Medium");

        await pool.SignIn("ana");
        await world.Get<MessageDelivery>().Idle();

        var sent = world.Triggers.Events[^1];
        Assert.Equal("CustomEmailSender_AccountTakeOverNotification", Text(sent, "triggerSource"));
        Assert.Equal("ana", Text(sent, "userName"));
        Assert.Null(world.LastSecret());
        var attributes = sent["request"]!["userAttributes"]!.AsObject();
        Assert.Equal(told, Text(attributes, "ACCOUNT_TAKE_OVER_ACTION"));
        Assert.Equal("ana", Text(attributes, "USER_NAME"));
        Assert.Equal(RiskPools.Elsewhere, Text(attributes, "IP_ADDRESS"));
        Assert.Equal("Friday, March 06, 2026 04:05 AM UTC", Text(attributes, "LOGIN_TIME"));
        Assert.Contains("/valid?token=", Text(attributes, "ONE_CLICK_LINK_VALID"), StringComparison.Ordinal);
        Assert.Empty(world.Email.Sent);
    }

    private static string Text(JsonObject from, string member) => from[member]!.GetValue<string>();
}
