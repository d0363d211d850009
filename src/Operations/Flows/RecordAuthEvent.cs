using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Logs;
using Lifeguard.Domain.Pools;
using Lifeguard.Domain.Risk;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Remembers an event, counts it where it is a failure, and writes to the user where its risk calls for that,
/// all in one transaction. It is one of its own: what the event tells of may have been rolled back, or is
/// known only after its commit.
/// </summary>
public sealed class RecordAuthEvent(
    AuthEventStore events, AttemptStore attempts, UserStore users, PoolStore pools,
    RiskConfigurationStore configurations, FeedbackTokens feedback, LocalizedTexts texts,
    MessageDelivery delivery, RandomSource random, Database database)
{
    public async Task Record(AuthEvent happened, Call call)
    {
        var notice = happened.Risk.Notifies ? await Notice(happened, call) : null;
        await database.Write(
            async transaction =>
            {
                await events.Add(transaction, happened, CancellationToken.None);
                if (IsFailedSignIn(happened)) await CountFailure(transaction, happened);
                if (notice is not null) await delivery.CommitApart(transaction, notice, call);
            },
            CancellationToken.None);
        if (notice is not null) delivery.DeliverApart(notice);
    }

    /// <summary>Who is turned away for the risk alone has not failed once more.</summary>
    private static bool IsFailedSignIn(AuthEvent happened) =>
        happened is { Type: EventType.SignIn, Response: EventResponseType.Fail }
        && happened.Risk.Response != RiskResponse.Block;

    /// <summary>Names that nobody has count as well: whoever tries a list of them is looked for
    /// here.</summary>
    private Task<bool> CountFailure(Transaction transaction, AuthEvent happened) => attempts.Count(
        transaction, happened.PoolId, AddressRange.NetworkOf(happened.IpAddress),
        WeighSignIn.FailuresOfNetwork, int.MaxValue, RiskThresholds.Recently, happened.At,
        CancellationToken.None);

    /// <summary>The mail to the user; null for one without a verified address.</summary>
    private async Task<OutgoingMessage?> Notice(AuthEvent happened, Call call)
    {
        if (happened.User is not { Sub: var sub }) return null;
        var user = await users.FindBySub(happened.PoolId, sub, CancellationToken.None);
        if (user?.Attributes.IsTrue(AttributeNames.EmailVerified) != true) return null;
        if (user.Attributes[AttributeNames.Email] is not { } to) return null;
        var configuration = await configurations.Of(
            happened.PoolId, happened.ClientId, call.Replica?.Region, CancellationToken.None);
        var notify = configuration.Settings.AccountTakeoverRiskConfiguration?.NotifyConfiguration;
        var links = feedback.Make(happened.PoolId, sub, happened.Id, call.Now);
        var pool = await pools.Find(happened.PoolId, CancellationToken.None);
        var sender = pool is null
            ? null
            : SenderEvents.ForNotice(call.Seen(pool), happened, links, call);
        var own = RiskNotice.Of(notify, happened);
        var text = texts.FindNotice(happened.PoolId, user.Attributes, happened.Risk.Response);
        var worded = text?.EmailMessage is { } body
            ? new RiskNotice(own.Subject, body) { Language = text.Language }
            : own;
        var notice = (worded with { Subject = text?.EmailSubject ?? own.Subject })
            .Fill(happened, pool?.NameOf(user) ?? user.Username, links);
        return new(
            random.TimedId(call.Now),
            happened.PoolId,
            sub,
            DeliveryMedium.Email,
            MessageSource.AccountTakeOver.Name,
            to,
            notice.Subject,
            sender is null ? notice.Body : "",
            DeliveryRules.Sender(new() { From = notify?.From, SourceArn = notify?.SourceArn }),
            notify?.ReplyTo,
            call.Now)
        {
            Text = sender is null ? notice.Text : null,
            IsTextOnly = notice.IsTextOnly,
            Language = notice.Language,
            Region = call.Replica?.Region,
            Route = new() { Identity = notify?.SourceArn },
            Sender = sender,
        };
    }
}
