using Lifeguard.Adapters;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations;
using Lifeguard.Operations.Domains;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Imports;
using Lifeguard.Operations.Triggers;
using Lifeguard.Protocol.Passwords;
using Lifeguard.Server.Background;
using Lifeguard.Server.Dev;
using Lifeguard.Server.Settings;
using Lifeguard.Storage;
using Lifeguard.Storage.Transfer;
using Lifeguard.Web;
using Lifeguard.Web.Dev;
using Lifeguard.Web.Inbox;
using Lifeguard.Web.Pages.ManagedLogin;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lifeguard.Server;

/// <summary>Which part gets which. Everything is listed; nothing is found by searching assemblies.</summary>
internal static class Composition
{
    private const int TriggersKept = 1000;
    private const int SrpPairsKept = 64;

    /// <summary>The database and what reads its secrets: enough for administration.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, Startup startup)
    {
        services.AddSingleton(startup);
        services.AddSingleton(startup.Settings);
        services.AddSingleton<SystemRandom>();
        services.AddSingleton<RandomSource>(parts => parts.GetRequiredService<SystemRandom>());
        services.AddSingleton(parts => Database.Open(
            startup.Settings.Database,
            parts.GetRequiredService<TimeProvider>(),
            parts.GetRequiredService<ILogger<Database>>(),
            WallClock.Instance));
        services.AddSingleton<KeyRing>();
        services.AddSingleton<Sealer>();
        services.AddSingleton<DataKeyStore>();
        services.AddSingleton(parts => new KeyRingLoader(
            parts.GetRequiredService<DataKeyStore>(),
            parts.GetRequiredService<KeyRing>(),
            parts.GetRequiredService<RandomSource>(),
            startup.MasterKey));
        services.AddSingleton<AccessKeyStore>();
        services.AddSingleton<PoolStore>();
        services.AddSingleton<PoolSizes>();
        services.AddSingleton<PoolImportRows>();
        services.AddSingleton<PoolArrival>();
        services.AddSingleton<PoolExport>();
        services.AddSingleton<PoolImport>();
        services.AddSingleton<PoolClone>();
        return services;
    }

    /// <summary>What <c>user import</c> and <c>message</c> need besides: they upload nothing, and tell what
    /// they have to tell themselves.</summary>
    public static IServiceCollection AddCommandImports(
        this IServiceCollection services, ServerSettings settings) => services
        .AddImports()
        .AddSingleton<Outbox>()
        .AddSingleton<ResolveUser>()
        .AddSingleton(settings.Deployment)
        .AddSingleton(new UploadAddress(""))
        .AddSingleton(new S3Settings(settings.ImportBucket))
        .AddSingleton<IOutboundHttp, GuardedHttp>()
        .AddSingleton<ILogSink, NoLogs>();

    /// <summary>The whole server.</summary>
    public static IServiceCollection AddLifeguard(
        this IServiceCollection services, Startup startup, NamedFiles files) => services
        .AddStorage(startup)
        .AddRules(startup)
        .AddEffects(startup, files)
        .AddOperations()
        .AddLifeguardWeb()
        .AddBackground(startup);

