using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Account;

public sealed class ForgotPasswordTests
{
    private const string CustomMessage = "arn:aws:lambda:us-east-1:000000000000:function:words";
    private const string NotFound = "UserNotFoundException: Username/client id combination not found.";
    private const string Disabled = "NotAuthorizedException: User is disabled.";
    private const string ByAdministrator = "NotAuthorizedException: Contact administrator to reset password.";
    private const string CannotReset =
        "NotAuthorizedException: User password cannot be reset in the current state.";
    private const string NoContact =
        "InvalidParameterException: "
        + "Cannot reset password for the user as there is no registered/verified email or phone_number";
    private const string Limit =
        "LimitExceededException: Attempt limit exceeded, please try after some time.";

    [Theory, EachDatabase]
    public async Task Sends_a_code_and_lets_the_old_password_work(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        world.Triggers.On(CustomMessage, input => input["response"]!["emailSubject"] = "A new password");
        var pool = await TestPool.Create(world, new { LambdaConfig = new { CustomMessage } });
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Transcript.Clear();

        await world.Public(pool, "ForgotPassword", "ana", new { ClientMetadata = new { ticket = "T-17" } });
        await pool.SignIn("ana");

        world.Transcript.ShouldMatchApproved();
    }

    // The pool's own sender, or the address in its SES identity; else the deployment's.
    [Theory]
    [InlineData(null, null, null)]
    [InlineData("River <river@example.com>", "identity/ses@example.com", "River <river@example.com>")]
    [InlineData(null, "identity/ses@example.com", "ses@example.com")]
    [InlineData(null, "identity/example.com", null)]
    public async Task Comes_from_whom_the_pool_names(string? from, string? identity, string? expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var email = new
        {
            EmailSendingAccount = identity is null ? "COGNITO_DEFAULT" : "DEVELOPER",
            SourceArn = identity is null ? null : $"arn:aws:ses:us-east-1:000000000000:{identity}",
            From = from,
        };
        var pool = await TestPool.Create(world, new { EmailConfiguration = email });
        await pool.ConfirmedUser("ana", email: "ana@example.com");

        await world.Public(pool, "ForgotPassword", "ana");

        Assert.Equal(expected, Assert.Single(world.Email.Sent).From);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Leaves_nothing_of_a_user_who_went_while_the_trigger_was_thinking(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, new { LambdaConfig = new { CustomMessage } });
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Triggers.On(CustomMessage, _ => world.Admin(pool, "AdminDeleteUser", "ana"));

        Assert.Equal(NotFound, await Forget(world, pool, "ana"));

        foreach (var table in (string[])["users", "confirmation_code", "attempt", "outbox"])
            Assert.Empty(await world.RowsOf(table));
        Assert.Empty(world.Email.Sent);
    }

    // Enabled, status, has a verified contact, recovery setting
    // -> answer of a client that reveals, and of one that hides.
    [Theory]
    [InlineData(true, "CONFIRMED", true, null, "200", "200")]
    [InlineData(true, "RESET_REQUIRED", true, null, "200", "200")]
    [InlineData(true, "UNCONFIRMED", true, null, "200", "200")]
    [InlineData(true, "UNCONFIRMED", false, null, NoContact, "200")]
    [InlineData(true, "CONFIRMED", false, null, NoContact, "200")]
    [InlineData(true, "CONFIRMED", true, "verified_phone_number", NoContact, "200")]
    [InlineData(true, "CONFIRMED", true, "verified_email", "200", "200")]
    [InlineData(true, "FORCE_CHANGE_PASSWORD", true, null, CannotReset, "200")]
    [InlineData(true, "EXTERNAL_PROVIDER", true, null, CannotReset, "200")]
    [InlineData(false, "CONFIRMED", true, null, Disabled, "200")]
    [InlineData(false, "FORCE_CHANGE_PASSWORD", false, "admin_only", Disabled, ByAdministrator)]
    [InlineData(true, "FORCE_CHANGE_PASSWORD", false, "admin_only", CannotReset, ByAdministrator)]
    [InlineData(true, "CONFIRMED", true, "admin_only", ByAdministrator, ByAdministrator)]
    [InlineData(true, "CONFIRMED", false, "admin_only", ByAdministrator, ByAdministrator)]
    [InlineData(true, null, false, null, NotFound, "200")]
    [InlineData(true, null, false, "admin_only", NotFound, ByAdministrator)]
    public async Task Answers_by_state_and_by_client(
        bool enabled, string? status, bool hasContact, string? recovery, string openly, string hidden)
    {
        foreach (var hides in (string[])["LEGACY", "ENABLED"])
        {
            await using var world = await World.Start(DatabaseKind.Memory);
            var pool = await TestPool.Create(
                world,
                recovery is null ? null : RecoveryBy(recovery),
                new { PreventUserExistenceErrors = hides });
            if (status is not null) await Bring(world, pool, status, hasContact, enabled);
            var expected = hides == "ENABLED" ? hidden : openly;

            if (expected == "200")
            {
                var (answer, rows) = await world.KindsOfRows(
                    () => world.Public(pool, "ForgotPassword", "ana"));
                Assert.Equal("200", answer);
                // What is no message is the same for everybody.
                Assert.Equal(
                    "+attempt +confirmation_code", rows.Replace(" +outbox", "", StringComparison.Ordinal));
                Assert.Equal(openly == "200" ? 1 : 0, world.Email.Sent.Count);
                if (status is not null) Assert.Equal(status, await pool.StatusOf("ana"));
            }
            else
            {
                Assert.Equal(
                    expected, await world.LeavesNothing(() => world.Public(pool, "ForgotPassword", "ana")));
            }
        }
    }

