using Lifeguard.Domain;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Web.Inbox;

/// <summary>
/// What the inbox page and the test controls read. The inbox itself is a transport and stands with the other
/// adapters, which this project does not know.
/// </summary>
public interface IInbox
{
    /// <summary>The newest messages, newest first.</summary>
    /// <param name="before">Only those with a smaller sequence.</param>
    IReadOnlyList<InboxEntry> Newest(int limit, long before);

    /// <summary>The newest messages that hold <paramref name="text"/>, newest first.</summary>
    IReadOnlyList<InboxEntry> Search(string text, int limit);

    /// <summary>The oldest message to <paramref name="to"/> after <paramref name="after"/>, as soon as there
    /// is one; null when <paramref name="timeout"/> passes without.</summary>
    Task<InboxEntry?> WaitFor(string to, long after, TimeSpan timeout, CancellationToken cancellation);

    /// <summary>The e-mail as a mail server gets it, with its headers and parts; null where
    /// <paramref name="sequence"/> is none.</summary>
    /// <exception cref="DeliveryException">One of its addresses is none.</exception>
    ReadOnlyMemory<byte>? Raw(long sequence);

    /// <summary>Forgets all messages; the sequence goes on.</summary>
    void Clear();
}

/// <summary>A message as people and tests see it.</summary>
/// <param name="Sequence">Grows by one with each message.</param>
/// <param name="Subject">Null for a text message.</param>
/// <param name="Body">HTML for e-mail, plain text for a text message.</param>
public sealed record InboxEntry(
    long Sequence,
    string PoolId,
    DeliveryMedium Medium,
    string? From,
    string To,
    string? Subject,
    string Body,
    DateTimeOffset At)
{
    /// <summary>Where answers go; null for nowhere special, and for a text message.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The plain-text part of an e-mail; null for a text message.</summary>
    public string? Text { get; init; }

    /// <summary>The e-mail has no other part than <see cref="Text"/>.</summary>
    public bool IsTextOnly { get; init; }

    /// <summary>BCP 47 tag of <see cref="Body"/>; null where it is not known.</summary>
    public string? Language { get; init; }

    /// <summary>Never prints its members: the body holds a code.</summary>
    public override string ToString() => $"InboxEntry {Sequence}";
}
