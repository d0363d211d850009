using System.Globalization;
using Lifeguard.Adapters;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.Imports;
using Lifeguard.Protocol.SigV4;

namespace Lifeguard.Server.Settings;

/// <summary>Turns checked texts into types. By hand, because the framework's binder needs
/// reflection.</summary>
internal sealed class SettingsBinder
{
    private const string MapPrefix = "Triggers:Map:";
    private const string LogMapPrefix = "Logs:Map:";
    private const string InsteadPrefix = "Federation:Instead:";
    private const string RatePrefix = "Limits:RequestsPerSecond:";

    private readonly Dictionary<string, string> texts;

    private SettingsBinder(IEnumerable<SettingValue> values) =>
        texts = values.ToDictionary(value => value.Name, value => value.Text);

    public static ServerSettings Bind(Life life, IEnumerable<SettingValue> values) =>
        new SettingsBinder(values).Bind(life);

    private ServerSettings Bind(Life life) => new()
    {
        Life = life,
        Listen = new(texts["Listen"]),
        Database = texts["Database"],
        Region = texts["Region"],
        AccountId = texts["AccountId"],
        Issuer = Optional("Issuer")
            ?.Replace("{region}", texts["Region"], StringComparison.Ordinal).TrimEnd('/'),
        BaseDomain = Optional("BaseDomain"),
        PublicUrl = Address("PublicUrl"),
        BehindProxy = bool.Parse(texts["BehindProxy"]),
        MasterKeyFile = Optional("MasterKeyFile"),
        MasterKey = Optional("MasterKey"),
        TlsCertificateFile = Optional("Tls:CertificateFile"),
        TlsKeyFile = Optional("Tls:KeyFile"),
        Smtp = Smtp(),
        Sms = Address("Sms:Webhook:Url") is { } url ? new(url, texts["Sms:Webhook:Secret"]) : null,
        Ses = Optional("Email:Ses:From") is { } from
            ? new(from, Optional("Email:Ses:Region") ?? texts["Region"], Aws("Email:Ses"))
            : null,
        Sns = Sns(),
        Twilio = Twilio(),
        Numbers = new(
            Enum.Parse<NumberCheck>(texts["Sms:NumberCheck"], ignoreCase: true),
            Optional("Sms:AllowedCountries") is { } list ? NumberRules.Parse(list)! : []),
        Messages = new(
            Number("Limits:EmailsPerDay"), Number("Limits:SmsPerNumberPerHour"),
            Number("Limits:SmsPerNumberPerDay")),
        Lambda = Lambda(),
        Kms = Aws("Kms"),
        KmsKeyFile = Optional("Kms:KeyFile"),
        TriggerWebhookSecret = Optional("Triggers:Webhook:Secret"),
        TriggerMap = Under(MapPrefix).ToDictionary(
            entry => entry.Name, entry => TriggerTarget.Parse(entry.Text)!),
        Triggers = Triggers(),
        LogDefault = LogTarget.Parse(texts["Logs:Default"])!,
        LogMap = Under(LogMapPrefix).ToDictionary(entry => entry.Name, entry => LogTarget.Parse(entry.Text)!),
        LogWebhookSecret = Optional("Logs:Webhook:Secret"),
        ImportBucket = ImportBucket(),
        CompromisedPasswords = Optional("Threats:CompromisedPasswords") is { } source
            ? PasswordSource.Parse(source)
            : null,
        LocationsFile = Optional("Threats:LocationsFile"),
        TextsFile = Optional("Messages:TextsFile"),
        EndsReusedSignIns = bool.Parse(texts["Tokens:EndReusedSignIns"]),
        Authorization = new(
            IsOn("OAuth:Strict"), IsOn("OAuth:NameIssuer"), IsOn("OAuth:AnnouncePkce")),
        Pages = new(bool.Parse(texts["Pages:DefaultStyle"])),
        PageTextsFile = Optional("Pages:TextsFile"),
        ProviderPlaces = ProviderPlaces(),
        Password = new(
            Number("Password:MemoryKiB"), Number("Password:Iterations"), Number("Password:Parallelism")),
        Limits = Limits(),
    };

    private bool IsOn(string name) => bool.Parse(texts[name]);

    private ProviderPlaces ProviderPlaces() => new(
        (Optional("Federation:TrustedHosts") ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase),
        Under(InsteadPrefix).ToDictionary(entry => entry.Name, entry => new Uri(entry.Text)));

