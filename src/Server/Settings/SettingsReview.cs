using System.Net;
using Lifeguard.Adapters;

namespace Lifeguard.Server.Settings;

/// <summary>
/// What is unsafe or cannot work in the settings. Pure: what is outside of them, the state of the key file,
/// is an argument. <c>serve</c> and <c>dev</c> stop at a refusal; <c>doctor</c> shows everything.
/// </summary>
public static class SettingsReview
{
    private const int ShortestSecret = 16;

    /// <summary>OWASP's first choice for Argon2id, 19 MiB and two passes.</summary>
    private const int RecommendedMemoryKiB = 19456;

    /// <summary>All findings, refusals first.</summary>
    public static IReadOnlyList<Finding> Of(LoadedSettings loaded, KeyFileState keyFile)
    {
        var settings = loaded.Settings;
        IEnumerable<Finding> findings =
        [
            .. Listening(settings),
            .. Certificates(settings),
            .. OpenFiles(loaded),
            .. settings.Life is Life.Serve ? Keys(settings, keyFile) : [],
            .. settings.Life is Life.Serve ? Secrets(settings) : [],
            .. settings.Life is Life.Serve ? LocalFunctions(settings) : [],
            .. Mail(settings),
            .. OneTransport(loaded),
            .. Pairs(loaded),
            .. settings.Life is Life.Serve ? OwnName(settings) : [],
            .. settings.Life is Life.Serve ? Advice(settings) : [],
        ];
        return [.. findings.OrderByDescending(finding => finding.Weight)];
    }

