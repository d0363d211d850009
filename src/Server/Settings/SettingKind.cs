using System.Globalization;
using System.Text;
using Lifeguard.Adapters;
using Lifeguard.Domain;

namespace Lifeguard.Server.Settings;

/// <summary>What texts a setting takes.</summary>
/// <param name="Wanted">Completes "must be …" in messages and manuals.</param>
/// <param name="Accepts">Is this text one of them? Never asked about the empty text, which means "not
/// set".</param>
public sealed record SettingKind(string Wanted, Func<string, bool> Accepts)
{
    /// <summary>Any text.</summary>
    public static SettingKind Text { get; } = new("a text", _ => true);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static SettingKind Flag { get; } = new("true or false", text => bool.TryParse(text, out _));

    /// <summary>Path of a file; whether it can be read is found out when it is.</summary>
    public static SettingKind File { get; } = new("the path of a file", text => !text.Contains('\0'));

    /// <summary>An address of a server elsewhere.</summary>
    public static SettingKind Address { get; } = new("an http or https address", IsAddress);

    /// <summary>Scheme, host and port, nothing behind them.</summary>
    public static SettingKind Origin { get; } = new(
        "an http or https address without a path, such as http://127.0.0.1:9229",
        text => IsAddress(text) && new Uri(text) is { PathAndQuery: "/", Fragment: "" });

    /// <summary>An issuer in which <c>{region}</c> stands for the region.</summary>
    public static SettingKind IssuerTemplate { get; } = new(
        "an https address, in which {region} may stand for the region",
        text => text.Replace("{region}", "r", StringComparison.Ordinal) is var address && IsAddress(address)
            && address.IndexOfAny(['{', '}', '?', '#']) < 0);

    /// <summary>Such as <c>eu-west-1</c>.</summary>
    public static SettingKind Region { get; } =
        new("a region such as eu-west-1", RegionName.IsValid);

    /// <summary>Twelve digits.</summary>
    public static SettingKind AccountId { get; } = new(
        "twelve digits", text => text.Length == 12 && text.All(char.IsAsciiDigit));

    /// <summary>A DNS name.</summary>
    public static SettingKind HostName { get; } = new(
        "a host name", text => Uri.CheckHostName(text) is not UriHostNameType.Unknown);

    /// <summary>What a host greets a mail server with, which need not know other characters yet.</summary>
    public static SettingKind Greeting { get; } = new(
        "a host name in ASCII or an address", text => HostName.Accepts(text) && Ascii.IsValid(text));

    /// <summary>DNS names and addresses, such as <c>id.example</c> and <c>[::1]</c>.</summary>
    public static SettingKind HostNames { get; } = new(
        "host names with commas between",
        text => text.Split(',', StringSplitOptions.TrimEntries)
            .All(host => Uri.CheckHostName(host) is not UriHostNameType.Unknown));

    /// <summary>Who sends e-mail.</summary>
    public static SettingKind Sender { get; } =
        new("exactly one address, or Name <address>", MailComposer.IsMailbox);

    /// <summary>A bucket of S3.</summary>
    public static SettingKind BucketName { get; } = new(
        "the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens",
        text => text.Length is >= 3 and <= 63
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-'));

    /// <summary>Countries by their regions or calling codes.</summary>
    public static SettingKind Countries { get; } = new(
        "regions such as DE and calling codes such as +49, with commas between",
        text => NumberRules.Parse(text) is not null);

    /// <summary>Where users, pools and keys are stored.</summary>
    public static SettingKind Database { get; } = new(
        "memory, sqlite:FILE or an Npgsql connection string",
        text => text == "memory"
            || (text.StartsWith("sqlite:", StringComparison.Ordinal) ? text.Length > 7 : text.Contains('=')));

    /// <summary>Where a trigger is called instead of Lambda.</summary>
    public static SettingKind TriggerTarget { get; } = new(
        "an http or https address of a webhook, lambda:ADDRESS of a Lambda endpoint, command:PROGRAM, or a "
        + "handler: a file such as ./app.mjs, ./app.py or ./app.mjs#export, or FILE.EXPORT",
        text => Settings.TriggerTarget.Parse(text) is not null);

    /// <summary>Where log lines go.</summary>
    public static SettingKind LogTarget { get; } = new(
        "none, stdout, file:PATH, or an http or https address",
        text => Settings.LogTarget.Parse(text) is not null);

    /// <summary>Where passwords in circulation are kept.</summary>
    public static SettingKind PasswordSource { get; } = new(
        "file:PATH, or an http or https address",
        text => Settings.PasswordSource.Parse(text) is not null);

    /// <summary>A whole number.</summary>
    public static SettingKind Number(int min, int max) => new(
        $"a whole number from {min} to {max}",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max);

    /// <summary>One of a few words, in either case.</summary>
    public static SettingKind Choice(params IReadOnlyList<string> words) => new(
        string.Join(" or ", words), text => words.Contains(text, StringComparer.OrdinalIgnoreCase));

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { UserInfo: "", Host: not "" }
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
