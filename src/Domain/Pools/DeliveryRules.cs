using System.Text.RegularExpressions;
using Lifeguard.Contract;

namespace Lifeguard.Domain.Pools;

/// <summary>By what a pool sends e-mail and SMS, and how users recover their passwords.</summary>
public static partial class DeliveryRules
{
    /// <summary>The e-mail configuration as the pool keeps it.</summary>
    /// <exception cref="ApiException">InvalidParameterException: an own sender without its
    /// address, or a sender or reply-to that is no address.</exception>
    public static EmailConfigurationType Email(EmailConfigurationType? given)
    {
        var sender = given?.EmailSendingAccount ?? EmailSendingAccountType.CognitoDefault;
        if (given?.From is { } from && !IsMailbox(from))
            throw PoolRefusals.Mailbox(nameof(EmailConfigurationType.From));
        if (given?.ReplyToEmailAddress is { } replyTo && !IsMailbox(replyTo))
            throw PoolRefusals.Mailbox(nameof(EmailConfigurationType.ReplyToEmailAddress));
        if (sender == EmailSendingAccountType.Developer && given?.SourceArn is null)
            throw PoolRefusals.DeveloperEmailWithoutSource();
        return (given ?? new()) with { EmailSendingAccount = sender };
    }

    /// <summary>Is this one address, alone or as <c>Name &lt;address&gt;</c>, from which mail can leave? A
    /// line break would begin a header of the caller's choice, and a comma another address.</summary>
    public static bool IsMailbox(string text)
    {
        if (text.Any(char.IsControl)) return false;
        // Other white space than the blank means nothing in a header.
        var trimmed = text.Trim(' ');
        var begin = trimmed.LastIndexOf('<');
        if (begin < 0 || trimmed is not [.., '>']) return IsAddress(trimmed);
        return IsAddress(trimmed[(begin + 1)..^1].Trim(' ')) && Name().IsMatch(trimmed[..begin].Trim(' '));
    }

    /// <summary>RFC 5322 §3.2.3: no dot begins or ends what stands before the @. Users may have such
    /// addresses all the same.</summary>
    private static bool IsAddress(string text) =>
        AttributeValue.IsEmail(text) && text[0] != '.' && text[text.IndexOf('@') - 1] != '.';

    /// <summary>RFC 5322 §3.2.5: words, or a quoted text; dots stand behind words too (§4.1).</summary>
    [GeneratedRegex("""^(?:(?!\.)[^<>()\[\]:;@\\,"]*|"(?:[^"\\]|\\.)*")\z""")]
    private static partial Regex Name();

    /// <summary>Who e-mail of the pool comes from: the sender it names or else the address in the ARN of its
    /// SES identity (doc); null for the deployment's own sender.</summary>
    public static string? Sender(EmailConfigurationType? email)
    {
        if (email?.From is { } named) return named;
        if (email?.SourceArn is not { } arn || !Arns.IsOf("ses", arn)) return null;
        const string Identity = "identity/";
        var resource = Arns.Resource(arn);
        // A domain is an identity too, but no sender.
        return resource.StartsWith(Identity, StringComparison.Ordinal) && resource.Contains('@')
            ? resource[Identity.Length..]
            : null;
    }

    /// <summary>What the pool says of the way of its messages.</summary>
    public static DeliveryRoute Route(UserPoolType settings, DeliveryMedium medium)
    {
        if (medium == DeliveryMedium.Email)
        {
            return new()
            {
                Identity = settings.EmailConfiguration?.SourceArn,
                ConfigurationSet = settings.EmailConfiguration?.ConfigurationSet,
                IsMetered = settings.EmailConfiguration?.EmailSendingAccount
                    is null or EmailSendingAccountType.CognitoDefault,
            };
        }

        var messaging = settings.SmsConfiguration?.EumsSms;
        return new()
        {
            Identity = messaging?.OriginationIdentity,
            ConfigurationSet = messaging?.ConfigurationSetName,
            Region = settings.SmsConfiguration?.SnsRegion ?? messaging?.Region,
            EntityId = messaging?.InEntityId,
            TemplateId = messaging?.InTemplateId,
            IsByEndUserMessaging = messaging is not null,
        };
    }

    /// <summary>Refuses an SMS configuration that names both ways of sending, or neither. Roles cannot be
    /// tried out here, so that they exist is not checked.</summary>
    /// <param name="region">The pool's region.</param>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void CheckSms(SmsConfigurationType? given, string region)
    {
        if (given is null) return;
        if ((given.SnsCallerArn is null) == (given.EumsSms is null))
            throw PoolRefusals.Sms("provide either SnsCallerArn or EumsSms.");
        if (given.EumsSms is not { } messaging) return;
        if (!Arns.IsOf("iam", messaging.CallerArn))
            throw PoolRefusals.Sms("CallerArn must be the ARN of a role.");
        if (messaging.Region is not null && messaging.Region != region)
            throw PoolRefusals.Sms("Region must be the Region of the user pool.");
    }

    /// <summary>The recovery setting; null for none, which means SMS before e-mail (doc).</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static AccountRecoverySettingType? Recovery(AccountRecoverySettingType? given)
    {
        if (given?.RecoveryMechanisms is not { Count: > 0 } mechanisms) return null;
        if (mechanisms.Count > 1 && mechanisms.Any(one => one.Name == RecoveryOptionNameType.AdminOnly))
            throw PoolRefusals.Recovery("admin_only cannot be combined with other mechanisms.");
        if (mechanisms.DistinctBy(one => one.Priority).Count() < mechanisms.Count)
            throw PoolRefusals.Recovery("each mechanism needs its own priority.");
        if (mechanisms.DistinctBy(one => one.Name).Count() < mechanisms.Count)
            throw PoolRefusals.Recovery("each mechanism can be named once.");
        return given;
    }

    /// <summary>The remembering of devices: any member switches it on, none leaves it off (doc).</summary>
    public static DeviceConfigurationType? Devices(DeviceConfigurationType? given) =>
        given is null or { ChallengeRequiredOnNewDevice: null, DeviceOnlyRememberedOnUserPrompt: null }
            ? null
            : new()
            {
                ChallengeRequiredOnNewDevice = given.ChallengeRequiredOnNewDevice ?? false,
                DeviceOnlyRememberedOnUserPrompt = given.DeviceOnlyRememberedOnUserPrompt ?? false,
            };
}
