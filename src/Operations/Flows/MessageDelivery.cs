using System.Collections.Concurrent;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations.Logs;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Hands committed messages to their transports: those of a call right after its
/// commit, and whatever is due later with growing pauses. A message is delivered
/// at least once; its id stays the same, so that transports can drop a repetition.
/// </summary>
public sealed partial class MessageDelivery(
    Outbox outbox, IEmailSender email, ISmsSender sms, CustomSenders senders, MessageQuotas quotas,
    FailedNotifications failures, TimeProvider clock, ILogger<MessageDelivery> log)
    : IAsyncDisposable
{
    /// <summary>A message that waits is tried at least as often as this.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>A call waits no longer than this for its transport; the outbox goes on without it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The hand-over of a text message, or to a function, may take this long.</summary>
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(30);

    /// <summary>E-mail transports bound their steps themselves. The answer to a whole message alone may take
    /// ten minutes (RFC 5321 §4.5.3.2.6): given up earlier, it would be taken and sent again.</summary>
    private static readonly TimeSpan EmailTimeout = TimeSpan.FromMinutes(11);

    /// <summary>Other nodes take up the messages of one that has died after this. A message that is still
    /// being sent keeps its lease.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>How often a lease is renewed: so early that a database that is away for a moment costs
    /// none.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);

    /// <summary>RFC 5321 §4.5.4.1: the time to give up is at least four to five days.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(5);

    /// <summary>So many messages under way for calls leave no room for more.</summary>
    private const int MaxUnderWay = 256;

    /// <summary>So many that were due are under way at once.</summary>
    private const int MaxDueUnderWay = 8;

    private readonly Lane emails = new();
    private readonly Lane texts = new();
    private readonly ConcurrentDictionary<Task, bool> finishing = new();
    private readonly ConcurrentQueue<string> sent = new();
    private readonly SemaphoreSlim noting = new(1, 1);
    private readonly CancellationTokenSource closing = new();
    private int closed;

    /// <summary>Refuses a message that cannot leave from here, before anything is changed that hangs on
    /// it.</summary>
    /// <exception cref="ApiException">InvalidEmailRoleAccessPolicyException or
    /// InvalidSmsRoleAccessPolicyException.</exception>
    public void MustBeAbleToLeave(OutgoingMessage message)
    {
        // What functions deliver needs no transport.
        if (message.Sender is not null) return;
        var (refusal, error) = message.Medium == DeliveryMedium.Email
            ? (email.RefusalOf(message.To), Errors.InvalidEmailRoleAccessPolicyException)
            : (sms.RefusalOf(message.To), Errors.InvalidSmsRoleAccessPolicyException);
        if (refusal is not null) throw new ApiException(error, refusal);
    }

    /// <summary>Puts a message into the outbox, leased to this node: the call that commits it delivers it,
    /// and only if this node fails does the outbox hand it to another.</summary>
    public async Task Commit(Transaction transaction, OutgoingMessage message, Call call)
    {
        await outbox.Add(transaction, message, call.Now + Lease, call.Cancelled);
        transaction.OnceCommitted(() => call.Sends(message));
    }

    /// <summary>Delivers what <paramref name="call"/> has committed. Waits for the transport only where the
    /// answer may tell of its refusal.</summary>
    /// <param name="declared">The errors that the operation may answer with.</param>
    /// <exception cref="ApiException">CodeDeliveryFailureException: the transport refused the message for
    /// good; LimitExceededException: it was one too many. The code stays valid.</exception>
    public async Task Deliver(Call call, IReadOnlyList<string> declared)
    {
        var messages = Admit(call.TakeMessages());
        if (messages.Count == 0) return;
        var delivery = DeliverNow(messages);
        Finish(delivery);
        // What custom senders make of a message nobody learns (doc: invoked asynchronously).
        if (!declared.Contains(Errors.CodeDeliveryFailureException)) return;
        if (messages.All(message => message.Sender is not null)) return;
        var first = await Task.WhenAny(delivery, Task.Delay(Patience, clock, CancellationToken.None));
        if (first != delivery || await delivery is not { } refusal) return;
        throw declared.Contains(refusal.Code) ? refusal : Reject.CodeNotDelivered(refusal.Text!);
    }

    /// <summary>Delivers what <paramref name="call"/> has committed once <paramref name="answer"/> is gone.
    /// Where existence is hidden, delivering beside it would tell by its time that there was somebody to
    /// write to; and so would not to wait for it where there is nothing to deliver.</summary>
    public void DeliverAfter(Func<Task> answer, Call call)
    {
        // A page does several things in one call, and goes on with the next meanwhile.
        var messages = call.TakeMessages();
        Finish(Deliver());

        async Task Deliver()
        {
            await answer();
            await DeliverNow(Admit(messages));
        }
    }

    /// <summary>Puts a message into the outbox that is no part of what the call does, and leaves even where
    /// the call is refused. <see cref="DeliverApart"/> has to follow the commit.</summary>
    public Task CommitApart(Transaction transaction, OutgoingMessage message, Call call) =>
        outbox.Add(transaction, message, call.Now + Lease, CancellationToken.None);

    /// <summary>Delivers such a message; nobody waits for it.</summary>
    public void DeliverApart(OutgoingMessage message)
    {
        var messages = Admit([message]);
        if (messages.Count > 0) Finish(DeliverNow(messages));
    }

    /// <summary>Begins to deliver what is due of <paramref name="medium"/>, as much as there is room for;
    /// returns once it is under way. Waits where there is no room: what hangs holds up its own medium, and
    /// there only its own place.</summary>
    /// <returns>True where more may be waiting.</returns>
    public async Task<bool> DeliverDue(DeliveryMedium medium, CancellationToken cancellation)
    {
        var places = LaneOf(medium).Due;
        await places.WaitAsync(cancellation);
        var (free, taken) = (1, 0);
        try
        {
            while (free < MaxDueUnderWay && await places.WaitAsync(0, CancellationToken.None)) free++;
            var due = await outbox.TakeDue(medium, clock.GetUtcNow(), free, Lease, cancellation);
            foreach (var leased in due)
            {
                taken++;
                Finish(DeliverIn(places, leased, cancellation));
            }

            return taken == free;
        }
        finally
        {
            if (free > taken) places.Release(free - taken);
        }
    }

    /// <summary>Done once the messages of all calls that were answered so far are handed over, or have taken
    /// longer than those may that are not waited for.</summary>
    public async Task Answered() =>
        await Task.WhenAll(finishing.Keys)
            .WaitAsync(SendTimeout, clock)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Done once nothing handed over or noted so far is still under way.</summary>
    public async Task Idle()
    {
        while (!finishing.IsEmpty)
            await Task.WhenAll(finishing.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Gives up what is under way; the outbox has it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, 1) == 1) return;
        await closing.CancelAsync();
        await Idle();
        closing.Dispose();
        noting.Dispose();
        emails.Dispose();
        texts.Dispose();
    }

    private Lane LaneOf(DeliveryMedium medium) => medium == DeliveryMedium.Email ? emails : texts;

    /// <summary>Those for which there is room; each has to be delivered now. Where there is none the
    /// transport is slower than the calls, and the outbox will come to the rest.</summary>
    private List<OutgoingMessage> Admit(IReadOnlyList<OutgoingMessage> messages) =>
        [.. messages.Where(message => LaneOf(message.Medium).Calls.Wait(0))];

    private void Finish(Task task)
    {
        finishing.TryAdd(task, true);
        task.ContinueWith(
            done =>
            {
                finishing.TryRemove(done, out _);
                if (done.Exception is { } failure) LogTrouble(log, failure);
            },
            TaskScheduler.Default);
    }

    /// <summary>The first refusal for good; null for none.</summary>
    private async Task<ApiException?> DeliverNow(IReadOnlyList<OutgoingMessage> messages)
    {
        try
        {
            // None waits for another, which might take longer than its lease.
            var refusals = await Task.WhenAll(messages.Select(Deliver));
            return refusals.FirstOrDefault(refusal => refusal is not null);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // The message is committed: whatever failed here,
        // the worker takes it up again.
        catch (Exception failure)
#pragma warning restore CA1031 // See above.
        {
            LogTrouble(log, failure);
            return null;
        }

        async Task<ApiException?> Deliver(OutgoingMessage message)
        {
            var refused = await DeliverIn(
                LaneOf(message.Medium).Calls, new(message, Attempt: 1), closing.Token);
            return message.Sender is null ? refused : null;
        }
    }

    /// <summary>Gives its place free afterwards.</summary>
    private async Task<ApiException?> DeliverIn(
        SemaphoreSlim places, LeasedMessage leased, CancellationToken cancellation)
    {
        try
        {
            return await DeliverOne(leased, cancellation);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<ApiException?> DeliverOne(LeasedMessage leased, CancellationToken cancellation)
    {
        var message = leased.Message;
        if (Uselessness(leased) is { } useless)
        {
            await Fail(leased, useless, isPermanent: true);
            return null;
        }

        var limit = message is { Medium: DeliveryMedium.Email, Sender: null } ? EmailTimeout : SendTimeout;
        using var timeout = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            await quotas.Enter(message, clock.GetUtcNow(), either.Token);
            await Hold(message.Id, Send(message, either.Token));
            Finish(NoteSent(message.Id));
            return null;
        }
        catch (DeliveryException refused)
        {
            await Fail(leased, refused.Message, refused.IsPermanent);
            return refused.IsPermanent ? Reject.CodeNotDelivered(refused.Message) : null;
        }
        catch (QuotaException tooMany)
        {
            await Fail(leased, tooMany.Message, isPermanent: true);
            return tooMany.Refusal;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await Fail(leased, "The transport did not answer in time.", isPermanent: false);
            return null;
        }
    }

    /// <summary>Why the message must not be sent any more; null where it must.</summary>
    private string? Uselessness(LeasedMessage leased)
    {
        var message = leased.Message;
        if (message.Unfit is { } unfit) return unfit;
        var isInvitation = message.Purpose == MessageSource.AdminCreateUser.Name;
        if (leased.IsReplaced)
        {
            return isInvitation
                ? "A newer temporary password has replaced the one in it."
                : "A newer code has replaced the one in it.";
        }

        if (message.ExpiresAt is not { } expiry || clock.GetUtcNow() < expiry) return null;
        return isInvitation ? "The temporary password in it has expired." : "The code in it has expired.";
    }

    /// <summary>Keeps the message from other nodes as long as it is being sent.</summary>
    private async Task Hold(string id, Task sending)
    {
        while (true)
        {
            try
            {
                await sending.WaitAsync(Renewal, clock);
                return;
            }
            catch (TimeoutException) when (!sending.IsCompleted)
            {
                await Renew(id);
            }
        }
    }

    private async Task Renew(string id)
    {
        try
        {
            await outbox.Renew(id, clock.GetUtcNow() + Lease, CancellationToken.None);
        }
#pragma warning disable CA1031 // The message is being sent all the same, and the next renewal may go well.
        catch (Exception failure)
#pragma warning restore CA1031 // See above.
        {
            LogTrouble(log, failure);
        }
    }

    /// <summary>Notes deliveries, as many together as have come in while the last note was written. Nobody
    /// waits for it: should it be lost, the message leaves once more, under the same id.</summary>
    private async Task NoteSent(string id)
    {
        sent.Enqueue(id);
        await noting.WaitAsync();
        try
        {
            var ids = new List<string>();
            while (ids.Count < MaxUnderWay && sent.TryDequeue(out var next)) ids.Add(next);
            if (ids.Count > 0) await outbox.MarkSent(ids, clock.GetUtcNow(), CancellationToken.None);
        }
        finally
        {
            noting.Release();
        }
    }

    private Task Send(OutgoingMessage message, CancellationToken cancellation) => message switch
    {
        { Sender: { } order } => senders.Send(message, order, cancellation),
        { Medium: DeliveryMedium.Email } => email.Send(
            new(message.Id, message.PoolId, message.From, message.ReplyTo, message.To,
                message.Subject ?? "", message.Body)
            {
                Text = message.Text,
                IsTextOnly = message.IsTextOnly,
                Language = message.Language,
                Route = message.Route,
                CreatedAt = message.CreatedAt,
            },
            cancellation),
        _ => sms.Send(
            new(message.Id, message.PoolId, message.To, message.Body) { Route = message.Route },
            cancellation),
    };

    private async Task Fail(LeasedMessage leased, string reason, bool isPermanent)
    {
        LogFailure(log, leased.Message.Id, leased.Message.PoolId, reason);
        var isLast = isPermanent || clock.GetUtcNow() >= leased.Message.CreatedAt + GiveUpAfter;
        await failures.Tell(leased.Message, reason, isLast);
        var pause = TimeSpan.FromSeconds(
            Math.Min(LongestPause.TotalSeconds, 5 * Math.Pow(2, leased.Attempt)));
        await outbox.MarkFailed(
            leased.Message.Id, reason, isLast, clock.GetUtcNow() + pause, CancellationToken.None);
    }

    /// <summary>The places of one medium, so that a transport that hangs holds up no other.</summary>
    private sealed class Lane : IDisposable
    {
        /// <summary>For messages whose calls deliver them.</summary>
        public SemaphoreSlim Calls { get; } = new(MaxUnderWay);

        /// <summary>For messages from the outbox.</summary>
        public SemaphoreSlim Due { get; } = new(MaxDueUnderWay);

        public void Dispose()
        {
            Calls.Dispose();
            Due.Dispose();
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Message {MessageId} of pool {PoolId} was not delivered: {Reason}")]
    private static partial void LogFailure(ILogger log, string messageId, string poolId, string reason);

    [LoggerMessage(2, LogLevel.Error, "Delivering a committed message failed; it will be taken up again")]
    private static partial void LogTrouble(ILogger log, Exception failure);
}
