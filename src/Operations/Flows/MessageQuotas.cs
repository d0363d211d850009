using Lifeguard.Domain;
using Lifeguard.Domain.Limits;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Counts messages as they leave, and stops those that are too many. Each is counted once, by
/// whichever attempt is the first that comes so far; messages that functions deliver are theirs to
/// count.</summary>
public sealed class MessageQuotas(
    Outbox outbox, AttemptStore attempts, Database database, Sealer sealer, Deployment deployment,
    MessageLimits limits)
{
    /// <summary>When the count of the day begins anew (doc).</summary>
    private static readonly TimeSpan ResetAt = TimeSpan.FromHours(9);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Counts one that is not counted yet.</summary>
    /// <exception cref="QuotaException">It is one too many.</exception>
    public async Task Enter(OutgoingMessage message, DateTimeOffset now, CancellationToken cancellation)
    {
        if (message.Sender is not null) return;
        if (message is { Medium: DeliveryMedium.Email, Route.IsMetered: true } && limits.EmailsPerDay > 0)
            await EnterEmail(message, now, cancellation);
        if (message.Medium == DeliveryMedium.Sms && limits.BoundsSms)
            await EnterSms(message, now, cancellation);
    }

    private async Task EnterEmail(
        OutgoingMessage message, DateTimeOffset now, CancellationToken cancellation)
    {
        var isWithin = await database.Write(
            async transaction =>
                !await outbox.NoteCounted(transaction, message.Id, now, cancellation)
                || await attempts.Count(
                    transaction, deployment.AccountId, "", "emails", limits.EmailsPerDay, LeftOfDay(now),
                    now, cancellation),
            cancellation);
        if (!isWithin) throw QuotaException.Emails();
    }

    private async Task EnterSms(OutgoingMessage message, DateTimeOffset now, CancellationToken cancellation)
    {
        var number = Convert.ToHexStringLower(
            sealer.SigningKey("sms-number", message.PoolId, message.To).AsSpan(0, 16));
        var isWithin = await database.Write(
            async transaction =>
                !await outbox.NoteCounted(transaction, message.Id, now, cancellation)
                || await IsWithin(transaction, "sms-hour", limits.SmsPerNumberPerHour, TimeSpan.FromHours(1))
                && await IsWithin(transaction, "sms-day", limits.SmsPerNumberPerDay, Day),
            cancellation);
        if (!isWithin) throw QuotaException.TextMessages();

        async Task<bool> IsWithin(Transaction transaction, string kind, int limit, TimeSpan window) =>
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
