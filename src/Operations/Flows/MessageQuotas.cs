using Lifeguard.Domain;
using Lifeguard.Domain.Limits;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Counts messages, and stops those that are too many. Each is counted once: by the call that
/// commits it, where one too many refuses the call, and else by whichever attempt to deliver it is the first
/// that comes so far. Messages that functions deliver are theirs to count.</summary>
public sealed class MessageQuotas(
    Outbox outbox, AttemptStore attempts, Database database, Sealer sealer, Deployment deployment,
    MessageLimits limits)
{
    /// <summary>When the count of the day begins anew (doc).</summary>
    private static readonly TimeSpan ResetAt = TimeSpan.FromHours(9);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Is there a quota for such a message?</summary>
    public bool Bounds(OutgoingMessage message) => message is { Sender: null, Unfit: null }
        && (message.Medium == DeliveryMedium.Sms ? limits.BoundsSms : BoundsEmail(message));

    /// <summary>Counts one for which there is a quota, within the transaction that commits it.</summary>
    /// <exception cref="ApiException">LimitExceededException: it is one too many; the transaction is rolled
    /// back.</exception>
    public async Task Count(Transaction transaction, OutgoingMessage message, Call call)
    {
        if (await Excess(transaction, message, call.Now, call.Cancelled) is { } tooMany)
            throw tooMany.Refusal;
    }

    /// <summary>Counts one on its way that is not counted yet.</summary>
    /// <exception cref="QuotaException">It is one too many.</exception>
    public async Task Enter(OutgoingMessage message, DateTimeOffset now, CancellationToken cancellation)
    {
        if (message.IsCounted || !Bounds(message)) return;
        var excess = await database.Write(
            async transaction => await outbox.NoteCounted(transaction, message.Id, now, cancellation)
                ? await Excess(transaction, message, now, cancellation)
                : null,
            cancellation);
        if (excess is not null) throw excess;
    }

    private bool BoundsEmail(OutgoingMessage message) =>
        message.Route?.IsMetered == true && limits.EmailsPerDay > 0;

    /// <summary>What stops the message, which is counted; null for nothing.</summary>
    private async Task<QuotaException?> Excess(
        Transaction transaction, OutgoingMessage message, DateTimeOffset now, CancellationToken cancellation)
    {
        if (message.Medium == DeliveryMedium.Sms)
        {
            var isWithin = await CountText(transaction, message, now, cancellation);
            return isWithin ? null : QuotaException.TextMessages();
        }

        var hasRoom = await attempts.Count(
            transaction, deployment.AccountId, "", "emails", limits.EmailsPerDay, LeftOfDay(now), now,
            cancellation);
        return hasRoom ? null : QuotaException.Emails();
    }

    private async Task<bool> CountText(
        Transaction transaction, OutgoingMessage message, DateTimeOffset now, CancellationToken cancellation)
    {
        var number = Convert.ToHexStringLower(
            sealer.SigningKey("sms-number", message.PoolId, message.To).AsSpan(0, 16));
        return await IsWithin("sms-hour", limits.SmsPerNumberPerHour, TimeSpan.FromHours(1))
            && await IsWithin("sms-day", limits.SmsPerNumberPerDay, Day);

        async Task<bool> IsWithin(string kind, int limit, TimeSpan window) =>
            limit == 0 || await attempts.Count(
                transaction, message.PoolId, number, kind, limit, window, now, cancellation);
    }

    private static TimeSpan LeftOfDay(DateTimeOffset now)
    {
        var reset = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + ResetAt;
        return (now < reset ? reset : reset + Day) - now;
    }
}

/// <summary>A message is one too many, and is given up.</summary>
/// <param name="reason">For administrators.</param>
/// <param name="refusal">For the caller, where the operation declares it.</param>
public sealed class QuotaException(string reason, ApiException refusal) : Exception(reason)
{
    /// <summary>What the caller is answered.</summary>
    public ApiException Refusal { get; } = refusal;

    /// <summary>The service's own words.</summary>
    public static QuotaException Emails() => new(
        "The day's e-mails of the service's own account are used up.", Reject.EmailQuotaExceeded());

    public static QuotaException TextMessages() => new(
        "Too many text messages to this number.", Reject.LimitExceeded());
}
