using Lifeguard.Domain.Effects;
using PhoneNumbers;

namespace Lifeguard.Adapters;

/// <summary>To which numbers text messages may go.</summary>
/// <param name="Check">What is looked at.</param>
/// <param name="Countries">Regions such as <c>DE</c> and calling codes such as <c>+49</c>; empty for all.
/// Fraud by text messages goes to where they are dear, seldom to where one's users are.</param>
public sealed record NumberRules(NumberCheck Check, IReadOnlyList<string> Countries)
{
    /// <summary>Nothing is to be looked at.</summary>
    public bool IsNone => Check is NumberCheck.None && Countries.Count == 0;

    /// <summary>The entries of a list such as <c>DE, AT, +41</c>; null where one is neither a region with
    /// numbers of its own nor a calling code.</summary>
    public static IReadOnlyList<string>? Parse(string list)
    {
        var parts = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.ToUpperInvariant())
            .ToArray();
        return parts.Length > 0 && parts.All(part => IsCallingCode(part) || IsRegion(part)) ? parts : null;
    }

    private static bool IsCallingCode(string text) =>
        text.Length is >= 2 and <= 8 && text[0] == '+' && text[1] != '0' && text[1..].All(char.IsAsciiDigit);

    private static bool IsRegion(string text) =>
        PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(text);
}

/// <summary>How closely a number is looked at.</summary>
public enum NumberCheck
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Its country exists, and has numbers of this length.</summary>
    Possible,

    /// <summary>It lies in a range that is in use. Plans change, and may be newer than what is known of
    /// them.</summary>
    Valid,
}

/// <summary>Hands on only what goes to an admitted number; everything else is refused for good.</summary>
public sealed class CheckedSmsSender(ISmsSender sender, NumberRules rules) : ISmsSender
{
    /// <inheritdoc/>
    public Task Send(SmsMessage message, CancellationToken cancellation) =>
        Refusal(message.To) is { } reason
            ? throw new DeliveryException(reason, permanent: true)
            : sender.Send(message, cancellation);

    /// <inheritdoc/>
    public string? RefusalOf(string to) => Refusal(to) ?? sender.RefusalOf(to);

    private string? Refusal(string number)
    {
        var numbers = PhoneNumberUtil.GetInstance();
        PhoneNumber parsed;
        try
        {
            parsed = numbers.Parse(number, null);
        }
        catch (NumberParseException)
        {
            return "The recipient is not a phone number.";
        }

        var isFit = rules.Check switch
        {
            NumberCheck.Valid => numbers.IsValidNumber(parsed),
            NumberCheck.Possible => numbers.IsPossibleNumber(parsed),
            _ => true,
        };
        if (!isFit) return "The recipient is not a valid phone number.";
        var region = numbers.GetRegionCodeForNumber(parsed);
        return rules.Countries.Count == 0 || rules.Countries.Any(one => Admits(one, number, region))
            ? null
            : "Text messages to this country are not allowed.";
    }

    private static bool Admits(string entry, string number, string? region) =>
        entry[0] == '+' ? number.StartsWith(entry, StringComparison.Ordinal) : entry == region;
}
