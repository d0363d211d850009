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
    }
}
