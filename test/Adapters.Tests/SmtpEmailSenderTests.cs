using System.Net;
using System.Text;
using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Adapters.Tests;

public sealed class SmtpEmailSenderTests : IAsyncDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);

    private readonly FakeTimeProvider clock = new(new(2026, 11, 5, 4, 3, 2, TimeSpan.Zero));
    private readonly ScriptedSmtp server = new();
    private readonly SmtpEmailSender sender;

    public SmtpEmailSenderTests() => sender = Sender();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await sender.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Hands_over_HTML_with_a_text_alternative()
    {
        await sender.Send(Message(body: "<p>Your code is <b>123456</b></p>"), Cancelled);

        Assert.Contains("MAIL FROM:<no-reply@pool.example>", server.Commands[1], StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<ana@example.com>", server.Commands[2], StringComparison.Ordinal);
        var message = server.Messages.Single();
        Assert.Contains("From: The Pool <no-reply@pool.example>\n", message, StringComparison.Ordinal);
        Assert.Contains("Date: Thu, 05 Nov 2026 04:03:02 +0000\n", message, StringComparison.Ordinal);
        Assert.Contains("Message-Id: <msg-1@pool.example>\n", message, StringComparison.Ordinal);
        Assert.Contains("Content-Type: multipart/alternative;", message, StringComparison.Ordinal);
        Assert.Contains("\nYour code is 123456\n", message, StringComparison.Ordinal);
        Assert.Contains("\n<p>Your code is <b>123456</b></p>\n", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_given_stands_beside_the_HTML_as_it_was_written()
    {
        await sender.Send(Message() with { Text = "Hello,\n\n   <Ana>" }, Cancelled);

        var message = server.Messages.Single();
        Assert.Contains("Content-Type: multipart/alternative;", message, StringComparison.Ordinal);
        Assert.Contains("\nHello,\n\n   <Ana>\n", message, StringComparison.Ordinal);
        Assert.Contains("\n<p>Hello</p>\n", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_HTML_says_its_language()
    {
        await sender.Send(Message() with { Language = "ar" }, Cancelled);

        var message = server.Messages.Single();
        Assert.Contains("<html lang=3D\"ar\" dir=3D\"rtl\">", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_alone_is_a_plain_mail()
    {
        await sender.Send(Message() with { Text = "Hello,\n\n   <Ana>", IsTextOnly = true }, Cancelled);

        var message = server.Messages.Single();
        Assert.Contains("Content-Type: text/plain; charset=utf-8\n", message, StringComparison.Ordinal);
        Assert.Contains("\n\nHello,\n\n   <Ana>\n", message, StringComparison.Ordinal);
        Assert.DoesNotContain("html", message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_date_is_that_of_the_message_and_not_of_the_try()
    {
        await sender.Send(
            Message() with { CreatedAt = new(2026, 11, 4, 1, 2, 3, TimeSpan.Zero) }, Cancelled);

        Assert.Contains(
            "Date: Wed, 04 Nov 2026 01:02:03 +0000\n", server.Messages.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pools_configuration_set_travels_as_a_header()
    {
        await sender.Send(Message() with { Route = new() { ConfigurationSet = "codes" } }, Cancelled);

        Assert.Contains(
            "X-SES-CONFIGURATION-SET: codes\n", server.Messages.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_message_is_the_same_byte_for_byte()
    {
        await sender.Send(Message(), Cancelled);
        await sender.Send(Message(), Cancelled);

        Assert.Equal(server.Messages[0], server.Messages[1]);
    }

    [Theory]
    [InlineData("MAIL", "550 5.7.1 sender", false, "sender (550)")]
    [InlineData("MAIL", "451 4.3.0 later", false, "sender (451)")]
    [InlineData("RCPT", "550 5.1.1 <ana@example.com> unknown", true, "recipient (550)")]
    [InlineData("RCPT", "550 unknown", true, "recipient (550)")]
    [InlineData("RCPT", "550 5.5.0 mailbox unavailable", true, "recipient (550)")]
    [InlineData("RCPT", "550-5.1.1 unknown\r\n550 5.1.1 at all", true, "recipient (550)")]
    [InlineData("RCPT", "501 5.1.3 Bad recipient address syntax", true, "recipient (501)")]
    [InlineData("RCPT", "551 User not local", true, "recipient (551)")]
    [InlineData("RCPT", "552 5.2.2 Mailbox full", true, "recipient (552)")]
    [InlineData("RCPT", "553 Mailbox name not allowed", true, "recipient (553)")]
    [InlineData("RCPT", "554 5.7.1 Relay access denied", true, "recipient (554)")]
    [InlineData("RCPT", "550 5.7.1 Recipient address rejected", true, "recipient (550)")]
    [InlineData("RCPT", "554 No", true, "recipient (554)")]
    [InlineData("RCPT", "504 5.5.2 need fully-qualified hostname", false, "session (504)")]
    [InlineData("RCPT", "500 What?", false, "session (500)")]
    [InlineData("RCPT", "501 Syntax", false, "session (501)")]
    [InlineData("RCPT", "502 Not implemented", false, "session (502)")]
    [InlineData("RCPT", "503 5.7.0 Authenticate first", false, "session (503)")]
    [InlineData("RCPT", "504 Not implemented", false, "session (504)")]
    [InlineData("RCPT", "555 Parameters", false, "session (555)")]
    [InlineData("RCPT", "554-5.5.1 Error\r\n554 5.5.1 no", false, "session (554)")]
    [InlineData("RCPT", "550 5.7.10 Encryption needed", false, "session (550)")]
    [InlineData("RCPT", "535 5.7.8 Credentials invalid", false, "session (535)")]
    [InlineData("RCPT", "550 5.7.25 No reverse DNS", false, "sender (550)")]
    [InlineData("RCPT", "550 5.1.8 Sender address rejected", false, "sender (550)")]
    [InlineData("RCPT", "421 4.3.2 Going down", false, "recipient (421)")]
    [InlineData(".", "503 5.5.1 Bad sequence", false, "session (503)")]
    [InlineData(".", "550 5.7.26 Unauthenticated", false, "sender (550)")]
    [InlineData("RCPT", "450 4.2.0 greylisted", false, "recipient (450)")]
    [InlineData("RCPT", "600 no such code", false, "recipient (600)")]
    [InlineData("RCPT", "999 no such code", false, "recipient (999)")]
    [InlineData(".", "554 5.6.0 spam", true, "message (554)")]
    [InlineData(".", "452 4.3.1 full", false, "message (452)")]
    [InlineData("EHLO", "", false, "connection was lost before the mail server had taken the message")]
    [InlineData("DATA", "", false, "connection was lost before the mail server had taken the message")]
    [InlineData(".", "", false, "connection was lost before the mail server had taken the message")]
    [InlineData("EHLO", "Hello", false, "said is not SMTP")]
    [InlineData("MAIL", "Is that for me?", false, "said is not SMTP")]
    [InlineData("RCPT", "250-fine\r\n550 not", false, "said is not SMTP")]
    [InlineData(".", "HTTP/1.1 400", false, "said is not SMTP")]
    [InlineData("MAIL", "530 5.7.0 Authentication required", false, "asks for a sign-in (530)")]
    [InlineData("RCPT", "530 5.7.0 Authentication required", false, "asks for a sign-in (530)")]
    public async Task A_refusal_is_final_only_with_a_5xx_of_message_or_recipient_and_repeats_no_address(
        string command, string answer, bool isFinal, string reason)
    {
        server.Answers[command] = answer;

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sender.Send(Message(), Cancelled));

        Assert.Equal(isFinal, refusal.IsPermanent);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ana@", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("550 5.1.1 unknown", "recipient (550)")]
    [InlineData("550 5.5.1 bad sequence", "session (550)")]
    public async Task A_server_that_announces_its_statuses_is_understood_alike(string answer, string reason)
    {
        server.Capabilities = "250-scripted\r\n250 ENHANCEDSTATUSCODES";
        server.Answers["RCPT"] = answer;

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sender.Send(Message(), Cancelled));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "mail.pool.example", "EHLO mail.pool.example")]
    [InlineData(null, "7f1c2d3e4f5a", "EHLO [127.0.0.1]")]
    [InlineData("out.pool.example", "mail.pool.example", "EHLO out.pool.example")]
    [InlineData("2001:db8::25", "7f1c2d3e4f5a", "EHLO [IPv6:2001:db8::25]")]
    public async Task Greets_by_a_full_name_or_by_an_address(
        string? configured, string hostName, string greeting)
    {
        await using var greeter = SampleMail.Sender(
            server, clock, hostName: hostName, localDomain: configured);

        await greeter.Send(Message(), Cancelled);

        Assert.Equal(greeting, server.Commands[0]);
    }

    [Theory]
    [InlineData("pool", "192.0.2.1", "[192.0.2.1]")]
    [InlineData("pool", "::ffff:192.0.2.1", "[192.0.2.1]")]
    [InlineData("pool", "2001:db8::1", "[IPv6:2001:db8::1]")]
    [InlineData("pool", "fe80::1%2", "[IPv6:fe80::1]")]
    [InlineData("pool.", "192.0.2.1", "[192.0.2.1]")]
    [InlineData("my_pool.example", "192.0.2.1", "[192.0.2.1]")]
    [InlineData("192.0.2.7", "192.0.2.1", "[192.0.2.1]")]
    [InlineData("", "192.0.2.1", "[192.0.2.1]")]
    [InlineData("a.pool.example", "192.0.2.1", "a.pool.example")]
    public void Who_has_no_full_name_is_known_by_the_address(string name, string address, string expected) =>
        Assert.Equal(expected, SmtpGreeting.Of(configured: null, name, IPAddress.Parse(address)));

    [Fact]
    public async Task After_a_refusal_the_next_message_goes_through()
    {
        server.Answers["RCPT"] = "550 unknown";
        await Assert.ThrowsAsync<DeliveryException>(() => sender.Send(Message(), Cancelled));
        server.Answers.Clear();

        await sender.Send(Message(), Cancelled);

        Assert.Single(server.Messages);
    }

    [Theory]
    [InlineData("421 busy", "The mail server refused a command.")]
    [InlineData("554 go away", "The mail server refused a command.")]
    [InlineData("SSH-2.0-OpenSSH", "What the mail server said is not SMTP.")]
    public async Task A_server_that_does_not_greet_may_be_tried_again(string greeting, string reason)
    {
        server.Greeting = greeting;

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sender.Send(Message(), Cancelled));

        Assert.False(refusal.IsPermanent);
        Assert.Equal(reason, refusal.Message);
    }

    [Fact]
    public async Task A_server_that_is_not_there_cannot_be_reached()
    {
        await server.DisposeAsync();

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sender.Send(Message(), Cancelled));

        Assert.False(refusal.IsPermanent);
        Assert.Equal("The mail server could not be reached.", refusal.Message);
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_no_message_where_that_is_demanded()
    {
        await using var strict = Sender(SmtpSecurity.StartTls);

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => strict.Send(Message(), Cancelled));

        Assert.False(refusal.IsPermanent);
        Assert.DoesNotContain(
            server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Signs_in_where_an_account_is_set()
    {
        server.Capabilities = "250-scripted\r\n250 AUTH PLAIN";
        server.Answers["AUTH"] = "235 welcome";
        await using var known = Sender(user: "mailer");

        await known.Send(Message(), Cancelled);

        var expected = Convert.ToBase64String(Encoding.ASCII.GetBytes("\0mailer\0mail secret"));
        Assert.Contains($"AUTH PLAIN {expected}", server.Commands);
    }

    [Fact]
    public async Task A_refused_account_may_be_repaired_and_its_password_stays_unsaid()
    {
        server.Capabilities = "250-scripted\r\n250 AUTH PLAIN";
        server.Answers["AUTH"] = "535 mail secret is wrong";
        await using var known = Sender(user: "mailer");

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => known.Send(Message(), Cancelled));

        Assert.False(refusal.IsPermanent);
        Assert.DoesNotContain("mail secret", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        // The greeting's end of line is missing: the client waits for it.
        server.Greeting = "220-scripted";
        var call = sender.Send(Message(), Cancelled);
        clock.Advance(TimeSpan.FromSeconds(31));

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => call);

        Assert.False(refusal.IsPermanent);
    }

    [Fact]
    public async Task The_answer_to_a_whole_message_may_take_ten_minutes()
    {
        var held = new TaskCompletionSource();
        server.Taking = held.Task;
        await using var hasty = Sender(stepLimit: Short);
        var sending = hasty.Send(Message(body: "Wait.\r\n.\r\n..\r\nGo on."), Cancelled);
        await server.Read.WaitAsync(Cancelled);
        // Far longer than a step may take otherwise.
        await Task.Delay(5 * Short, Cancelled);
        clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await Task.Delay(Short, Cancelled);

        Assert.False(sending.IsCompleted);
        held.SetResult();
        await sending;
        Assert.Single(server.Messages);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task No_answer_to_a_whole_message_within_ten_minutes_is_none()
    {
        var held = new TaskCompletionSource();
        server.Taking = held.Task;
        await using var hasty = Sender(stepLimit: Short);
        var sending = hasty.Send(Message(), Cancelled);
        await server.Read.WaitAsync(Cancelled);
        await Task.Delay(5 * Short, Cancelled);
        clock.Advance(TimeSpan.FromMinutes(10));

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sending);

        Assert.Equal("The mail server did not answer in time.", refusal.Message);
    }

    [Theory]
    [InlineData("MAIL", "250-wait")]
    [InlineData("RCPT", "250-wait")]
    [InlineData("DATA", "354-wait")]
    [InlineData(".", "250-wait")]
    public async Task No_other_step_may_take_so_long(string command, string unfinished)
    {
        server.Answers[command] = unfinished;
        await using var hasty = Sender(stepLimit: Short);

        var refusal = await Assert.ThrowsAsync<DeliveryException>(
            () => hasty.Send(Message(), Cancelled).WaitAsync(TimeSpan.FromSeconds(20), Cancelled));

        Assert.False(refusal.IsPermanent);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_the_answer_to_a_whole_message()
    {
        server.Taking = new TaskCompletionSource().Task;
        var hasty = Sender(stepLimit: Short);
        var sending = hasty.Send(Message(), Cancelled);
        await server.Read.WaitAsync(Cancelled);
        await Task.Delay(5 * Short, Cancelled);

        await hasty.DisposeAsync();

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sending);
        Assert.Equal("The sender is closing.", refusal.Message);
    }

    private static EmailMessage Message(string body = "<p>Hello</p>") => SampleMail.Message(body);

    private SmtpEmailSender Sender(
        SmtpSecurity security = SmtpSecurity.None, string? user = null, TimeSpan? stepLimit = null) =>
        SampleMail.Sender(server, clock, security, user, stepLimit);
}
