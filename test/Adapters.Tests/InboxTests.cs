using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Adapters.Tests;

public sealed class InboxTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly Inbox inbox;

    public InboxTests() => inbox = new(clock);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_the_newest_first_page_by_page()
    {
        foreach (var name in new[] { "a", "b", "c" }) await Mail($"{name}@example.com");

        Assert.Equal(["c@example.com", "b@example.com"], inbox.List(2).Select(message => message.To));
        Assert.Equal("a@example.com", inbox.List(2, before: 2).Single().To);
        Assert.Equal(3, inbox.LastSequence);
    }

    [Fact]
    public async Task Finds_text_in_address_subject_and_body()
    {
        await Mail("ana@example.com", body: "code 111111");
        await inbox.Send(new SmsMessage("s", "p", "+15550100", "code 222222"), Cancelled);

        Assert.Equal("ana@example.com", inbox.Search("ANA@", 10).Single().To);
        Assert.Equal(DeliveryMedium.Sms, inbox.Search("222222", 10).Single().Medium);
        Assert.Equal("ana@example.com", inbox.Search("subject", 10).Single().To);
        Assert.Empty(inbox.Search("333333", 10));
    }

    [Fact]
    public async Task Keeps_a_repeated_hand_over_once()
    {
        await Mail("ana@example.com", id: "same");
        await Mail("ana@example.com", id: "same");

        Assert.Single(inbox.List(10));
    }

    [Fact]
    public async Task Forgets_the_oldest_beyond_its_capacity()
    {
        for (var i = 0; i <= Inbox.Capacity; i++) await Mail($"{i}@example.com");

        var all = inbox.List(int.MaxValue);
        Assert.Equal(Inbox.Capacity, all.Count);
        Assert.Equal("1@example.com", all[^1].To);
    }

    [Fact]
    public async Task Goes_on_counting_after_a_clearing()
    {
        await Mail("ana@example.com", id: "same");
        inbox.Clear();
        Assert.Empty(inbox.List(10));

        await Mail("ana@example.com", id: "same");

        Assert.Equal(2, inbox.List(10).Single().Sequence);
    }

    [Fact]
    public async Task A_wait_ends_with_the_message_it_waits_for()
    {
        await Mail("ana@example.com");
        var wait = inbox.WaitFor("ANA@example.com", inbox.LastSequence, TimeSpan.FromSeconds(10), Cancelled);
        await Mail("bob@example.com");
        Assert.False(wait.IsCompleted);

        await Mail("ana@example.com", body: "the second");

        Assert.Equal("the second", (await wait)!.Body);
    }

    [Fact]
    public async Task A_wait_finds_what_came_before_it_began()
    {
        await Mail("ana@example.com", body: "first");
        await Mail("ana@example.com", body: "second");

        Assert.Equal("first", (await inbox.WaitFor("ana@example.com", 0, TimeSpan.Zero, Cancelled))!.Body);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(3600, 60)]
    public async Task A_wait_in_vain_ends_with_nothing(int seconds, int effective)
    {
        var wait = inbox.WaitFor("ana@example.com", 0, TimeSpan.FromSeconds(seconds), Cancelled);

        clock.Advance(TimeSpan.FromSeconds(effective - 1));
        Assert.False(wait.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await wait);
    }

    [Fact]
    public async Task A_cancelled_wait_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var wait = inbox.WaitFor("ana@example.com", 0, TimeSpan.FromSeconds(10), source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task Forwards_to_a_real_transport_and_keeps_what_that_refuses()
    {
        var forwarding = new Inbox(clock, email: new Refusing());

        await Assert.ThrowsAsync<DeliveryException>(
            () => forwarding.Send(new EmailMessage("1", "p", null, null, "a@b.c", "s", "b"), Cancelled));

        Assert.Single(forwarding.List(10));
    }

    private Task Mail(string to, string body = "body", string? id = null) => inbox.Send(
        new EmailMessage(id ?? $"{inbox.LastSequence}", "pool", null, null, to, "subject", body), Cancelled);

    private sealed class Refusing : IEmailSender
    {
        public Task Send(EmailMessage message, CancellationToken cancellation) =>
            Task.FromException(new DeliveryException("No.", permanent: true));
    }
}
