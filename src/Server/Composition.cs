using Lifeguard.Adapters;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Triggers;
using Lifeguard.Protocol.Passwords;
using Lifeguard.Server.Dev;
using Lifeguard.Storage;
using Lifeguard.Web;
using Lifeguard.Web.Dev;
using Lifeguard.Web.Inbox;

namespace Lifeguard.Server;

/// <summary>Which part gets which. Everything is listed; nothing is found by searching assemblies.</summary>
internal static class Composition
{
    private const int TriggersKept = 1000;
    private const int SrpPairsKept = 64;

    /// <summary>The whole server.</summary>
    public static IServiceCollection AddLifeguard(this IServiceCollection services, Startup startup)
    {
        services.AddDatabase(startup).AddRules(startup).AddEffects(startup);
        return services
            .AddOperations()
            .AddLifeguardWeb()
            .AddHostedService<KeyPreparation>()
            .AddHostedService<UpkeepWork>();
    }

    /// <summary>What administration needs.</summary>
    public static IServiceCollection AddAdministration(
        this IServiceCollection services, Startup startup) => services
        .AddDatabase(startup)
        .AddSingleton(WallClock.Instance)
        .AddSingleton<Sealer>()
        .AddSingleton<AccessKeyStore>()
        .AddSingleton<PoolStore>();

    private static IServiceCollection AddDatabase(
        this IServiceCollection services, Startup startup) => services
        .AddSingleton(startup.Settings)
        .AddSingleton<SystemRandom>()
        .AddSingleton<RandomSource>(parts => parts.GetRequiredService<SystemRandom>())
        .AddSingleton(parts => Database.Open(
            startup.Settings.Database,
            parts.GetRequiredService<TimeProvider>(),
            parts.GetRequiredService<ILogger<Database>>()))
        .AddSingleton<KeyRing>()
        .AddSingleton<DataKeyStore>()
        .AddSingleton(parts => new KeyRingLoader(
            parts.GetRequiredService<DataKeyStore>(),
            parts.GetRequiredService<KeyRing>(),
            parts.GetRequiredService<RandomSource>(),
            startup.MasterKey));

    private static IServiceCollection AddRules(this IServiceCollection services, Startup startup)
    {
        var (settings, limits) = (startup.Settings, startup.Settings.Limits);
        return services
            .AddSingleton(new Deployment(settings.Region, settings.AccountId))
            .AddSingleton(new SignatureRules(startup.IsDev, startup.IsStrict))
            .AddSingleton(new RateLimits(limits.RequestsPerSecond))
            .AddSingleton(startup.WebRules)
            .AddSingleton(new Argon2idParameters(settings.Password.MemoryKiB, settings.Password.Iterations))
            .AddSingleton(new AttemptLimits(
                limits.ResetRequestsPerHour, limits.ResendPerHour, limits.ChangePasswordPerHour))
            .AddSingleton(_ => new ComputeQueue(Environment.ProcessorCount, limits.HashQueue))
            .AddSingleton(parts => new SrpEphemerals(
                parts.GetRequiredService<RandomSource>(), startup.IsDev ? 0 : SrpPairsKept))
            .AddSingleton<OwnAddress>()
            .AddSingleton(parts => new IssuerName(
                settings.Issuer ?? parts.GetRequiredService<OwnAddress>().Value));
    }

    private static void AddEffects(this IServiceCollection services, Startup startup)
    {
        services.AddSingleton<IOutboundHttp, GuardedHttp>();
        services.AddSingleton(parts => Transports.Triggers(startup.Settings, parts));
        services.AddSingleton(new TriggerLog(startup.IsDev ? TriggersKept : 0));
        if (startup.IsDev) services.AddDevEffects(startup);
        else services.AddRealEffects(startup);
    }

    private static void AddRealEffects(this IServiceCollection services, Startup startup) => services
        .AddSingleton(WallClock.Instance)
        .AddSingleton(parts => Transports.Email(startup.Settings, parts) ?? new NoTransport())
        .AddSingleton(parts => Transports.Sms(startup.Settings, parts) ?? new NoTransport());

    private static void AddDevEffects(this IServiceCollection services, Startup startup) => services
        .AddSingleton(new DevClock(WallClock.Instance))
        .AddSingleton<TimeProvider>(parts => parts.GetRequiredService<DevClock>())
        .AddSingleton(parts => new Inbox(
            parts.GetRequiredService<TimeProvider>(),
            Transports.Email(startup.Settings, parts),
            Transports.Sms(startup.Settings, parts)))
        .AddSingleton<IEmailSender>(parts => parts.GetRequiredService<Inbox>())
        .AddSingleton<ISmsSender>(parts => parts.GetRequiredService<Inbox>())
        .AddSingleton<IInbox, InboxView>()
        .AddLifeguardWebDev();
}
