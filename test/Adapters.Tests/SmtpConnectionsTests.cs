using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Adapters.Tests;

/// <summary>How many connections to the mail server there are, and for how long.</summary>
public sealed class SmtpConnectionsTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider clock = new(new(2026, 11, 5, 4, 3, 2, TimeSpan.Zero));
    private readonly ScriptedSmtp server = new();
    private readonly SmtpEmailSender sender;

    public SmtpConnectionsTests() => sender = new(
        new()
        {
            Host = "127.0.0.1",
            Port = server.Port,
            Security = SmtpSecurity.None,
            From = "no-reply@pool.example",
        },
        clock,
        NullLogger<SmtpEmailSender>.Instance);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await sender.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Parallel_messages_use_four_connections_and_never_more()
    {
        await SendHeld(count: 30, atOnce: 4);

        Assert.Equal(30, server.Messages.Count);
        Assert.Equal(4, server.MostAtOnce);
        Assert.Equal(4, server.Connections);
    }

    [Fact]
    public async Task Messages_in_a_row_use_one_connection_and_ask_nothing_before()
    {
        for (var message = 0; message < 5; message++)
        {
            await Send();
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(1, server.Connections);
        Assert.Equal(5, server.Messages.Count);
        Assert.DoesNotContain("NOOP", server.Commands);
    }

    [Fact]
    public async Task A_connection_that_was_idle_for_more_than_seconds_is_asked_first()
    {
        await Send();
        clock.Advance(TimeSpan.FromSeconds(6));

        await Send();

        Assert.Equal(1, server.Connections);
        Assert.Single(server.Commands, "NOOP");
    }

    [Theory]
    [InlineData("")]
    [InlineData("421 4.4.2 idle for too long")]
    [InlineData("502 5.5.1 unknown")]
    [InlineData("250 fine\r\n550 more")]
    public async Task A_connection_that_does_not_confirm_that_it_lives_is_replaced(string answer)
    {
        server.Answers["NOOP"] = answer;
        await Send();
        clock.Advance(TimeSpan.FromSeconds(6));

        await Send();

        Assert.Equal(2, server.Connections);
        Assert.Equal(2, server.Messages.Count);
    }

    [Fact]
    public async Task Connections_that_the_server_closed_cost_no_message()
    {
        await SendHeld(count: 4, atOnce: 4);
        server.HangUp();
        await Closes(4);

        for (var message = 0; message < 4; message++) await Send();

        Assert.Equal(5, server.Connections);
        Assert.Equal(8, server.Messages.Count);
    }

    [Fact]
    public async Task With_a_connection_that_the_server_closed_the_other_idle_ones_go_too()
    {
        await SendHeld(count: 4, atOnce: 4);
        server.LaterAnswers["MAIL"] = "421 4.3.2 stopping";

        await Send();

        await Closes(4);
    }

    [Theory]
    [InlineData("")]
    [InlineData("421 4.4.2 idle for too long")]
    public async Task A_server_that_hangs_up_at_the_next_message_gets_it_on_a_fresh_connection(string answer)
    {
        server.LaterAnswers["MAIL"] = answer;
        await Send();

        await Send();

        Assert.Equal(2, server.Connections);
        Assert.Equal(2, server.Messages.Count);
    }

    [Fact]
    public async Task The_same_holds_for_commands_that_are_sent_together()
    {
        server.Capabilities = "250-scripted\r\n250 PIPELINING";
        server.LaterAnswers["MAIL"] = "421 4.4.2 idle for too long";
        await Send();

        await Send();

        Assert.Equal(2, server.Connections);
        Assert.Equal(2, server.Messages.Count);
    }

    [Fact]
    public async Task A_fresh_connection_that_fails_too_is_the_end()
    {
        await Send();
        server.Answers["MAIL"] = "";

        var refusal = await Assert.ThrowsAsync<DeliveryException>(Send);

        Assert.False(refusal.IsPermanent);
        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [InlineData("MAIL", "451 4.3.0 later")]
    [InlineData("MAIL", "530 5.7.0 sign in")]
    [InlineData("MAIL", "550 5.7.1 sender")]
    [InlineData("RCPT", "")]
    [InlineData("RCPT", "421 4.3.2 stopping")]
    [InlineData("DATA", "")]
    public async Task A_message_that_the_server_has_begun_with_is_not_repeated(string command, string answer)
    {
        await Send();
        server.LaterAnswers[command] = answer;

        await Assert.ThrowsAsync<DeliveryException>(Send);

        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(".", "250 taken\r\n550 more")]
    [InlineData(".", "250 taken\r\n250 extra\r\n550 more")]
    [InlineData(".", "250-taken\r\n250 indeed\r\n550-more")]
    [InlineData(".", "250 taken\r\n5")]
    public async Task A_server_that_says_more_than_it_is_asked_for_is_not_believed_twice(
        string command, string answer)
    {
        server.Answers[command] = answer;
        await Send();
        await Closes(1);
        server.Answers.Clear();

        await Send();

        Assert.Equal(2, server.Connections);
        Assert.Equal(2, server.Messages.Count);
    }

    [Fact]
    public async Task What_is_said_unasked_between_messages_is_no_answer_to_the_next()
    {
        await Send();
        server.SayUnasked("550 5.7.1 more");
        // Nobody reads it, so that nothing tells when it has come.
        await Task.Delay(TimeSpan.FromSeconds(1), Cancelled);

        await Send();

        Assert.Equal(2, server.Connections);
        Assert.Equal(2, server.Messages.Count);
    }

    [Fact]
    public async Task An_answer_in_many_lines_is_one()
    {
        server.Answers["."] = "250-taken\r\n250-and\r\n250 kept";
        await Send();

        await Send();

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Idle_connections_are_closed_and_opened_again_when_needed()
    {
        await SendHeld(count: 3, atOnce: 3);
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, server.Closed.CurrentCount);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Closes(3);

        await Send();

        Assert.Equal(4, server.Connections);
    }

    [Fact]
    public async Task A_connection_in_use_stays_while_those_that_nobody_needs_are_closed()
    {
        await SendHeld(count: 2, atOnce: 2);
        clock.Advance(TimeSpan.FromSeconds(20));
        await Send();
        clock.Advance(TimeSpan.FromSeconds(10));
        await Closes(1);

        await Send();

        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Connections_that_fell_idle_one_after_the_other_are_all_closed()
    {
        await SendHeld(count: 2, atOnce: 2);
        clock.Advance(TimeSpan.FromSeconds(20));
        await Send();

        clock.Advance(TimeSpan.FromSeconds(10));
        await Closes(1);
        clock.Advance(TimeSpan.FromSeconds(20));
        await Closes(1);
    }

    [Fact]
    public async Task A_connection_carries_a_hundred_messages()
    {
        for (var message = 0; message < 100; message++) await Send();
        await Closes(1);

        await Send();

        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [InlineData("EHLO", "")]
    [InlineData("MAIL", "")]
    [InlineData("RCPT", "550 5.1.1 unknown")]
    [InlineData("DATA", "421 4.3.2 stopping")]
    [InlineData(".", "452 4.3.1 full")]
    public async Task Failures_leave_room_for_four_messages(string command, string answer)
    {
        server.Answers[command] = answer;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(
            _ => Assert.ThrowsAsync<DeliveryException>(Send)));
        Assert.InRange(server.Closed.CurrentCount, 1, 50);
        server.Answers.Clear();

        await SendHeld(count: 4, atOnce: 4);
    }

    [Fact]
    public async Task A_message_waits_no_longer_than_its_caller()
    {
        await SendHeld(count: 4, atOnce: 4, meanwhile: async () =>
        {
            using var caller = new CancellationTokenSource();
            var late = Enumerable.Range(0, 50).Select(_ => sender.Send(Message, caller.Token)).ToList();
            await caller.CancelAsync();
            foreach (var message in late)
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => message);
        });

        await SendHeld(count: 4, atOnce: 4);

        Assert.Equal(8, server.Messages.Count);
        Assert.Equal(4, server.Connections);
    }

    [Fact]
    public async Task Messages_that_are_given_up_under_way_leave_room_for_others()
    {
        var held = new TaskCompletionSource();
        server.Taking = held.Task;
        var late = Enumerable.Range(0, 10).Select(_ => Send()).ToList();
        await Reads(4);
        // Six have no turn for half a minute, and four no answer for ten.
        while (late.Exists(message => !message.IsCompleted))
        {
            clock.Advance(TimeSpan.FromSeconds(31));
            await Task.Delay(10, Cancelled);
        }

        foreach (var message in late)
            Assert.False((await Assert.ThrowsAsync<DeliveryException>(() => message)).IsPermanent);
        held.SetResult();

        await SendHeld(count: 4, atOnce: 4);
    }

    [Fact]
    public async Task Disposal_closes_idle_connections()
    {
        await SendHeld(count: 3, atOnce: 3);

        await sender.DisposeAsync();

        await Closes(3);
    }

    [Fact]
    public async Task Disposal_gives_up_what_is_under_way_and_what_waits()
    {
        var held = new TaskCompletionSource();
        server.Taking = held.Task;
        var messages = Enumerable.Range(0, 10).Select(_ => Send()).ToList();
        await Reads(4);

        await sender.DisposeAsync();

        foreach (var message in messages)
        {
            var refusal = await Assert.ThrowsAsync<DeliveryException>(() => message);
            Assert.False(refusal.IsPermanent);
            Assert.Equal("The sender is closing.", refusal.Message);
        }

        held.SetResult();
        await Closes(4);
        Assert.Equal(4, server.Connections);
    }

    private static EmailMessage Message { get; } = new(
        "msg-1", "us-east-1_Pool", null, null, "ana@example.com", "Hello", "<p>Hello</p>");

    private Task Send() => sender.Send(Message, Cancelled);

    /// <summary>Sends in parallel; the server answers none before <paramref name="atOnce"/> have reached
    /// it.</summary>
    private async Task SendHeld(int count, int atOnce, Func<Task>? meanwhile = null)
    {
        while (server.Read.Wait(0)) continue;
        var held = new TaskCompletionSource();
        server.Taking = held.Task;
        var messages = Task.WhenAll(Enumerable.Range(0, count).Select(_ => Send()));
        await Reads(atOnce);
        if (meanwhile is not null) await meanwhile();
        held.SetResult();
        await messages;
    }

    private Task Reads(int count) => Count(server.Read, count, "messages reached the server");

    private Task Closes(int count) => Count(server.Closed, count, "connections ended");

    private static async Task Count(SemaphoreSlim signal, int count, string what)
    {
        for (var seen = 0; seen < count; seen++)
            Assert.True(await signal.WaitAsync(Patience, Cancelled), $"Only {seen} {what}.");
    }
}