    [Theory]
    [InlineData(null, "sms")]
    [InlineData("verified_email", "email")]
    [InlineData("verified_phone_number", "sms")]
    [InlineData("verified_email,verified_phone_number", "email")]
    [InlineData("verified_phone_number,verified_email", "sms")]
    public async Task Sends_to_the_first_contact_of_the_recovery_setting(string? recovery, string medium)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, recovery is null ? null : RecoveryBy(recovery.Split(',')));
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");

        var answer = await world.Public(pool, "ForgotPassword", "ana");

        Assert.Equal(medium == "sms" ? 1 : 0, world.Sms.Sent.Count);
        Assert.Equal(medium == "email" ? 1 : 0, world.Email.Sent.Count);
        Assert.Equal(
            medium == "sms" ? "+*******0000" : "a***@e***",
            answer["CodeDeliveryDetails"]!["Destination"]!.GetValue<string>());
    }

    [Fact]
    public async Task Recovers_by_no_channel_that_is_a_second_factor_where_a_setting_stands()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var recovery = RecoveryBy("verified_phone_number", "verified_email");
        var pool = await TestPool.Create(world, Calls.Merge(MfaPools.Sms("OPTIONAL"), recovery));
        var free = await TestPool.Create(world, MfaPools.Sms("OPTIONAL"));
        foreach (var each in (TestPool[])[pool, free])
        {
            await each.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
            await Prefer(each, isOn: true);
        }

        Assert.Equal("EMAIL", await Medium(pool));
        Assert.Equal("SMS", await Medium(free));
        await Prefer(pool, isOn: false);
        Assert.Equal("SMS", await Medium(pool));

        Task<Answer> Prefer(TestPool where, bool isOn) => world.Admin(
            where, "AdminSetUserMFAPreference", "ana", new { SMSMfaSettings = new { Enabled = isOn } });

        async Task<string> Medium(TestPool where)
        {
            var answer = await world.Public(where, "ForgotPassword", "ana");
            return answer["CodeDeliveryDetails"]!["DeliveryMedium"]!.GetValue<string>();
        }
    }

    [Fact]
    public async Task Recovers_by_no_channel_that_everybody_is_asked_for()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var recovery = RecoveryBy("verified_phone_number", "verified_email");
        var pool = await TestPool.Create(world, Calls.Merge(MfaPools.Sms("ON"), recovery));
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        await pool.ConfirmedUser("bob", phone: "+15551110000");

        await world.Public(pool, "ForgotPassword", "ana");

        Assert.Single(world.Email.Sent);
        Assert.Equal(
            "InvalidParameterException: Cannot reset password for the user "
            + "as there is no registered/verified email or phone_number",
            (await world.Public(pool, "ForgotPassword", "bob")).ToString());
    }

    [Theory]
    [InlineData("LEGACY")]
    [InlineData("ENABLED")]
    public async Task Allows_five_an_hour_together_with_the_administrators(string hides)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: new { PreventUserExistenceErrors = hides });
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await world.Admin(pool, "AdminResetUserPassword", "ana");
        for (var i = 0; i < 4; i++) Assert.Equal("200", await Forget(world, pool, "ana"));

        Assert.Equal(
            Limit, await world.LeavesNothing(() => world.Public(pool, "ForgotPassword", "ana")));
        if (hides == "ENABLED")
        {
            for (var i = 0; i < 5; i++) Assert.Equal("200", await Forget(world, pool, "nobody"));
            Assert.Equal(Limit, await Forget(world, pool, "nobody"));
        }

        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("200", await Forget(world, pool, "ana"));
    }

    [Theory]
    [InlineData("ana", "email")]
    [InlineData("nobody@example.org", "email")]
    [InlineData("+15551239999", "phone_number")]
    public async Task Simulates_a_delivery_that_stays_the_same_for_a_name(string name, string attribute)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, PoolKinds.Of("verifies email"), new { PreventUserExistenceErrors = "ENABLED" });

        var first = (await world.Public(pool, "ForgotPassword", name))["CodeDeliveryDetails"]!;
        var second = (await world.Public(pool, "ForgotPassword", name))["CodeDeliveryDetails"]!;

        Assert.Equal(attribute, first["AttributeName"]!.GetValue<string>());
        Assert.Equal(attribute == "email" ? "EMAIL" : "SMS", first["DeliveryMedium"]!.GetValue<string>());
        Assert.Matches(
            attribute == "email" ? @"^\w\*\*\*@\w\*\*\*$" : @"^\+\*{7}\d{4}$",
            first["Destination"]!.GetValue<string>());
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Empty(world.Email.Sent);
        Assert.Empty(world.Sms.Sent);
    }

    [Fact]
    public async Task Sends_nothing_when_the_trigger_fails()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.Answers(CustomMessage, new TriggerAnswer.Failed("no"));
        var pool = await TestPool.Create(world, new { LambdaConfig = new { CustomMessage } });
        await pool.ConfirmedUser("ana", email: "ana@example.com");

        var (answer, rows) = await world.KindsOfRows(() => world.Public(pool, "ForgotPassword", "ana"));

        Assert.Equal("UserLambdaValidationException: CustomMessage failed with error no.", answer);
        Assert.Equal("", rows);
        Assert.Empty(world.Email.Sent);
    }

    [Fact]
    public async Task Keeps_the_code_when_it_cannot_be_delivered()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Email.Refusal = new DeliveryException("550 no such mailbox", permanent: true);

        var (answer, rows) = await world.KindsOfRows(() => world.Public(pool, "ForgotPassword", "ana"));

        Assert.StartsWith("CodeDeliveryFailureException", answer, StringComparison.Ordinal);
        Assert.Equal("+attempt +confirmation_code +outbox", rows);
    }

    [Theory]
    [InlineData(null, "Client {0} is configured with secret but SECRET_HASH was not received")]
    [InlineData("ana", "Unable to verify secret hash for client {0}")]
    [InlineData("ana@example.com", null)]
    public async Task Needs_the_hash_over_the_name_as_it_was_typed(string? hashOf, string? words)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var (other, secret) = await world.AnotherClient(pool, new { GenerateSecret = true });

        var answer = await world.Public(
            other,
            "ForgotPassword",
            "ana@example.com",
            hashOf is null
                ? null
                : new { SecretHash = Protocol.SecretHash.Compute(secret!, hashOf, other.ClientId) });

        Assert.Equal(
            words is null ? "200" : "NotAuthorizedException: " + string.Format(null, words, other.ClientId),
            answer.ToString());
    }

    private static async Task<string> Forget(World world, TestPool pool, string username) =>
        (await world.Public(pool, "ForgotPassword", username)).ToString();

    private static object RecoveryBy(params string[] mechanisms) => new
    {
        AccountRecoverySetting = new
        {
            RecoveryMechanisms = mechanisms.Select(
                (name, index) => new { Name = name, Priority = index + 1 }),
        },
    };

    private static async Task Bring(World world, TestPool pool, string status, bool hasContact, bool enabled)
    {
        await pool.ConfirmedUser("ana", hasContact ? "ana@example.com" : null);
        await world.SetStatus(pool.Id, "ana", status);
        if (!enabled) await world.Must("AdminDisableUser", new { UserPoolId = pool.Id, Username = "ana" });
    }
}