    /// <summary>Does this address accept connections from the same machine only?</summary>
    public static bool IsLoopback(Uri address) => IsLoopback(address.Host);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var literal) && IPAddress.IsLoopback(literal));

    private static IEnumerable<Finding> Listening(ServerSettings settings)
    {
        if (IsLoopback(settings.Listen)) yield break;
        if (settings.Life is Life.Dev)
        {
            yield return Finding.Refusal("Listen",
                "dev accepts any credentials and therefore listens on loopback addresses only.");
        }
        else if (settings.Listen.Scheme == Uri.UriSchemeHttp && !settings.BehindProxy)
        {
            yield return Finding.Refusal("Listen",
                "Plain HTTP on a public address would carry passwords in the clear. Set Tls:CertificateFile "
                + "and Tls:KeyFile and listen on https, or set BehindProxy where a proxy ends TLS.");
        }
    }

    private static IEnumerable<Finding> Certificates(ServerSettings settings)
    {
        var (certificate, key) = (settings.TlsCertificateFile, settings.TlsKeyFile);
        if ((certificate is null) != (key is null))
        {
            yield return Finding.Refusal(certificate is null ? "Tls:CertificateFile" : "Tls:KeyFile",
                "A certificate and its private key are given together.");
        }
        else if (certificate is null && settings.Listen.Scheme == Uri.UriSchemeHttps)
        {
            yield return Finding.Refusal("Tls:CertificateFile", "Listening on https needs a certificate.");
        }
        else if (certificate is not null && settings.Listen.Scheme == Uri.UriSchemeHttp)
        {
            yield return Finding.Warning(
                "Tls:CertificateFile", "Is not used: Listen is a plain http address.");
        }
    }

    private static IEnumerable<Finding> Keys(ServerSettings settings, KeyFileState keyFile)
    {
        if (settings.MasterKey is not null && settings.MasterKeyFile is not null)
        {
            yield return Finding.Refusal("MasterKeyFile",
                "MasterKey is set as well; one of the two must go, so that it is clear which key is in use.");
        }
        else if (settings.MasterKey is not null)
        {
            yield break;
        }
        else if (settings.MasterKeyFile is not { } file)
        {
            yield return Finding.Refusal("MasterKeyFile",
                "serve needs a master key. Make one by: lifeguard keys create-master FILE");
        }
        else if (keyFile is KeyFileState.Missing)
        {
            yield return Finding.Refusal("MasterKeyFile", $"{file} does not exist or cannot be reached.");
        }
        else if (keyFile is KeyFileState.OpenToOthers)
        {
            yield return Finding.Refusal("MasterKeyFile", Settings.MasterKey.OpenToOthers(file));
        }
    }

    private static IEnumerable<Finding> OpenFiles(LoadedSettings loaded) => loaded.OpenToOthers
        .Where(value => value.HoldsSecret)
        .Select(value => Finding.Warning(
            value.Name,
            $"{value.Source}, where it stands, is open to other users of this machine; chmod 600 it."));

    private static IEnumerable<Finding> Secrets(ServerSettings settings) =>
    [
        .. settings.Sms is { } sms ? Secret("Sms:Webhook:Secret", sms.Secret) : [],
        .. settings.TriggerMap.Values.Any(target => target is TriggerTarget.Webhook)
            ? Secret("Triggers:Webhook:Secret", settings.TriggerWebhookSecret ?? "")
            : [],
        .. LogEndpoints(settings).Any()
            ? Secret("Logs:Webhook:Secret", settings.LogWebhookSecret ?? "")
            : [],
    ];

    private static IEnumerable<Finding> Secret(string name, string secret)
    {
        if (secret.Length == 0)
            yield return Finding.Refusal(name, "Without it, anybody could call the webhook in our name.");
        else if (secret == SettingCatalogue.DevSecret)
            yield return Finding.Refusal(name, "This is the secret of development, which everybody knows.");
        else if (secret.Length < ShortestSecret)
            yield return Finding.Warning(name, $"Shorter than {ShortestSecret} characters: may be guessed.");
    }

    /// <summary>Whoever can name a program could run it beside the keys and the database.</summary>
    private static IEnumerable<Finding> LocalFunctions(ServerSettings settings) => settings.TriggerMap
        .Where(entry => entry.Value is TriggerTarget.Command or TriggerTarget.Handler)
        .Select(entry => Finding.Refusal(
            $"Triggers:Map:{entry.Key}",
            "Programs and files run under dev only; serve calls Lambda endpoints and webhooks."));

    private static IEnumerable<Finding> Mail(ServerSettings settings)
    {
        if (settings.Smtp is not { } smtp) yield break;
        if (smtp.From.Length == 0)
            yield return Finding.Refusal("Email:Smtp:From", "A mail server needs to know who sends.");
        if (smtp.Security is SmtpSecurity.None && !IsLoopback(smtp.Host))
        {
            yield return Finding.Warning("Email:Smtp:Security",
                "Messages with codes, and the account's password, travel to the mail server in the clear.");
        }
    }

    /// <summary>Two ways of sending one thing, of which one would never be used.</summary>
    private static IEnumerable<Finding> OneTransport(LoadedSettings loaded)
    {
        var settings = loaded.Settings;
        if (settings.Smtp is not null && settings.Ses is not null)
            yield return Finding.Refusal("Email:Ses:From", "Email:Smtp:Host is set as well; one must go.");
        var isSes = loaded.Values.Any(value => value.Text.Length > 0
            && value.Name.StartsWith("Email:Ses:", StringComparison.Ordinal));
        if (isSes && settings.Ses is null)
            yield return Finding.Refusal("Email:Ses:From", "SES needs to know who sends.");
        string?[] sms =
        [
            settings.Sms is null ? null : "Sms:Webhook:Url",
            settings.Sns is null ? null : "Sms:Sns:AccessKeyId",
            settings.Twilio is null ? null : "Sms:Twilio:AccountSid",
        ];
        var used = sms.OfType<string>().ToArray();
        foreach (var other in used.Skip(1))
            yield return Finding.Refusal(other, $"{used[0]} is set as well; one must go.");
    }

    /// <summary>Settings that mean nothing without each other.</summary>
    private static IEnumerable<Finding> Pairs(LoadedSettings loaded)
    {
        (string, string)[] pairs =
        [
            ("Email:Smtp:User", "Email:Smtp:Password"),
            ("Triggers:Lambda:AccessKeyId", "Triggers:Lambda:SecretAccessKey"),
            ("Email:Ses:AccessKeyId", "Email:Ses:SecretAccessKey"),
            ("Sms:Sns:AccessKeyId", "Sms:Sns:SecretAccessKey"),
            ("Sms:Twilio:AccountSid", "Sms:Twilio:AuthToken"),
            ("Sms:Twilio:AccountSid", "Sms:Twilio:From"),
            ("Kms:AccessKeyId", "Kms:SecretAccessKey"),
            ("Import:S3:Bucket", "Import:S3:AccessKeyId"),
            ("Import:S3:AccessKeyId", "Import:S3:SecretAccessKey"),
        ];
        if (IsSet("Triggers:Lambda:SessionToken") && !IsSet("Triggers:Lambda:AccessKeyId"))
        {
            yield return Finding.Refusal(
                "Triggers:Lambda:AccessKeyId", "Is needed with Triggers:Lambda:SessionToken.");
        }

        foreach (var (one, other) in pairs)
        {
            if (IsSet(one) == IsSet(other)) continue;
            var (given, missing) = IsSet(one) ? (one, other) : (other, one);
            yield return Finding.Refusal(missing, $"Is needed with {given}.");
        }

        bool IsSet(string name) => loaded.Values.First(value => value.Name == name).Text.Length > 0;
    }

    /// <summary>What is in tokens must be the same whichever way a request comes.</summary>
    private static IEnumerable<Finding> OwnName(ServerSettings settings)
    {
        if (settings.PublicUrl is not null || settings.Issuer is not null) yield break;
        if (settings.BehindProxy)
        {
            yield return Finding.Warning("PublicUrl",
                "Behind a proxy, the issuer in tokens is the address by which each request came; set it.");
        }
        else if (settings.MayHaveOtherNodes)
        {
            yield return Finding.Warning("PublicUrl",
                "The issuer in tokens is this node's own address, so any other node on this database refuses "
                + "them; set it to the address that all nodes share.");
        }
    }

    private static IEnumerable<Finding> Advice(ServerSettings settings)
    {
        if (settings.Database == "memory")
            yield return Finding.Warning("Database", "Everything is lost when the server stops.");
        if (settings.Smtp is null && settings.Ses is null)
            yield return Finding.Warning("Email:Smtp:Host", "Without a mail server no e-mail leaves.");
        if (settings.Password is { MemoryKiB: < RecommendedMemoryKiB } or { Iterations: < 2 })
        {
            yield return Finding.Warning("Password:MemoryKiB",
                $"Below {RecommendedMemoryKiB} KiB and 2 iterations, stolen hashes are cheap to guess.");
        }

        if (settings.Sms is { } sms && IsInTheClear(sms.Url))
            yield return Finding.Warning("Sms:Webhook:Url", "Text messages with codes travel in the clear.");
        if (settings.Ses?.Aws.Endpoint is { } ses && IsInTheClear(ses))
            yield return Finding.Warning("Email:Ses:Endpoint", "E-mails with codes travel in the clear.");
        if (settings.Sns?.Aws.Endpoint is { } sns && IsInTheClear(sns))
            yield return Finding.Warning("Sms:Sns:Endpoint", "Text messages with codes travel in the clear.");
        if (settings.Twilio is { } twilio && IsInTheClear(twilio.Endpoint))
        {
            yield return Finding.Warning(
                "Sms:Twilio:Endpoint", "Text messages with codes travel in the clear.");
        }

        foreach (var (name, _) in settings.ProviderPlaces.Instead)
        {
            yield return Finding.Warning(
                $"Federation:Instead:{name}", "What stands in for a provider decides who signs in.");
        }

        if (settings.Kms.Endpoint is { } kms && IsInTheClear(kms))
            yield return Finding.Warning("Kms:Endpoint", "Keys of codes travel in the clear.");
        if (settings.ImportBucket?.Endpoint is { } bucket && IsInTheClear(bucket))
            yield return Finding.Warning("Import:S3:Endpoint", "Files of users travel in the clear.");
        if (settings.CompromisedPasswords is PasswordSource.Endpoint { Address: var range }
            && IsInTheClear(range))
        {
            yield return Finding.Warning(
                "Threats:CompromisedPasswords", "What is asked about passwords travels in the clear.");
        }

        foreach (var (name, _) in settings.TriggerMap.Where(entry => IsInTheClear(entry.Value)))
            yield return Finding.Warning($"Triggers:Map:{name}", "Events about users travel in the clear.");
        foreach (var (name, _) in LogEndpoints(settings).Where(entry => IsInTheClear(entry.Address)))
            yield return Finding.Warning(name, "Logs about users travel in the clear.");
    }

    private static IEnumerable<(string Name, Uri Address)> LogEndpoints(ServerSettings settings)
    {
        if (settings.LogDefault is LogTarget.Endpoint whole) yield return ("Logs:Default", whole.Address);
        foreach (var (name, target) in settings.LogMap)
        {
            if (target is LogTarget.Endpoint endpoint) yield return ($"Logs:Map:{name}", endpoint.Address);
        }
    }

    private static bool IsInTheClear(TriggerTarget target) => target switch
    {
        TriggerTarget.Webhook webhook => IsInTheClear(webhook.Address),
        TriggerTarget.Lambda lambda => IsInTheClear(lambda.Invocations),
        _ => false,
    };

    private static bool IsInTheClear(Uri address) =>
        address.Scheme == Uri.UriSchemeHttp && !IsLoopback(address);
}
