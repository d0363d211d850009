using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Senders;

/// <summary>How many messages may leave.</summary>
public sealed class MessageQuotaTests
{
    private const string EmailsUsedUp =
        "LimitExceededException: Exceeded daily email limit for the operation or the account. If a higher "
        + "limit is required, please configure your user pool to use your own Amazon SES configuration for "
        + "sending email.";

    private const string TextsUsedUp =
        "LimitExceededException: Attempt limit exceeded, please try after some time.";

    private static readonly (string Name, string? Email, string? Phone)[] Users =
        [("ana", "ana@example.com", null), ("ben", null, "+15551230001")];

    [Theory, EachDatabase]
    public async Task The_services_own_account_sends_so_many_emails_until_nine(DatabaseKind kind)
    {
        await using var world = await World.Start(kind, messages: new(EmailsPerDay: 2));
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        var other = await TestPool.Create(world, PoolKinds.Of("email alias"));

        Assert.Equal("200", $"{await SignUp(pool, "ana")}");
        Assert.Equal("200", $"{await SignUp(other, "ben")}");
        Assert.Equal(EmailsUsedUp, $"{await SignUp(pool, "cleo")}");
        Assert.Equal(2, world.Email.Sent.Count);
        var rows = await world.RowsOf("outbox");
        Assert.Single(rows, row => row.Contains("state=failed", StringComparison.Ordinal));
        world.Clock.SetUtcNow(World.Beginning.Date.AddHours(9).AddMinutes(-1));
        Assert.Equal(EmailsUsedUp, $"{await SignUp(pool, "dan")}");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("200", $"{await SignUp(pool, "eve")}");

        Task<Answer> SignUp(TestPool to, string name) =>
            world.SignUp(to, name, $"email={name}@example.com");
    }

    [Fact]
    public async Task A_pool_with_a_sender_of_its_own_is_not_counted()
    {
        await using var world = await World.Start(DatabaseKind.Memory, messages: new(EmailsPerDay: 1));
        var pool = await TestPool.Create(world, new
        {
            AutoVerifiedAttributes = (string[])["email"],
            EmailConfiguration = new
            {
                EmailSendingAccount = "DEVELOPER",
                SourceArn = "arn:aws:ses:us-east-1:000000000000:identity/a@example.com",
            },
        });

        foreach (var name in (string[])["ana", "ben"])
            Assert.Equal("200", $"{await world.SignUp(pool, name, $"email={name}@example.com")}");
    }

    [Fact]
    public async Task Where_no_limit_is_declared_the_delivery_has_failed()
    {
        await using var world = await World.Start(DatabaseKind.Memory, messages: new(EmailsPerDay: 1));
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        await world.SignUp(pool, "ana", "email=ana@example.com");

        var answer = await world.Admin(
            pool, "AdminCreateUser", "ben",
            new
            {
                UserAttributes = Calls.Attributes("email=ben@example.com"),
                DesiredDeliveryMediums = (string[])["EMAIL"],
            });

        Assert.Equal("CodeDeliveryFailureException", answer.Code);
    }

