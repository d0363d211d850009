using Lifeguard.Adapters;
using Lifeguard.Adapters.Handlers;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Server.Settings;

namespace Lifeguard.Server;

/// <summary>How functions are called, as the settings ask for it. They live in real time, whatever clock a
/// test has set: signatures are of that time.</summary>
internal static class TriggerTransports
{
    /// <summary>The files of handlers, by the name that the settings map.</summary>
    /// <exception cref="SettingsException">A file is not there.</exception>
    public static IReadOnlyDictionary<string, HandlerFile> Handlers(ServerSettings settings)
    {
        var files = new Dictionary<string, HandlerFile>();
        foreach (var (name, target) in settings.TriggerMap)
        {
            if (target is not TriggerTarget.Handler handler) continue;
            try
            {
                files.Add(name, HandlerFile.Find(handler.Name));
            }
            catch (FileNotFoundException missing)
            {
                throw new SettingsException($"Triggers:Map:{name}", missing.Message);
            }
        }

        return files;
    }

    /// <summary>Lambda, and what stands in for some functions.</summary>
    public static ITriggerInvoker Triggers(
        ServerSettings settings, IReadOnlyDictionary<string, HandlerFile> handlers, IServiceProvider parts)
    {
        var lambda = Lambda(settings.Lambda, parts);
        if (settings.TriggerMap.Count == 0) return lambda;
        var environment = HandlerEnvironment.OfThisProgram(
            settings.Region, () => parts.GetRequiredService<OwnAddress>().Value);
        return new MappedTriggerInvoker(lambda, settings.TriggerMap.ToDictionary(
            entry => entry.Key,
            entry => entry.Value switch
            {
                TriggerTarget.Webhook webhook => Webhook(webhook.Address, settings, parts),
                TriggerTarget.Lambda own => OneAtATime(
                    Lambda(settings.Lambda with { OwnInvocations = own.Invocations }, parts), own),
                TriggerTarget.Command command => new CommandInvoker(
                    NameOf(entry.Key), command.Words, environment, settings.Triggers.MaxProcesses,
                    WallClock.Instance, parts.GetRequiredService<ILogger<CommandInvoker>>()),
                TriggerTarget.Handler => (ITriggerInvoker)new HandlerInvoker(
                    NameOf(entry.Key), handlers[entry.Key], environment, settings.Triggers.MaxProcesses,
                    parts.GetRequiredService<RandomSource>(),
                    WallClock.Instance,
                    parts.GetRequiredService<ILogger<HandlerInvoker>>()),
                _ => throw new InvalidOperationException("A new kind of trigger target is not handled."),
            }));
    }

    private static LambdaInvoker Lambda(LambdaOptions options, IServiceProvider parts) =>
        new(parts.GetRequiredService<IOutboundHttp>(), options, WallClock.Instance);

    /// <summary>The runtime interface emulator refuses a second event while it has a first.</summary>
    private static ITriggerInvoker OneAtATime(ITriggerInvoker invoker, TriggerTarget.Lambda target) =>
        target.IsEmulatorOfOneRuntime ? new SerialTriggerInvoker(invoker) : invoker;

    private static WebhookTriggerInvoker Webhook(
        Uri address, ServerSettings settings, IServiceProvider parts) => new(
        parts.GetRequiredService<IOutboundHttp>(),
        address,
        new(
            settings.TriggerWebhookSecret
                ?? throw new SettingsException("Triggers:Webhook:Secret is needed."),
            WallClock.Instance));

    /// <summary>A function's name, also where an ARN was mapped.</summary>
    private static string NameOf(string mapped) =>
        mapped.Split(':') is ["arn", _, "lambda", _, _, "function", var name, ..] ? name : mapped;
}