    private SmtpOptions? Smtp() => Optional("Email:Smtp:Host") is not { } host ? null : new()
    {
        Host = host,
        Port = Number("Email:Smtp:Port"),
        Security = Enum.Parse<SmtpSecurity>(texts["Email:Smtp:Security"], ignoreCase: true),
        User = Optional("Email:Smtp:User"),
        Password = Optional("Email:Smtp:Password"),
        From = texts["Email:Smtp:From"],
        LocalDomain = Optional("Email:Smtp:LocalDomain"),
        TrustedCertificateFile = Optional("Email:Smtp:TrustedCertificateFile"),
    };

    /// <summary>An endpoint alone will do: local emulators ask for no signature.</summary>
    private SnsOptions? Sns() =>
        Optional("Sms:Sns:AccessKeyId") is null && Optional("Sms:Sns:Endpoint") is null
            ? null
            : new(
                Optional("Sms:Sns:Region") ?? texts["Region"], Optional("Sms:Sns:SenderId"), Aws("Sms:Sns"));

    private TwilioOptions? Twilio() => Optional("Sms:Twilio:AccountSid") is { } account
        ? new(
            new(texts["Sms:Twilio:Endpoint"]), account, texts["Sms:Twilio:AuthToken"],
            texts["Sms:Twilio:From"])
        : null;

    private LambdaOptions Lambda() => new()
    {
        Endpoint = Address("Triggers:Lambda:Endpoint"),
        Region = Optional("Triggers:Lambda:Region"),
        Credentials = Optional("Triggers:Lambda:AccessKeyId") is { } id
            && Optional("Triggers:Lambda:SecretAccessKey") is { } secret
                ? new SigV4Credentials(id, secret, Optional("Triggers:Lambda:SessionToken"))
                : null,
    };

    private AwsOptions Aws(string prefix) => new()
    {
        Endpoint = Address($"{prefix}:Endpoint"),
        Region = Optional($"{prefix}:Region"),
        Credentials = Optional($"{prefix}:AccessKeyId") is { } id
            && Optional($"{prefix}:SecretAccessKey") is { } secret
                ? new SigV4Credentials(id, secret)
                : null,
    };

    private TriggerSettings Triggers() => new(
        Number("Triggers:MaxConcurrent"),
        Number("Triggers:MaxConcurrentPerFunction"),
        Number("Triggers:Circuit:Failures"),
        Number("Triggers:Circuit:OpenSeconds"),
        Number("Triggers:MaxProcesses"));

    private S3Options? ImportBucket() => Optional("Import:S3:Bucket") is not { } bucket ? null : new(
        bucket,
        Optional("Import:S3:Region") ?? texts["Region"],
        Address("Import:S3:Endpoint"),
        new(texts["Import:S3:AccessKeyId"], texts["Import:S3:SecretAccessKey"]),
        texts["Import:S3:Encryption"] is var way && way.Equals("None", StringComparison.OrdinalIgnoreCase)
            ? null
            : way);

    private LimitSettings Limits() => new(
        Number("Limits:BodyBytes"),
        Number("Limits:HashQueue"),
        Number("Limits:ResetRequestsPerHour"),
        Number("Limits:ConfirmsPerHour"),
        Number("Limits:ResendPerHour"),
        Number("Limits:ChangePasswordPerHour"),
        Number("Limits:VerificationCodesPerHour"),
        Number("Limits:AddressChangesPerHour"),
        Number("Limits:SignInCodesPerHour"),
        Number("Limits:ReadsPerUser"),
        Number("Limits:WritesPerUser"),
        Number("Limits:CallsPerPool"),
        Number("Limits:HighestProvisioned"),
        Number("Limits:AnswerTickMilliseconds"),
        Under(RatePrefix)
            .Select(entry => (entry.Name, Rate: Number(RatePrefix + entry.Name)))
            .Where(entry => entry.Rate > 0)
            .ToDictionary(entry => entry.Name, entry => entry.Rate));

    private IEnumerable<(string Name, string Text)> Under(string prefix) => texts
        .Where(text => text.Key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(text => (text.Key[prefix.Length..], text.Value));

    private string? Optional(string name) => texts[name] is { Length: > 0 } text ? text : null;

    private Uri? Address(string name) => Optional(name) is { } text ? new(text) : null;

    private int Number(string name) =>
        int.Parse(texts[name], NumberStyles.None, CultureInfo.InvariantCulture);
}