    [Fact]
    public async Task A_number_gets_so_many_text_messages_whoever_asks()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, messages: new(SmsPerNumberPerHour: 2, SmsPerNumberPerDay: 3));
        var pool = await TestPool.Create(world, SenderPools.Settings(""));

        Assert.Equal("200", $"{await SignUp("ana", "+15551230001")}");
        Assert.Equal("200", $"{await SignUp("ben", "+15551230001")}");
        Assert.StartsWith(
            "LimitExceededException: ", $"{await SignUp("cleo", "+15551230001")}", StringComparison.Ordinal);
        Assert.Equal("200", $"{await SignUp("dan", "+15551230002")}");
        world.Clock.Advance(TimeSpan.FromHours(1));
        // The one that was refused has been counted for the hour only.
        Assert.Equal("200", $"{await SignUp("eve", "+15551230001")}");
        Assert.StartsWith(
            "LimitExceededException: ", $"{await SignUp("fay", "+15551230001")}", StringComparison.Ordinal);
        Assert.Equal(4, world.Sms.Sent.Count);
        Assert.DoesNotContain(
            await world.RowsOf("attempt"), row => row.Contains("+1555", StringComparison.Ordinal));

        Task<Answer> SignUp(string name, string number) =>
            world.SignUp(pool, name, $"phone_number={number}");
    }

    [Fact]
    public async Task What_a_function_delivers_is_the_functions_to_count()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, messages: new(EmailsPerDay: 1, SmsPerNumberPerHour: 1));
        var pool = await SenderPools.Create(world, "es");

        foreach (var name in (string[])["ana", "ben"])
        {
            Assert.Equal("200", $"{await world.SignUp(pool, name, $"email={name}@example.com")}");
            Assert.Equal("200", $"{await world.SignUp(pool, name + "2", "phone_number=+15551230001")}");
        }
    }

    [Fact]
    public async Task Who_must_not_learn_of_it_does_not()
    {
        await using var world = await World.Start(DatabaseKind.Memory, messages: new(EmailsPerDay: 1));
        var pool = await TestPool.Create(
            world, PoolKinds.Of("email alias"), new { PreventUserExistenceErrors = "ENABLED" });
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await world.Public(pool, "ForgotPassword", "ana");

        var known = await world.Public(pool, "ForgotPassword", "ana");
        var unknown = await world.Public(pool, "ForgotPassword", "nobody");

        Assert.Equal($"{unknown}", $"{known}");
        // Nor by guessing: there is a code for both.
        foreach (var name in (string[])["ana", "nobody"])
        {
            Assert.StartsWith(
                "CodeMismatchException: ", $"{await SetPassword(world, pool, name, "x")}",
                StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase]
    public async Task An_administrator_locks_nobody_out_whose_code_is_one_too_many(DatabaseKind kind)
    {
        await using var world = await World.Start(
            kind, messages: new(EmailsPerDay: 1, SmsPerNumberPerDay: 1));
        var pool = await TestPool.Create(world, SenderPools.Settings(""));
        foreach (var (name, email, phone) in Users)
        {
            await pool.ConfirmedUser(name, email, phone);
            Assert.Equal("200", $"{await world.Public(pool, "ForgotPassword", name)}");
        }

        Assert.Equal(EmailsUsedUp, await world.LeavesNothing(() => Reset("ana")));
        Assert.Equal(TextsUsedUp, await world.LeavesNothing(() => Reset("ben")));
        Assert.Equal("CONFIRMED", await pool.StatusOf("ana"));
        Assert.Equal("tokens", TestApp.Outcome(await pool.SignIn("ben")));

        Task<Answer> Reset(string name) => world.Admin(pool, "AdminResetUserPassword", name);
    }

    [Theory]
    [InlineData("ResendConfirmationCode", "email")]
    [InlineData("ResendConfirmationCode", "phone_number")]
    [InlineData("ForgotPassword", "email")]
    [InlineData("ForgotPassword", "phone_number")]
    [InlineData("GetUserAttributeVerificationCode", "email")]
    [InlineData("GetUserAttributeVerificationCode", "phone_number")]
    public async Task A_code_that_is_one_too_many_leaves_the_one_before_in_force(
        string operation, string attribute)
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, messages: new(EmailsPerDay: 1, SmsPerNumberPerHour: 1));
        var pool = await TestPool.Create(world, SenderPools.Settings(""));
        var (name, email, phone) = Users.Single(user => user.Email is null == (attribute != "email"));
        if (operation == "ResendConfirmationCode")
            await world.SignUp(pool, name, $"{attribute}={email ?? phone}");
        else await pool.ConfirmedUser(name, email, phone);
        var token = operation == "GetUserAttributeVerificationCode" ? await pool.AccessTokenOf(name) : "";
        if (operation != "ResendConfirmationCode") Assert.Equal("200", $"{await Ask()}");
        var held = pool.LastCode();

        Assert.Equal(email is null ? TextsUsedUp : EmailsUsedUp, await world.LeavesNothing(Ask));
        Assert.Equal("200", $"{await Redeem()}");

        Task<Answer> Ask() => token == ""
            ? world.Public(pool, operation, name)
            : world.Own(token, operation, new { AttributeName = attribute });

        Task<Answer> Redeem() => operation switch
        {
            "ResendConfirmationCode" => world.Public(
                pool, "ConfirmSignUp", name, new { ConfirmationCode = held }),
            "ForgotPassword" => SetPassword(world, pool, name, held),
            _ => world.Own(token, "VerifyUserAttribute", new { AttributeName = attribute, Code = held }),
        };
    }

    [Theory, EachDatabase]
    public async Task Of_many_that_ask_at_once_no_more_get_a_code_than_there_is_room_for(DatabaseKind kind)
    {
        await using var world = await World.Start(kind, messages: new(EmailsPerDay: 3));
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        for (var i = 0; i < 12; i++) await pool.ConfirmedUser($"u{i}", email: $"u{i}@example.com");

        var answers = await world.Burst(
            12, "ForgotPassword", i => new { pool.ClientId, Username = $"u{i}" });

        Assert.Equal(3, answers["200"]);
        Assert.Equal(9, answers["LimitExceededException"]);
        Assert.Equal(3, world.Email.Sent.Count);
        Assert.Equal(3, (await world.RowsOf("confirmation_code")).Count);
    }

    [Fact]
    public async Task A_code_that_leaves_late_is_counted_once()
    {
        await using var world = await World.Start(DatabaseKind.Memory, messages: new(EmailsPerDay: 2));
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        foreach (var (name, email, _) in Users) await pool.ConfirmedUser(name, email ?? "ben@example.com");
        world.Email.Refusal = new DeliveryException("The transport is away.", permanent: false);
        await world.Public(pool, "ForgotPassword", "ana");
        world.Email.Refusal = null;
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.DeliverDue();

        Assert.Equal("200", $"{await world.Public(pool, "ForgotPassword", "ben")}");
        Assert.Equal(2, world.Email.Sent.Count);
        Assert.Equal(EmailsUsedUp, $"{await world.Public(pool, "ForgotPassword", "ana")}");
    }

    private static Task<Answer> SetPassword(World world, TestPool pool, string name, string code) =>
        world.Public(
            pool, "ConfirmForgotPassword", name, new { ConfirmationCode = code, Password = "New-1234!" });
}
