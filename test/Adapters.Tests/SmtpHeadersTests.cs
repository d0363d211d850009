using System.Text;
using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Adapters.Tests;

/// <summary>Addresses and subjects, which users and pools choose.</summary>
public sealed class SmtpHeadersTests : IAsyncDisposable
{
    private readonly ScriptedSmtp server = new();
    private readonly SmtpEmailSender sender;

    public SmtpHeadersTests() =>
        sender = SampleMail.Sender(server, new(new(2026, 11, 5, 4, 3, 2, TimeSpan.Zero)));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await sender.DisposeAsync();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("ana@example.com\r\nRCPT TO:<eve@example.com>")]
    [InlineData("ana@example.com, eve@example.com")]
    [InlineData("Ana <ana@example.com>")]
    [InlineData("ana@example.com> <eve@example.com")]
    [InlineData("ana.@example.com, eve@example.com")]
    [InlineData("Ana. <ana@example.com>")]
    [InlineData("..ana@eve@example.com")]
    [InlineData("ana@example..com")]
    [InlineData("ana")]
    [InlineData("")]
    public async Task A_recipient_is_one_bare_address_or_none(string to)
    {
        var refusal = await Assert.ThrowsAsync<DeliveryException>(
            () => sender.Send(SampleMail.Message() with { To = to }, Cancelled));

        Assert.True(refusal.IsPermanent);
        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData("ana.maria.@carrier.example")]
    [InlineData(".ana@carrier.example")]
    [InlineData("ana..maria@carrier.example")]
    [InlineData("...@carrier.example")]
    public async Task A_name_with_dots_where_none_may_stand_travels_in_quotes(string to)
    {
        await sender.Send(SampleMail.Message() with { To = to }, Cancelled);

        var quoted = "\"" + to.Replace("@", "\"@", StringComparison.Ordinal);
        Assert.Contains($"RCPT TO:<{quoted}>", server.Commands);
        Assert.Contains($"\nTo: {quoted}\n", server.Messages.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jürgen@example.com", "no-reply@pool.example", null, true, "recipient")]
    [InlineData("ana@example.com", "büro@pool.example", null, false, "sender")]
    [InlineData("ana@example.com", "no-reply@pool.example", "büro@pool.example", false, "reply-to")]
    public async Task Addresses_beyond_ASCII_go_only_where_they_are_taken(
        string to, string from, string? replyTo, bool isFinal, string role)
    {
        var message = SampleMail.Message() with { To = to, From = from, ReplyTo = replyTo };

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sender.Send(message, Cancelled));

        Assert.Equal(isFinal, refusal.IsPermanent);
        Assert.Equal(
            $"The address of the {role} is not ASCII, which the mail server does not take.",
            refusal.Message);
        Assert.DoesNotContain(server.Commands, command => command.Contains('<', StringComparison.Ordinal));
        server.Capabilities = "250-scripted\r\n250-8BITMIME\r\n250 SMTPUTF8";
        await sender.Send(message, Cancelled);
        Assert.Contains(server.Commands, command => command.StartsWith("MAIL FROM", StringComparison.Ordinal)
            && command.Contains("SMTPUTF8", StringComparison.Ordinal));
        Assert.Contains($"RCPT TO:<{to}>", server.Commands);
    }

    [Fact]
    public async Task Domains_beyond_ASCII_travel_encoded()
    {
        await sender.Send(
            SampleMail.Message() with { To = "ana@bücher.example", From = "a@bücher.example" }, Cancelled);

        Assert.Contains("RCPT TO:<ana@xn--bcher-kva.example>", server.Commands);
        var message = server.Messages.Single();
        Assert.Contains("Message-Id: <msg-1@xn--bcher-kva.example>\n", message, StringComparison.Ordinal);
        Assert.True(Ascii.IsValid(message));
    }

    [Theory]
    [InlineData("ana@xn--bcher-kva.example")]
    [InlineData("ana@XN--bcher-kva.example")]
    public async Task Domains_that_are_encoded_already_stay_so(string to)
    {
        server.Capabilities = "250-scripted\r\n250-8BITMIME\r\n250 SMTPUTF8";

        await sender.Send(
            SampleMail.Message() with { To = to, From = "Ü <a@xn--bcher-kva.example>" }, Cancelled);

        Assert.Contains($"RCPT TO:<{to}>", server.Commands);
        Assert.DoesNotContain(
            server.Commands, command => command.Contains("SMTPUTF8", StringComparison.Ordinal));
        Assert.True(Ascii.IsValid(server.Messages.Single()));
        // What needs the extension still travels with it.
        await sender.Send(SampleMail.Message() with { Id = "next", To = "jürgen@example.com" }, Cancelled);
        Assert.Contains("RCPT TO:<jürgen@example.com>", server.Commands);
    }

    [Fact]
    public async Task A_long_subject_takes_several_encoded_words()
    {
        var text = "Bestätigung für Ihr Konto – ✓ " + new string('ä', 60) + " 𝒜 und Schluß";

        await sender.Send(
            SampleMail.Message() with { Subject = text, From = $"{text} <club@example.com>" }, Cancelled);

        using var sent = new MemoryStream(Encoding.UTF8.GetBytes(server.Messages.Single()));
        var read = await MimeKit.MimeMessage.LoadAsync(sent, Cancelled);
        Assert.Equal((text, text), (read.Subject, read.From.Mailboxes.Single().Name));
        Assert.All(server.Messages[0].Split('\n'), line => Assert.InRange(line.Length, 0, 78));
    }

    [Theory]
    [InlineData("The Pool <no-reply@pool.example>\r\nBcc: eve@example.com")]
    [InlineData("no-reply@pool.example, eve@example.com")]
    [InlineData("The Pool")]
    public async Task A_sender_cannot_add_headers_and_may_be_repaired(string from)
    {
        var sent = await Assert.ThrowsAsync<DeliveryException>(
            () => sender.Send(SampleMail.Message() with { From = from }, Cancelled));
        var answered = await Assert.ThrowsAsync<DeliveryException>(
            () => sender.Send(SampleMail.Message() with { ReplyTo = from }, Cancelled));

        Assert.Equal((false, false), (sent.IsPermanent, answered.IsPermanent));
    }

    [Theory]
    [InlineData("<club@example.com>")]
    [InlineData("Club e.V. «Köln» <club@example.com>")]
    [InlineData("\"Club, Inc. \\\"Cologne\\\"\" <club@example.com>")]
    public async Task Whom_a_pool_may_name_can_send(string from)
    {
        await sender.Send(SampleMail.Message() with { From = from }, Cancelled);

        Assert.Contains("MAIL FROM:<club@example.com>", server.Commands[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subject_cannot_add_headers()
    {
        await sender.Send(SampleMail.Message() with { Subject = "Hello\r\nBcc: eve@example.com" }, Cancelled);

        Assert.Contains(
            "\nSubject: Hello  Bcc: eve@example.com\n", server.Messages[0], StringComparison.Ordinal);
        Assert.DoesNotContain("\nBcc:", server.Messages[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Welcome =?utf-8?b?SWhyIEtvbnRvIGlzdCBnZXNwZXJydA==?=")]
    [InlineData("Willkommen, Jürgen=?utf-8?q?_gesperrt?=!")]
    [InlineData("=?utf-8?q?a?= and a text that needs more than one word, ünd möre than öne line")]
    public async Task What_looks_like_an_encoded_word_is_shown_as_it_is(string text)
    {
        var name = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        var message = SampleMail.Message() with
        {
            Subject = text,
            From = $"=?utf-8?b?{name}?= <club@example.com>",
        };

        await sender.Send(message, Cancelled);

        using var sent = new MemoryStream(Encoding.UTF8.GetBytes(server.Messages.Single()));
        var read = await MimeKit.MimeMessage.LoadAsync(sent, Cancelled);
        Assert.Equal(text, read.Subject);
        Assert.Equal(text, read.From.Mailboxes.Single().Name);
        Assert.All(server.Messages[0].Split('\n'), line => Assert.InRange(line.Length, 0, 78));
    }
}
