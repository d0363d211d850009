using Lifeguard.Adapters;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Risk;
using Lifeguard.Server.Settings;
using Lifeguard.Web.Pages.ManagedLogin;

namespace Lifeguard.Server;

/// <summary>What leads out of the server, as the settings ask for it.</summary>
internal static class Transports
{
    /// <summary>SMTP or SES; null where neither is set.</summary>
    public static IEmailSender? Email(ServerSettings settings, IServiceProvider parts) => settings switch
    {
        { Smtp: { } smtp } =>
            new SmtpEmailSender(smtp, Clock(parts), parts.GetRequiredService<ILogger<SmtpEmailSender>>()),
        { Ses: { } ses } => new SesEmailSender(Http(parts), ses, Clock(parts)),
        _ => null,
    };

    /// <summary>A webhook, AWS or Twilio; null where none is set.</summary>
    public static ISmsSender? Sms(ServerSettings settings, IServiceProvider parts) => settings switch
    {
        { Sms: { } sms } =>
            new WebhookSmsSender(Http(parts), sms.Url, new(sms.Secret, Clock(parts)), Clock(parts)),
        { Sns: { } sns } => new AwsSmsSender(
            new(Http(parts), sns, Clock(parts)), new(Http(parts), sns, Clock(parts))),
        { Twilio: { } twilio } => new TwilioSmsSender(Http(parts), twilio, Clock(parts)),
        _ => null,
    };

    /// <summary>The same, for the numbers that the settings admit.</summary>
    public static ISmsSender Checked(ServerSettings settings, ISmsSender sender) =>
        settings.Numbers.IsNone ? sender : new CheckedSmsSender(sender, settings.Numbers);

    /// <summary>The key that custom senders share; null where they share none.</summary>
    /// <exception cref="SettingsException">It cannot be read, others can read it, or it is no
    /// key.</exception>
    public static byte[]? SharedKey(ServerSettings settings) =>
        settings.KmsKeyFile is { } file ? MasterKey.Read(file, "Kms:KeyFile") : null;

    /// <summary>KMS, a key that custom senders share, or under <c>dev</c> the server's own keys.</summary>
    public static IDataKeys Keys(ServerSettings settings, byte[]? sharedKey, IServiceProvider parts) =>
        sharedKey switch
        {
            not null => new SharedDataKeys(sharedKey, parts.GetRequiredService<RandomSource>()),
            _ when settings.UsesLocalKeys => parts.GetRequiredService<LocalDataKeys>(),
            _ => new KmsDataKeys(Http(parts), settings.Kms, Clock(parts)),
        };

    /// <summary>What takes the logs of pools; each file and address once, however often it is
    /// named.</summary>
    public static ILogSink Logs(ServerSettings settings, IServiceProvider parts)
    {
        var sinks = new Dictionary<LogTarget, ILogSink?>();
        return new MappedLogSink(
            settings.LogMap.ToDictionary(entry => entry.Key, entry => Sink(entry.Value)),
            Sink(settings.LogDefault));

        ILogSink? Sink(LogTarget target)
        {
            if (sinks.TryGetValue(target, out var known)) return known;
            var made = Log(target, settings, parts);
            sinks.Add(target, made);
            return made;
        }
    }

    /// <summary>Files or an endpoint with passwords that are in circulation; none where none is
    /// set.</summary>
    public static IPasswordRanges CompromisedPasswords(ServerSettings settings, IServiceProvider parts) =>
        settings.CompromisedPasswords switch
        {
            PasswordSource.Files files => new PasswordRangeFiles(files.Path),
            PasswordSource.Endpoint endpoint => new PasswordRangeEndpoint(Http(parts), endpoint.Address),
            _ => new NoPasswordRanges(),
        };

    /// <summary>Where addresses are; nothing is known where no table is set.</summary>
    /// <exception cref="SettingsException">The table cannot be read.</exception>
    public static Locations Locations(ServerSettings settings) =>
        Read("Threats:LocationsFile", settings.LocationsFile, LocationsFile.Read)
        ?? Domain.Risk.Locations.Unknown;

    /// <summary>Wordings of messages.</summary>
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public static LocalizedTexts Texts(ServerSettings settings) =>
        Read("Messages:TextsFile", settings.TextsFile, TextsFile.Read) ?? LocalizedTexts.None;

    /// <summary>The words of the login pages.</summary>
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public static PageCatalogue PageTexts(ServerSettings settings) =>
        Read("Pages:TextsFile", settings.PageTextsFile, path => PageCatalogue.Read(TextsFile.Bytes(path)))
        ?? PageCatalogue.Default;

    private static T? Read<T>(string setting, string? path, Func<string, T> read)
        where T : class
    {
        if (path is null) return null;
        try
        {
            return read(path);
        }
        catch (Exception failure)
            // The last is what System.Text.Json says of texts that are no Unicode.
            when (failure is IOException or UnauthorizedAccessException or FormatException
                or InvalidOperationException)
        {
            throw new SettingsException(setting, $"{path}: {failure.Message}");
        }
    }

    private static ILogSink? Log(LogTarget target, ServerSettings settings, IServiceProvider parts) =>
        target switch
        {
            LogTarget.StandardOutput => new StandardOutputLogSink(Terminal.Output),
            LogTarget.File file => new FileLogSink(file.Path),
            LogTarget.Endpoint endpoint => new HttpLogSink(
                Http(parts),
                endpoint.Address,
                new(
                    settings.LogWebhookSecret
                        ?? throw new SettingsException("Logs:Webhook:Secret is needed."),
                    Clock(parts)),
                Clock(parts)),
            _ => null,
        };

    private static IOutboundHttp Http(IServiceProvider parts) => parts.GetRequiredService<IOutboundHttp>();

    private static TimeProvider Clock(IServiceProvider parts) => parts.GetRequiredService<TimeProvider>();
}

/// <summary>Where nobody keeps passwords that are in circulation.</summary>
internal sealed class NoPasswordRanges : IPasswordRanges
{
    public bool AreKept => false;

    public Task<string> Read(string prefix, CancellationToken cancellation) => Task.FromResult("");
}

/// <summary>Where no sink for logs is configured, they are dropped.</summary>
internal sealed class NoLogs : ILogSink
{
    public Task Write(LogBatch batch, CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>Where a transport is not configured, messages fail at once, which administrators see.</summary>
internal sealed class NoTransport : IEmailSender, ISmsSender
{
    private const string NoEmail = "No mail server is configured.";
    private const string NoSms = "No transport for text messages is configured.";

    public Task Send(EmailMessage message, CancellationToken cancellation) =>
        throw new DeliveryException(NoEmail, permanent: true);

    public Task Send(SmsMessage message, CancellationToken cancellation) =>
        throw new DeliveryException(NoSms, permanent: true);

    string? IEmailSender.RefusalOf(string to) => NoEmail;

    string? ISmsSender.RefusalOf(string to) => NoSms;
}
