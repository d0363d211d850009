using Lifeguard.Adapters;
using Lifeguard.Web.Inbox;

namespace Lifeguard.Server.Dev;

/// <summary>Shows the inbox to the pages and test controls.</summary>
internal sealed class InboxView(Adapters.Inbox inbox) : IInbox
{
    public IReadOnlyList<InboxEntry> Newest(int limit, long before) =>
        [.. inbox.List(limit, before).Select(Entry)];

    public IReadOnlyList<InboxEntry> Search(string text, int limit) =>
        [.. inbox.Search(text, limit).Select(Entry)];

    public async Task<InboxEntry?> WaitFor(
        string to, long after, TimeSpan timeout, CancellationToken cancellation) =>
        await inbox.WaitFor(to, after, timeout, cancellation) is { } message ? Entry(message) : null;

    public ReadOnlyMemory<byte>? Raw(long sequence) => inbox.Raw(sequence);

    public void Clear() => inbox.Clear();

    private static InboxEntry Entry(InboxMessage message) => new(
        message.Sequence,
        message.PoolId,
        message.Medium,
        message.From,
        message.To,
        message.Subject,
        message.Body,
        message.ReceivedAt)
    {
        ReplyTo = message.ReplyTo,
        Text = message.Text,
        IsTextOnly = message.Email is { IsTextOnly: true },
        Language = message.Email?.Language,
    };
}
