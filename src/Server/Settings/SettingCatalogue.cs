using Lifeguard.Domain.Limits;

namespace Lifeguard.Server.Settings;

/// <summary>Every setting there is: the loader, the table of <c>lifeguard settings</c> and the manual read
/// it.</summary>
public static class SettingCatalogue
{
    /// <summary>Stands in for secrets under <c>dev</c>; <c>serve</c> refuses it.</summary>
    public const string DevSecret = "insecure-development-secret";

    /// <summary>All entries, in the order of the manual.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        .. Deployment(), .. Messages(), .. Triggers(), .. Keys(), .. Logs(), .. Imports(), .. Threats(),
        .. Tokens(), .. Federation(), .. Limits(),
        .. RateLimits(),
    ];

    /// <summary>The entry that a name belongs to, in either case; null where there is none.</summary>
    public static Setting? Find(string name) => All.FirstOrDefault(setting => setting.IsMap
        ? name.Length > setting.Name.Length
            && name.StartsWith(setting.Name, StringComparison.OrdinalIgnoreCase)
        : name.Equals(setting.Name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Setting> Deployment() =>
    [
        new("Listen", SettingKind.Origin, "http://127.0.0.1:9229", "Address to listen on")
        {
            Flag = "--listen",
        },
        new("Database", SettingKind.Database, "sqlite:lifeguard.db",
            "memory, sqlite:FILE, or an Npgsql connection string")
        {
            DevDefault = "memory", Flag = "--database", Shown = DatabaseWithoutPassword,
        },
        new("Region", SettingKind.Region, "us-east-1", "Region in ids, ARNs and signatures")
        {
            Flag = "--region",
        },
        new("AccountId", SettingKind.AccountId, "000000000000", "Account in ARNs") { Flag = "--account-id" },
        new("Issuer", SettingKind.IssuerTemplate, "",
            "What stands before /POOLID in tokens; empty for the own address, or "
            + "https://cognito-idp.{region}.amazonaws.com for clients that expect the service's")
        {
            Flag = "--issuer",
        },
        new("BaseDomain", SettingKind.HostName, "",
            "Domain below which pools' domains are hosts (PREFIX.auth.REGION.DOMAIN) whose DNS leads here; "
            + "empty where they are reached by the path /_domain/PREFIX")
        {
            Flag = "--base-domain",
        },
        new("PublicUrl", SettingKind.Origin, "", "Address that clients use, where a proxy stands in front")
        {
            Flag = "--public-url",
        },
        new("BehindProxy", SettingKind.Flag, "false",
            "A proxy on the way ends TLS, and its X-Forwarded headers are believed")
        {
            Flag = "--behind-proxy",
        },
        new("MasterKeyFile", SettingKind.File, "",
            "File with the master key: 32 bytes, raw or in base64, readable by the owner alone")
        {
            Flag = "--master-key-file",
        },
        new("MasterKey", SettingKind.Text, "", "The master key itself in base64, instead of a file")
        {
            IsSecret = true, IsEnvironmentOnly = true,
        },
        new("Tls:CertificateFile", SettingKind.File, "", "PEM file with the certificate and its chain"),
        new("Tls:KeyFile", SettingKind.File, "",
            "PEM file with the certificate's private key, readable by the owner and its group alone"),
    ];

    private static IEnumerable<Setting> Messages() =>
    [
        new("Email:Smtp:Host", SettingKind.HostName, "", "Mail server; under dev besides the inbox"),
        new("Email:Smtp:Port", SettingKind.Number(1, 65535), "587", "Port of the mail server"),
        new("Email:Smtp:Security", SettingKind.Choice("None", "StartTls", "Tls"), "StartTls",
            "How the connection to the mail server is protected"),
        new("Email:Smtp:User", SettingKind.Text, "", "Account at the mail server"),
        new("Email:Smtp:Password", SettingKind.Text, "", "Password of that account") { IsSecret = true },
        new("Email:Smtp:From", SettingKind.Sender, "",
            "Sender of pools that name none: address or Name <address>"),
        new("Email:Smtp:LocalDomain", SettingKind.Greeting, "",
            "Name by which this host greets the mail server; empty for its full name, or its address where "
            + "it has none"),
        new("Email:Smtp:TrustedCertificateFile", SettingKind.File, "",
            "PEM file with private authorities to trust besides the system's"),
        new("Email:Ses:From", SettingKind.Sender, "",
            "Sends e-mail by SES, from this sender where the pool names none: address or Name <address>"),
        new("Email:Ses:Region", SettingKind.Region, "",
            "Region of SES; empty for that of the pool's identity, or the deployment's"),
        new("Email:Ses:Endpoint", SettingKind.Address, "", "Where SES is, if not at AWS"),
        new("Email:Ses:AccessKeyId", SettingKind.Text, "", "Whose signature; empty sends none"),
        new("Email:Ses:SecretAccessKey", SettingKind.Text, "", "Secret of that key") { IsSecret = true },
        new("Sms:AllowedCountries", SettingKind.Countries, "",
            "Where text messages may go: regions such as DE and calling codes such as +49, with commas "
            + "between; empty for everywhere"),
        new("Sms:NumberCheck", SettingKind.Choice("None", "Possible", "Valid"), "Possible",
            "What is asked of a number before a text message leaves: that there may be one like it, or that "
            + "it lies in a range in use")
        {
            DevDefault = "None",
        },
        new("Sms:Sns:AccessKeyId", SettingKind.Text, "",
            "Sends text messages by SNS, or by End User Messaging for pools that name it, with this "
            + "signature"),
        new("Sms:Sns:SecretAccessKey", SettingKind.Text, "", "Secret of that key") { IsSecret = true },
        new("Sms:Sns:Region", SettingKind.Region, "",
            "Region of SNS; empty for that of the pool, or the deployment's"),
        new("Sms:Sns:Endpoint", SettingKind.Address, "", "Where SNS is, if not at AWS"),
        new("Sms:Sns:SenderId", SettingKind.Text, "",
            "Sender of text messages of pools that name none, where the country shows one"),
        new("Sms:Twilio:AccountSid", SettingKind.Text, "",
            "Sends text messages by Twilio, from this account"),
        new("Sms:Twilio:AuthToken", SettingKind.Text, "", "Token of that account") { IsSecret = true },
        new("Sms:Twilio:From", SettingKind.Text, "",
            "Number or name that sends, or the id of a messaging service"),
        new("Sms:Twilio:Endpoint", SettingKind.Address, "https://api.twilio.com", "Where Twilio is"),
        new("Sms:Webhook:Url", SettingKind.Address, "", "Where text messages are posted")
        {
            Shown = WithoutQuery,
        },
        new("Sms:Webhook:Secret", SettingKind.Text, "", "Signs what is posted there")
        {
            DevDefault = DevSecret, IsSecret = true,
        },
    ];

    private static IEnumerable<Setting> Triggers() =>
    [
        new("Triggers:Lambda:Endpoint", SettingKind.Address, "",
            "Where Lambda functions are invoked; empty for AWS, in the region of the ARN"),
        new("Triggers:Lambda:Region", SettingKind.Region, "", "Region of functions given by name"),
        new("Triggers:Lambda:AccessKeyId", SettingKind.Text, "", "Whose signature; empty sends none"),
        new("Triggers:Lambda:SecretAccessKey", SettingKind.Text, "", "Secret of that key")
        {
            IsSecret = true,
        },
        new("Triggers:Lambda:SessionToken", SettingKind.Text, "", "Token of that key, where it is temporary")
        {
            IsSecret = true,
        },
        new("Triggers:MaxConcurrent", SettingKind.Number(1, 100_000), "1000",
            "Trigger calls under way at a time, on each node; what comes beyond is throttled as by Lambda"),
        new("Triggers:MaxConcurrentPerFunction", SettingKind.Number(1, 100_000), "500",
            "The same for one function"),
        new("Triggers:Circuit:Failures", SettingKind.Number(0, 1_000_000), "15",
            "Tries in a row that nobody answers, after which calls of the function fail at once; 0 for never")
        {
            DevDefault = "0",
        },
        new("Triggers:Circuit:OpenSeconds", SettingKind.Number(1, 3600), "10",
            "How long they fail at once, before one is let through to see whether the function is back"),
        new("Triggers:MaxProcesses", SettingKind.Number(1, 1000), "16",
            "Processes at a time that run one function on this machine; what comes beyond waits (dev)"),
        new("Triggers:Webhook:Secret", SettingKind.Text, "", "Signs the events that go to webhooks")
        {
            DevDefault = DevSecret, IsSecret = true,
        },
        new("Triggers:Map:", SettingKind.TriggerTarget, "",
            "What is called instead of the function with this ARN or name: a webhook's address, "
            + "lambda:ADDRESS, and under dev command:PROGRAM or a JavaScript or Python file")
        {
            IsMap = true, Shown = TriggerTarget.Shown,
        },
    ];

    private static IEnumerable<Setting> Keys() =>
    [
        new("Kms:Endpoint", SettingKind.Address, "",
            "Where the keys are that encrypt codes for custom senders; empty for AWS, or under dev, where no "
            + "Kms:AccessKeyId is set either, for the server itself"),
        new("Kms:KeyFile", SettingKind.File, "",
            "Instead of KMS: a file with 32 bytes, raw or in base64, that custom senders share; their "
            + "keyring is raw AES, namespace lifeguard, name custom-sender"),
        new("Kms:Region", SettingKind.Region, "", "Region of the keys; empty for that of their ARN"),
        new("Kms:AccessKeyId", SettingKind.Text, "", "Whose signature; empty sends none"),
        new("Kms:SecretAccessKey", SettingKind.Text, "", "Secret of that key") { IsSecret = true },
    ];

    private static IEnumerable<Setting> Logs() =>
    [
        new("Logs:Default", SettingKind.LogTarget, "stdout",
            "Where the delivered logs of pools go: none, stdout, file:PATH or an http or https address")
        {
            DevDefault = "none", Shown = LogTargetWithoutQuery,
        },
        new("Logs:Map:", SettingKind.LogTarget, "",
            "Where those go instead whose destination has this ARN or name; a * at its end takes all that "
            + "begin so")
        {
            IsMap = true, Shown = LogTargetWithoutQuery,
        },
        new("Logs:Webhook:Secret", SettingKind.Text, "", "Signs the logs that go to an address")
        {
            DevDefault = DevSecret, IsSecret = true,
        },
    ];

    private static IEnumerable<Setting> Imports() =>
    [
        new("Import:S3:Bucket", SettingKind.BucketName, "",
            "Bucket that takes files of users to import; empty for the database"),
        new("Import:S3:Region", SettingKind.Region, "", "Region of the bucket; empty for the deployment's"),
        new("Import:S3:Endpoint", SettingKind.Address, "",
            "Where the bucket is, if not at AWS; its name becomes the first part of the path"),
        new("Import:S3:AccessKeyId", SettingKind.Text, "", "Whose signature uploads and reads the files"),
        new("Import:S3:SecretAccessKey", SettingKind.Text, "", "Secret of that key") { IsSecret = true },
        new("Import:S3:Encryption", SettingKind.Choice("aws:kms", "AES256", "None"), "aws:kms",
            "What uploads have to send as x-amz-server-side-encryption"),
    ];

    private static IEnumerable<Setting> Threats() =>
    [
        new("Threats:CompromisedPasswords", SettingKind.PasswordSource, "",
            "Passwords in circulation, for pools that look them up: file:PATH of a folder or file of hashes, "
            + "or the address of a range API such as Have I Been Pwned's; empty looks none up")
        {
            Shown = PasswordSourceWithoutQuery,
        },
        new("Threats:LocationsFile", SettingKind.File, "",
            "Table of addresses and places for the events of sign-ins: CIDR,country,city[,north,east]"),
        new("Messages:TextsFile", SettingKind.File, "",
            "Wordings of messages by the locale of the user: JSON by pool, language and message"),
        new("Pages:TextsFile", SettingKind.File, "",
            "Words of the login pages in the place of the program's own: JSON by language and key"),
    ];

    private static IEnumerable<Setting> Tokens() =>
    [
        new("Tokens:EndReusedSignIns", SettingKind.Flag, "true",
            "A refresh token that another one has replaced ends its sign-in when it is used again (RFC 9700);"
            + " the service only refuses it")
        {
            DevDefault = "false",
        },
        new("OAuth:Strict", SettingKind.Flag, "false",
            "The endpoints of domains keep to OpenID Connect also where the service does not"),
        new("OAuth:NameIssuer", SettingKind.Flag, "false",
            "Answers to authorization requests name the issuer (RFC 9207)"),
        new("Pages:DefaultStyle", SettingKind.Flag, "false",
            "Managed login also has pages for app clients that nobody has given a style; with the service"
            + " they have none"),
        new("OAuth:AnnouncePkce", SettingKind.Flag, "false",
            "Discovery names the code challenge methods, which some clients ask for"),
    ];

    private static IEnumerable<Setting> Federation() =>
    [
        new("Federation:TrustedHosts", SettingKind.HostNames, "",
            "Hosts of identity providers on the inner network, with commas between, which may also speak "
            + "plain http; all others are called at public addresses and by https alone")
        {
            DevDefault = "localhost,127.0.0.1,[::1]",
        },
        new("Federation:Instead:", SettingKind.Origin, "",
            "Address that stands in for that of Google, Facebook, LoginWithAmazon or SignInWithApple, the "
            + "name at the end of this one; for tests")
        {
            IsMap = true,
        },
    ];

    private static IEnumerable<Setting> Limits() =>
    [
        new("Password:MemoryKiB", SettingKind.Number(8, 4 * 1024 * 1024), "19456", "Argon2id: memory")
        {
            DevDefault = "64",
        },
        new("Password:Iterations", SettingKind.Number(1, 100), "2", "Argon2id: passes over the memory")
        {
            DevDefault = "1",
        },
        new("Password:Parallelism", SettingKind.Number(1, 1), "1", "Argon2id: lanes; only 1 is supported"),
        new("Limits:BodyBytes", SettingKind.Number(4096, 64 * 1024 * 1024), "2097152",
            "Longest request body"),
        new("Limits:HashQueue", SettingKind.Number(1, 1_000_000), "256",
            "Password hashes that may wait; what comes beyond is turned away"),
        Hourly("ResetRequestsPerHour", 5, "Password resets a user may ask for in an hour"),
        Hourly("ConfirmsPerHour", 15, "Codes a user may try in an hour"),
        Hourly("ResendPerHour", 5, "Codes a user may have sent again in an hour"),
        Hourly("ChangePasswordPerHour", 5, "Password changes a user may try in an hour"),
        Hourly("VerificationCodesPerHour", 5, "Codes for a present address a user may ask for in an hour"),
        Hourly("AddressChangesPerHour", 50, "Changes of addresses that send a code, for a user in an hour"),
        new("Limits:EmailsPerDay", SettingKind.Number(0, 1_000_000), "0",
            "E-mails a day, from 9:00 UTC, of all pools that send by the service's own account; the "
            + "service's is 50; 0 for no limit"),
        PerNumber("Hour", 10),
        PerNumber("Day", 50),
        Rate("ReadsPerUser", 10, "Requests in a second that read one user, sign-ins included"),
        Rate("WritesPerUser", 10, "Requests in a second that change one user"),
        Rate("CallsPerPool", 5,
            "Calls in a second of one operation on one pool that reads or changes clients or other parts of "
            + "it"),
        new("Limits:HighestProvisioned", SettingKind.Number(1, 1_000_000), "10000",
            "Highest rate that UpdateProvisionedLimit grants a category"),
        Hourly("SignInCodesPerHour", 20, "Codes of sign-ins a user may try in an hour"),
        new("Limits:AnswerTickMilliseconds", SettingKind.Number(0, 1000), "10",
            "Answers that hide whether a user exists leave at multiples of this; 0 for at once"),
    ];

    private static Setting PerNumber(string span, int count) => new(
        $"Limits:SmsPerNumberPer{span}", SettingKind.Number(0, 1_000_000), $"{count}",
        $"Text messages of a pool to one number per {span.ToLowerInvariant()}; 0 for no limit")
    {
        DevDefault = "0",
    };

    private static Setting Hourly(string name, int count, string meaning) =>
        new($"Limits:{name}", SettingKind.Number(1, 1_000_000), $"{count}", meaning);

    private static IEnumerable<Setting> RateLimits() => RateCategory.All.Select(category => Rate(
        $"RequestsPerSecond:{category.Name}", category.PerSecond, "Requests of this category in a second"));

    /// <summary>Each node counts for itself; a balancer shares the requests out.</summary>
    private static Setting Rate(string name, int perSecond, string meaning) => new(
        $"Limits:{name}", SettingKind.Number(0, 1_000_000), $"{perSecond}",
        meaning + ", on each node: n nodes let n times as many through; 0 for no limit")
    {
        DevDefault = "0",
    };

    private static string WithoutQuery(string address) => new Uri(address).GetLeftPart(UriPartial.Path);

    private static string LogTargetWithoutQuery(string target) =>
        LogTarget.Parse(target) is LogTarget.Endpoint ? WithoutQuery(target) : target;

    private static string PasswordSourceWithoutQuery(string source) =>
        PasswordSource.Parse(source) is PasswordSource.Endpoint ? WithoutQuery(source) : source;

    /// <summary>Keeps what is known to be harmless instead of striking out what is known to be
    /// secret.</summary>
    private static string DatabaseWithoutPassword(string database)
    {
        string[] harmless = ["host", "server", "port", "database", "username", "user id", "ssl mode"];
        if (database == "memory" || database.StartsWith("sqlite:", StringComparison.Ordinal)) return database;
        return string.Join(';', database.Split(';', StringSplitOptions.TrimEntries).Where(part =>
            harmless.Contains(part.Split('=')[0].Trim(), StringComparer.OrdinalIgnoreCase)));
    }
}
