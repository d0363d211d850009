using Lifeguard.Adapters;
using Lifeguard.Domain.Effects;
using Lifeguard.Server.Settings;

namespace Lifeguard.Server;

/// <summary>What leads out of the server, as the settings ask for it.</summary>
internal static class Transports
{
    /// <summary>SMTP; null where no mail server is set.</summary>
    public static IEmailSender? Email(ServerSettings settings, IServiceProvider parts) =>
        settings.Smtp is { } smtp
        ? new SmtpEmailSender(smtp, Clock(parts), parts.GetRequiredService<ILogger<SmtpEmailSender>>())
        : null;

    /// <summary>A webhook; null where none is set.</summary>
    public static ISmsSender? Sms(ServerSettings settings, IServiceProvider parts) => settings.Sms is { } sms
        ? new WebhookSmsSender(Http(parts), sms.Url, new(sms.Secret, Clock(parts)), Clock(parts))
        : null;

    /// <summary>Lambda, and the webhooks that stand in for some functions.</summary>
    public static ITriggerInvoker Triggers(ServerSettings settings, IServiceProvider parts)
    {
        var lambda = new LambdaInvoker(Http(parts), settings.Lambda, Clock(parts));
        if (settings.TriggerMap.Count == 0) return lambda;
        var signature = new WebhookSignature(
            settings.TriggerWebhookSecret
                ?? throw new SettingsException("Triggers:Webhook:Secret is needed."),
            Clock(parts));
        return new MappedTriggerInvoker(lambda, settings.TriggerMap.ToDictionary(
            entry => entry.Key,
            entry => (ITriggerInvoker)new WebhookTriggerInvoker(Http(parts), entry.Value, signature)));
    }

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

/// <summary>Where no sink for logs is configured, they are dropped.</summary>
internal sealed class NoLogs : ILogSink
{
    public Task Write(LogBatch batch, CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>Where a transport is not configured, messages fail at once, which administrators see.</summary>
internal sealed class NoTransport : IEmailSender, ISmsSender
{
    public Task Send(EmailMessage message, CancellationToken cancellation) =>
        throw new DeliveryException("No mail server is configured.", permanent: true);

    public Task Send(SmsMessage message, CancellationToken cancellation) =>
        throw new DeliveryException("No transport for text messages is configured.", permanent: true);
}
