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
    public async Task A_refusal_is_final_only_with_a_5xx_and_repeats_no_address(
        string command, string answer, bool isFinal, string reason)
    {
        server.Answers[command] = answer;

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sender.Send(Message(), Cancelled));

        Assert.Equal(isFinal, refusal.IsPermanent);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ana@", refusal.ToString(), StringComparison.Ordinal);
    }

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
