using System.Text.Json;
using Lifeguard.Domain.Risk;

namespace Lifeguard.Domain;

/// <summary>
/// Wordings of messages by the reader's language, which the service does not have: it knows one for a pool.
/// The language is the user's <c>locale</c>; where there is no text in it, the pool's own wording remains.
/// </summary>
public sealed class LocalizedTexts
{
    /// <summary>In place of a pool's id: every pool that has no texts of its own for the language.</summary>
    public const string EveryPool = "*";

    /// <summary>Everything stays in the pools' own wording.</summary>
    public static readonly LocalizedTexts None = new([]);

    private readonly Dictionary<Key, LocalizedText> texts;

    private LocalizedTexts(Dictionary<Key, LocalizedText> texts) => this.texts = texts;

    /// <summary>Reads <c>{ pool id or "*": { language: { message: texts } } }</c>; the messages are the
    /// sources of the triggers, such as <c>ForgotPassword</c>, and those of <see cref="RiskNotice.Names"/>,
    /// the languages BCP 47 tags.</summary>
    /// <exception cref="FormatException">It is no such document; the message tells where.</exception>
    public static LocalizedTexts Read(ReadOnlyMemory<byte> json)
    {
        var texts = new Dictionary<Key, LocalizedText>();
        try
        {
            using var document = JsonDocument.Parse(
                json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            foreach (var pool in Members(document.RootElement, "the file"))
            {
                foreach (var language in Members(pool.Value, pool.Name))
                {
                    foreach (var source in Members(language.Value, $"{pool.Name}/{language.Name}"))
                    {
                        var place = $"{pool.Name}/{language.Name}/{source.Name}";
                        var key = new Key(pool.Name, Fold(language.Name), Known(source.Name, place));
                        texts[key] = LocalizedText.Read(source.Value, language.Name, key.Message, place);
                    }
                }
            }
        }
        catch (JsonException broken)
        {
            throw new FormatException($"It is no JSON: {broken.Message}", broken);
        }

        return new(texts);
    }

    /// <summary>The texts for a message to this user, the most exact language first: <c>de-AT</c>, then
    /// <c>de</c>; null for none.</summary>
    public LocalizedText? Find(string poolId, UserAttributes reader, MessageSource source) =>
        Find(poolId, reader, [source.Name]);

    /// <summary>The texts for news of a risky sign-in: those of what was done about it, or of all such
    /// news.</summary>
    public LocalizedText? FindNotice(string poolId, UserAttributes reader, RiskResponse response) =>
        Find(poolId, reader, [RiskNotice.NameOf(response), MessageSource.AccountTakeOver.Name]);

    private LocalizedText? Find(string poolId, UserAttributes reader, string[] messages)
    {
        if (texts.Count == 0 || reader["locale"] is not { Length: > 0 } locale) return null;
        for (var language = Fold(locale); language.Length > 0; language = Broader(language))
        {
            foreach (var pool in (string[])[poolId, EveryPool])
            {
                foreach (var message in messages)
                    if (texts.TryGetValue(new(pool, language, message), out var found)) return found;
            }
        }

        return null;
    }

    internal static IEnumerable<JsonProperty> Members(JsonElement element, string place) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject()
            : throw new FormatException($"{place}: an object is expected.");

    /// <summary>RFC 4647 §3.4: the last part goes.</summary>
    private static string Broader(string language) =>
        language.LastIndexOf('-') is > 0 and var end ? language[..end] : "";

    private static string Fold(string language) => language.Replace('_', '-').ToLowerInvariant();

    private static string Known(string message, string place) =>
        MessageSource.All.Any(source => source.Name == message) || RiskNotice.Names.Contains(message)
            ? message
            : throw new FormatException($"{place}: there is no message {message}.");

    private readonly record struct Key(string Pool, string Language, string Message);
}

/// <summary>The wording of one message in one language; null members leave the pool's.</summary>
/// <param name="Language">BCP 47 tag.</param>
public sealed record LocalizedText(
    string Language,
    string? EmailSubject,
    string? EmailMessage,
    string? EmailSubjectByLink,
    string? EmailMessageByLink,
    string? SmsMessage)
{
    /// <summary>The wording for a medium, before code and name are put in; null where there is
    /// none. The words of a code and those of a link never stand in for each other: what has no words here
    /// stays as the pool has it.</summary>
    /// <param name="own">The pool's, whose subject or body remains where this has none.</param>
    /// <param name="byLink">The pool wants the address proved by a link, and the message may hold
    /// one.</param>
    public MessageTemplate? For(DeliveryMedium medium, MessageTemplate own, bool byLink) => medium switch
    {
        DeliveryMedium.Sms => SmsMessage is null ? null : new(null, SmsMessage),
        _ when byLink => Email(EmailSubjectByLink, EmailMessageByLink, own),
        _ => Email(EmailSubject, EmailMessage, own),
    };

    private MessageTemplate? Email(string? subject, string? message, MessageTemplate own) =>
        (subject, message) is (null, null)
            ? null
            : new(subject ?? own.Subject, message ?? own.Body)
            {
                Language = message is null ? own.Language : Language,
            };

    internal static LocalizedText Read(
        JsonElement element, string language, string message, string place)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in LocalizedTexts.Members(element, place))
        {
            var isText = member.Value.ValueKind == JsonValueKind.String;
            if (!isText || member.Value.GetString() is not { Length: > 0 } text)
                throw new FormatException($"{place}/{member.Name}: a text is expected.");
            MustBeGood(member.Name, text, message, place);
            texts[member.Name] = text;
        }

        return new(
            language.Replace('_', '-'),
            texts.GetValueOrDefault(nameof(EmailSubject)),
            texts.GetValueOrDefault(nameof(EmailMessage)),
            texts.GetValueOrDefault(nameof(EmailSubjectByLink)),
            texts.GetValueOrDefault(nameof(EmailMessageByLink)),
            texts.GetValueOrDefault(nameof(SmsMessage)));
    }

    /// <summary>The bounds are those of the pools' own texts (doc).</summary>
    private static void MustBeGood(string name, string text, string message, string place)
    {
        var most = name switch
        {
            nameof(EmailSubject) or nameof(EmailSubjectByLink) or nameof(SmsMessage) => 140,
            nameof(EmailMessage) or nameof(EmailMessageByLink) => 20_000,
            _ => throw new FormatException($"{place}/{name}: there is no such text."),
        };
        if (text.Length > most) throw new FormatException($"{place}/{name}: more than {most} characters.");
        var isNotice = message == MessageSource.AccountTakeOver.Name || RiskNotice.Names.Contains(message);
        var holdsCode = !isNotice
            && name is not (nameof(EmailSubject) or nameof(EmailSubjectByLink));
        if (holdsCode && !MessageTemplate.HasPlaceForCode(text))
            throw new FormatException($"{place}/{name}: there is no place for the code in it.");
    }
}
