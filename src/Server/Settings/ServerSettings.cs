using Lifeguard.Adapters;
using Lifeguard.Domain;
using Lifeguard.Domain.Branding;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.Imports;
using Lifeguard.Domain.Limits;
using Lifeguard.Domain.OAuth;

namespace Lifeguard.Server.Settings;

/// <summary>All settings in force, typed. What each means stands in <see cref="SettingCatalogue"/>.</summary>
public sealed record ServerSettings
{
    private const string SqlitePrefix = "sqlite:";

    public required Life Life { get; init; }

    public required Uri Listen { get; init; }

    /// <summary><c>memory</c>, <c>sqlite:FILE</c> or an Npgsql connection string.</summary>
    public required string Database { get; init; }

    /// <summary>Only PostgreSQL is shared by several nodes.</summary>
    public bool MayHaveOtherNodes => IsPostgres;

    public bool IsPostgres => Database != "memory" && DatabaseFile is null;

    /// <summary>The file of an SQLite database; null for any other.</summary>
    public string? DatabaseFile =>
        Database.StartsWith(SqlitePrefix, StringComparison.Ordinal) ? Database[SqlitePrefix.Length..] : null;

    public required string Region { get; init; }

    public required string AccountId { get; init; }

    /// <summary>What stands before the pool id, with the region filled in and no slash at the end; null for
    /// the own address.</summary>
    public required string? Issuer { get; init; }

    public required string? BaseDomain { get; init; }

    /// <summary>In development prefixes have hosts without a setting, below the one name that always leads to
    /// the own machine (RFC 6761 §6.3).</summary>
    public Deployment Deployment =>
        new(Region, AccountId, BaseDomain ?? (Life is Life.Dev ? "localhost" : null));

    public required Uri? PublicUrl { get; init; }

    public required bool BehindProxy { get; init; }

    public required string? MasterKeyFile { get; init; }

    /// <summary>Base64, from the environment; null where there is none.</summary>
    public required string? MasterKey { get; init; }

    public required string? TlsCertificateFile { get; init; }

    public required string? TlsKeyFile { get; init; }

    /// <summary>Null where no mail server is set.</summary>
    public required SmtpOptions? Smtp { get; init; }

    /// <summary>Null where no webhook for text messages is set.</summary>
    public required SmsWebhookSettings? Sms { get; init; }

    /// <summary>Null where SES is not used.</summary>
    public required SesOptions? Ses { get; init; }

    /// <summary>Null where SNS is not used.</summary>
    public required SnsOptions? Sns { get; init; }

    /// <summary>Null where Twilio is not used.</summary>
    public required TwilioOptions? Twilio { get; init; }

    /// <summary>To which numbers text messages may go.</summary>
    public required NumberRules Numbers { get; init; }

    /// <summary>How many messages may leave.</summary>
    public required MessageLimits Messages { get; init; }

    public required LambdaOptions Lambda { get; init; }

    /// <summary>Where the keys for custom senders are.</summary>
    public required AwsOptions Kms { get; init; }

    /// <summary>No KMS is asked for keys; the server makes its own, and opens them by KMS's API.</summary>
    public bool UsesLocalKeys =>
        Life is Life.Dev && Kms is { Endpoint: null, Credentials: null } && KmsKeyFile is null;

    /// <summary>The key that custom senders share, in place of KMS; null for none.</summary>
    public required string? KmsKeyFile { get; init; }

    /// <summary>Signs events to webhooks; null where none is set.</summary>
    public required string? TriggerWebhookSecret { get; init; }

    /// <summary>What stands in for functions, by ARN or function name.</summary>
    public required IReadOnlyDictionary<string, TriggerTarget> TriggerMap { get; init; }

    /// <summary>Bounds on calls of triggers.</summary>
    public required TriggerSettings Triggers { get; init; }

    /// <summary>Where logs go that the map does not name.</summary>
    public required LogTarget LogDefault { get; init; }

    /// <summary>Where logs go, by ARN, name, or beginning of a name with a <c>*</c> behind it.</summary>
    public required IReadOnlyDictionary<string, LogTarget> LogMap { get; init; }

    /// <summary>Signs logs to HTTP endpoints; null where none is set.</summary>
    public required string? LogWebhookSecret { get; init; }

    /// <summary>The bucket for files of users; null where the database keeps them.</summary>
    public required S3Options? ImportBucket { get; init; }

    /// <summary>Passwords in circulation; null where none are looked up.</summary>
    public required PasswordSource? CompromisedPasswords { get; init; }

    /// <summary>Table of addresses and places; null for none.</summary>
    public required string? LocationsFile { get; init; }

    /// <summary>Wordings of messages by language; null leaves the pools' own.</summary>
    public required string? TextsFile { get; init; }

    /// <summary>Words of the login pages; null leaves the program's own.</summary>
    public required string? PageTextsFile { get; init; }

    /// <summary>A replaced refresh token that is used again ends its sign-in.</summary>
    public required bool EndsReusedSignIns { get; init; }

    /// <summary>Where the endpoints of domains do other things than the service.</summary>
    public required AuthorizationRules Authorization { get; init; }

    /// <summary>What there is to say of the pages of domains.</summary>
    public required PageRules Pages { get; init; }

    /// <summary>Where identity providers may be besides public addresses.</summary>
    public required ProviderPlaces ProviderPlaces { get; init; }

    public required PasswordSettings Password { get; init; }

    public required LimitSettings Limits { get; init; }

    /// <summary>Never prints its members, among them secrets.</summary>
    public override string ToString() => nameof(ServerSettings);
}

/// <summary>Where text messages are posted, and the secret that signs them; empty where none is
/// set.</summary>
public sealed record SmsWebhookSettings(Uri Url, string Secret)
{
    /// <summary>Never prints the secret.</summary>
    public override string ToString() => nameof(SmsWebhookSettings);
}

/// <summary>Bounds on calls of triggers.</summary>
/// <param name="CircuitFailures">Calls without an answer after which a function is let alone for a while; 0
/// for never.</param>
/// <param name="MaxProcesses">Of one function on this machine.</param>
public sealed record TriggerSettings(
    int MaxConcurrent, int MaxConcurrentPerFunction, int CircuitFailures, int CircuitOpenSeconds,
    int MaxProcesses);

/// <summary>Cost of Argon2id.</summary>
public sealed record PasswordSettings(int MemoryKiB, int Iterations, int Parallelism);

/// <summary>Bounds on what one caller can ask for.</summary>
/// <param name="ReadsPerUser">A second; 0 for no limit, as in the next two.</param>
/// <param name="RequestsPerSecond">By rate category; a category that is missing has no limit.</param>
public sealed record LimitSettings(
    int BodyBytes,
    int HashQueue,
    int ResetRequestsPerHour,
    int ConfirmsPerHour,
    int ResendPerHour,
    int ChangePasswordPerHour,
    int VerificationCodesPerHour,
    int AddressChangesPerHour,
    int SignInCodesPerHour,
    int ReadsPerUser,
    int WritesPerUser,
    int CallsPerPool,
    int HighestProvisioned,
    int AnswerTickMilliseconds,
    IReadOnlyDictionary<string, int> RequestsPerSecond);
