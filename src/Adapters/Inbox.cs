using Lifeguard.Domain;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>
/// Where messages go in development: memory, with the newest 10,000 kept. Where a real transport is given,
/// each message goes there as well, and its refusal is the sender's.
/// </summary>
/// <param name="from">Who e-mails are from that name no sender of their own.</param>
public sealed class Inbox(
    TimeProvider clock, string from = Inbox.NoSender, IEmailSender? email = null, ISmsSender? sms = null)
    : IEmailSender, ISmsSender
{
    /// <summary>Who e-mails are from where nothing is set that would send them.</summary>
    public const string NoSender = "no-reply@localhost";

    /// <summary>How many messages are kept.</summary>
    public const int Capacity = 10_000;

    /// <summary>The longest wait for a message; longer ones are cut to this.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Queue<InboxMessage> kept = new();
    private readonly HashSet<string> keptIds = [];
    private TaskCompletionSource arrival = NewArrival();
    private long last;

    /// <summary>Sequence of the newest message, 0 before the first: from here a test waits for the
    /// next.</summary>
    public long LastSequence
    {
        get
        {
            lock (gate) return last;
        }
    }

    /// <inheritdoc/>
    public Task Send(EmailMessage message, CancellationToken cancellation)
    {
        Keep(new(
            0, message.Id, message.PoolId, DeliveryMedium.Email, message.From, message.ReplyTo, message.To,
            message.Subject, message.Body, clock.GetUtcNow())
        {
            Text = MailComposer.TextOf(message),
            Email = message,
        });
        return email?.Send(message, cancellation) ?? Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Send(SmsMessage message, CancellationToken cancellation)
    {
        Keep(new(
            0, message.Id, message.PoolId, DeliveryMedium.Sms, null, null, message.To, null, message.Body,
            clock.GetUtcNow()));
        return sms?.Send(message, cancellation) ?? Task.CompletedTask;
    }

    /// <summary>The newest messages, newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="before">Only those with a smaller sequence: the next page.</param>
    public IReadOnlyList<InboxMessage> List(int limit, long before = long.MaxValue) =>
        [.. Snapshot().Where(message => message.Sequence < before).Take(limit)];

    /// <summary>The newest messages that hold <paramref name="text"/> in address, subject or body, in either
    /// case, newest first.</summary>
    public IReadOnlyList<InboxMessage> Search(string text, int limit) =>
        [.. Snapshot().Where(message => Holds(message, text)).Take(limit)];

    /// <summary>The e-mail as a mail server gets it, with its headers and parts (RFC 5322, RFC 2045); null
    /// where <paramref name="sequence"/> is no e-mail that is kept.</summary>
    /// <exception cref="DeliveryException">One of its addresses is none.</exception>
    public ReadOnlyMemory<byte>? Raw(long sequence)
    {
        var message = Snapshot().FirstOrDefault(message => message.Sequence == sequence);
        if (message?.Email is not { } mail) return null;
        return MailComposer.Write(MailComposer.Compose(mail, from, mail.CreatedAt ?? message.ReceivedAt));
    }

    /// <summary>Forgets all messages; the sequence goes on.</summary>
    public void Clear()
    {
        lock (gate)
        {
            kept.Clear();
            keptIds.Clear();
        }
    }

    /// <summary>
    /// The oldest message to <paramref name="address"/> (in either case) after
    /// <paramref name="afterSequence"/>, as soon as there is one; null when <paramref name="timeout"/> passes
    /// without.
    /// </summary>
    public async Task<InboxMessage?> WaitFor(
        string address, long afterSequence, TimeSpan timeout, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout < MaxWait ? timeout : MaxWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        while (true)
        {
            var (found, next) = Look(address, afterSequence);
            if (found is not null) return found;
            try
            {
                await next.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    /// <summary>Looks and takes hold of the next arrival in one step, so that none slips in
    /// between.</summary>
    private (InboxMessage? Found, Task Next) Look(string address, long afterSequence)
    {
        lock (gate)
        {
            var found = kept.FirstOrDefault(message => message.Sequence > afterSequence
                && message.To.Equals(address, StringComparison.OrdinalIgnoreCase));
            return (found, arrival.Task);
        }
    }

    private void Keep(InboxMessage message)
    {
        lock (gate)
        {
            if (!keptIds.Add(message.Id)) return;
            kept.Enqueue(message with { Sequence = ++last });
            if (kept.Count > Capacity) keptIds.Remove(kept.Dequeue().Id);
            arrival.SetResult();
            arrival = NewArrival();
        }
    }

    private IEnumerable<InboxMessage> Snapshot()
    {
        lock (gate) return kept.ToArray().Reverse();
    }

    private static bool Holds(InboxMessage message, string text) =>
        message.To.Contains(text, StringComparison.OrdinalIgnoreCase)
        || message.Subject?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
        || message.Body.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static TaskCompletionSource NewArrival() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