    /// <summary>What the settings say, in the words of the parts that act on it.</summary>
    private static IServiceCollection AddRules(this IServiceCollection services, Startup startup)
    {
        var (settings, limits) = (startup.Settings, startup.Settings.Limits);
        return services
            .AddSingleton(settings.Deployment)
            .AddSingleton(new SignatureRules(startup.IsDev, startup.IsStrict))
            .AddSingleton(new RateRules(
                limits.RequestsPerSecond,
                limits.ReadsPerUser,
                limits.WritesPerUser,
                limits.CallsPerPool,
                limits.HighestProvisioned))
            .AddSingleton(startup.WebRules)
            .AddSingleton(_ => new ComputeQueue(
                Environment.ProcessorCount, limits.HashQueue, WallClock.Instance, ThreadPriorities.Lower))
            .AddSingleton(new TokenRules(settings.EndsReusedSignIns))
            .AddSingleton(settings.Authorization)
            .AddSingleton(settings.Pages)
            .AddSingleton(new AnswerTicks(
                WallClock.Instance, TimeSpan.FromMilliseconds(limits.AnswerTickMilliseconds)))
            .AddSingleton(settings.Messages)
            .AddSingleton(new TriggerRules(
                settings.Triggers.MaxConcurrent,
                settings.Triggers.MaxConcurrentPerFunction,
                settings.Triggers.CircuitFailures,
                TimeSpan.FromSeconds(settings.Triggers.CircuitOpenSeconds)))
            .AddSingleton(parts => new TriggerPauses(
                WallClock.Instance, parts.GetRequiredService<RandomSource>(), TriggerPauses.First))
            .AddSingleton(new Argon2idParameters(settings.Password.MemoryKiB, settings.Password.Iterations))
            .AddSingleton(new AttemptLimits(
                limits.ResetRequestsPerHour,
                limits.ResendPerHour,
                limits.ChangePasswordPerHour,
                WrongSignUpCodes: limits.ConfirmsPerHour,
                WrongResetCodes: limits.ConfirmsPerHour,
                WrongVerificationCodes: limits.ConfirmsPerHour,
                VerificationRequests: limits.VerificationCodesPerHour,
                AddressChanges: limits.AddressChangesPerHour,
                SignInCodes: limits.SignInCodesPerHour))
            .AddSingleton(parts => new SrpEphemerals(
                parts.GetRequiredService<RandomSource>(), startup.IsDev ? 0 : SrpPairsKept))
            .AddSingleton<OwnAddress>()
            .AddSingleton(parts => new UploadAddress(parts.GetRequiredService<OwnAddress>().Value))
            .AddSingleton(parts => new LinkAddress(parts.GetRequiredService<OwnAddress>().Value))
            .AddSingleton(parts => new DomainAddress(
                parts.GetRequiredService<OwnAddress>().Value,
                hasHosts: settings.BaseDomain is not null,
                settings.Deployment))
            .AddSingleton(new S3Settings(settings.ImportBucket))
            .AddSingleton(settings.ProviderPlaces)
            .AddSingleton(parts => new IssuerName(
                settings.Issuer ?? parts.GetRequiredService<OwnAddress>().Value));
    }

    private static IServiceCollection AddEffects(
        this IServiceCollection services, Startup startup, NamedFiles files)
    {
        services.AddSingleton<IOutboundHttp, GuardedHttp>();
        services.AddSingleton<LocalDataKeys>();
        services.AddSingleton(parts => Transports.Keys(startup.Settings, files.SharedKey, parts));
        services.AddSingleton(parts => TriggerTransports.Triggers(startup.Settings, files.Handlers, parts));
        services.AddSingleton(parts => Transports.Logs(startup.Settings, parts));
        services.AddSingleton(parts => Transports.CompromisedPasswords(startup.Settings, parts));
        services.AddSingleton(files.Locations);
        services.AddSingleton(files.Texts);
        services.AddSingleton(files.PageTexts);
        services.AddSingleton(new TriggerLog(startup.IsDev ? TriggersKept : 0));
        if (!startup.IsDev)
        {
            services.AddSingleton(WallClock.Instance);
            services.AddSingleton(new OutsideTime());
            services.AddSingleton(parts => Transports.Email(startup.Settings, parts) ?? new NoTransport());
            services.AddSingleton(parts => Transports.Checked(
                startup.Settings, Transports.Sms(startup.Settings, parts) ?? new NoTransport()));
            return services;
        }

        services.AddSingleton(new OutsideTime(WallClock.Instance));
        services.AddSingleton(new DevClock(WallClock.Instance));
        services.AddSingleton<TimeProvider>(parts => parts.GetRequiredService<DevClock>());
        services.AddSingleton(parts => new Inbox(
            parts.GetRequiredService<TimeProvider>(),
            startup.Settings.Smtp?.From ?? startup.Settings.Ses?.From ?? Inbox.NoSender,
            Transports.Email(startup.Settings, parts),
            Transports.Sms(startup.Settings, parts)));
        services.AddSingleton<IEmailSender>(parts => parts.GetRequiredService<Inbox>());
        services.AddSingleton(parts =>
            Transports.Checked(startup.Settings, parts.GetRequiredService<Inbox>()));
        services.AddSingleton<IInbox, InboxView>();
        return services.AddLifeguardWebDev();
    }

    private static IServiceCollection AddBackground(this IServiceCollection services, Startup startup)
    {
        // The first to start is the last to stop: what the others do until then may leave log lines.
        services.AddHostedService<LogFarewell>();
        services.AddHostedService<EmailLoop>();
        services.AddHostedService<SmsLoop>();
        services.AddHostedService<SweepLoop>();
        services.AddHostedService<KeyRingLoop>();
        services.AddHostedService<ImportLoop>();
        services.AddHostedService<KeyPreparation>();
        if (!startup.IsDev) services.AddHostedService<SrpPreparation>();
        return services;
    }
}
