using Lifeguard.Domain;
using Lifeguard.Domain.Pools;
using Lifeguard.Operations.Triggers;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Words a message: the CustomMessage trigger first, then the texts in the reader's language, and the pool's
/// template for what is left open. Called before the transaction, since a trigger may take seconds.
/// </summary>
public sealed class ComposeMessage(
    PoolTriggers triggers, LocalizedTexts texts, ConfirmationLinks links, RandomSource random)
{
    private const int MaxSms = 140;
    private const int MaxSubject = 140;
    private const int MaxBody = 20_000;

    private const string NoPlace =
        "The invitation's text has no {####}, where the temporary password belongs.";
    private const string NoPassword =
        "The invitation's text has a {####}, and there is no temporary password for it.";

    /// <summary>The message with <paramref name="code"/> in it. It is unfit where the wording of an
    /// invitation has no place for the temporary password, or has one though there is none: the service sends
    /// nothing then, and tells the caller nothing of it (doc).</summary>
    /// <param name="code">Null for a user who is invited without a password.</param>
    /// <exception cref="ApiException">One of the three trigger errors.</exception>
    public async Task<OutgoingMessage> Compose(MessageRequest request, string? code, Call call)
    {
        var (pool, user) = (request.Pool, request.User);
        var (source, destination) = (request.Source, request.Destination);
        var medium = destination.Medium;
        // The function words it as it likes, so nobody else is asked.
        if (SenderEvents.For(request, code ?? "", call) is { } sender)
        {
            return code is null
                ? Unfit(request, "There is no temporary password for the pool's function to deliver.", call)
                : SenderEvents.Message(random.TimedId(call.Now), request, sender, call);
        }

        var worded = await triggers.CustomMessage(
            pool, request.Client, source.Trigger, user, request.ClientMetadata, call);
        var hasCode = code is not null;
        var needsPlace = hasCode && !request.CodeMayBeLeftOut;
        var link = code is null ? null : links.For(request, code);
        var own = TemplateOf(request, canLink: link is not null, hasCode);
        var template = Combine(worded, own, source, medium, needsPlace);
        var hasPlace = MessageTemplate.HasPlaceForCode(template.Body);
        if (!hasPlace && needsPlace) return Unfit(request, NoPlace, call);
        if (hasPlace && !hasCode) return Unfit(request, NoPassword, call);

        var name = source == MessageSource.AdminCreateUser ? pool.NameOf(user, request.CalledBy) : null;
        var filled = template.Fill(code ?? "", name, link, medium);
        return new(
            random.TimedId(call.Now),
            pool.Id,
            user.Sub,
            medium,
            source.Name,
            destination.Value,
            filled.Subject,
            filled.Body,
            DeliveryRules.Sender(pool.Settings.EmailConfiguration),
            pool.Settings.EmailConfiguration?.ReplyToEmailAddress,
            call.Now)
        {
            Language = filled.Language,
            Region = call.Replica?.Region,
            Route = DeliveryRules.Route(pool.Settings, medium),
        };
    }

    private OutgoingMessage Unfit(MessageRequest request, string reason, Call call) => new(
        random.TimedId(call.Now), request.Pool.Id, request.User.Sub, request.Destination.Medium,
        request.Source.Name, request.Destination.Value, Subject: null, Body: "", From: null, ReplyTo: null,
        call.Now)
    {
        Region = call.Replica?.Region,
        Unfit = reason,
    };

    private MessageTemplate TemplateOf(MessageRequest request, bool canLink, bool hasCode)
    {
        var (pool, source, medium) = (request.Pool, request.Source, request.Destination.Medium);
        var own = MessageTemplate.Of(pool, source, medium, canLink);
        // The texts in other languages all hold a code.
        if (!hasCode) return own;
        return texts.Find(pool.Id, request.User.Attributes, source)?
            .For(medium, own, byLink: canLink && pool.VerifiesByLink) ?? own;
    }

    private static MessageTemplate Combine(
        CustomMessageAnswer worded, MessageTemplate template, MessageSource source, DeliveryMedium medium,
        bool needsPlace)
    {
        if (medium == DeliveryMedium.Sms)
        {
            MustFit(worded.SmsMessage, MaxSms, source, needsPlace);
            return template with { Body = worded.SmsMessage ?? template.Body };
        }

        MustFit(worded.EmailMessage, MaxBody, source, needsPlace);
        if (worded.EmailSubject?.Length > MaxSubject) throw TriggerCaller.Invalid();
        var subject = worded.EmailSubject ?? template.Subject;
        return worded.EmailMessage is { } body ? new(subject, body) : template with { Subject = subject };
    }

    /// <summary>A wording by the trigger must hold the code or a link where there is one, an invitation the
    /// name too (doc).</summary>
    private static void MustFit(string? text, int max, MessageSource source, bool needsPlace)
    {
        if (text is null) return;
        var isComplete = (MessageTemplate.HasPlaceForCode(text) || !needsPlace)
            && (source != MessageSource.AdminCreateUser
                || text.Contains(MessageTemplate.UsernamePlaceholder));
        if (!isComplete || text.Length > max) throw TriggerCaller.Invalid();
    }
}

/// <summary>A message to be worded.</summary>
/// <param name="Client">Null for calls by administrators.</param>
public sealed record MessageRequest(
    UserPool Pool,
    AppClient? Client,
    User User,
    MessageSource Source,
    CodeDestination Destination,
    IReadOnlyDictionary<string, string>? ClientMetadata)
{
    /// <summary>The code only fills a place for one: nobody needs it, and a wording without a place is as
    /// good.</summary>
    public bool CodeMayBeLeftOut { get; init; }

    /// <summary>What the call has named the user, who is invited by that name; null where it means
    /// nothing.</summary>
    public string? CalledBy { get; init; }
}
