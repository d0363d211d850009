using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.Limits;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.Risk;
using Lifeguard.Operations;
using Lifeguard.Operations.Domains;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Imports;
using Lifeguard.Operations.Logs;
using Lifeguard.Operations.Triggers;
using Lifeguard.Protocol.Passwords;
using Lifeguard.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Worlds;

/// <summary>
/// A whole Lifeguard in process, on a real database, with everything non-deterministic in the test's hands:
/// clock, randomness, mail, SMS, triggers.
/// </summary>
public sealed class World : IAsyncDisposable
{
    /// <summary>Where every world's time begins.</summary>
    public static readonly DateTimeOffset Beginning = new(2026, 3, 6, 4, 5, 9, TimeSpan.Zero);

    private static readonly Deployment Deployment = new(BaseDomain: "localhost");

    private readonly ServiceProvider services;
    private readonly Database database;
    private readonly ScratchDatabase scratch;
    private int calls;

    private World(ServiceProvider services, Database database, ScratchDatabase scratch)
    {
        (this.services, this.database, this.scratch) = (services, database, scratch);
        Clock = services.GetRequiredService<FakeTimeProvider>();
        Transcript = services.GetRequiredService<Transcript>();
        Email = services.GetRequiredService<RecordingEmail>();
        Sms = services.GetRequiredService<RecordingSms>();
        Logs = services.GetRequiredService<RecordingLogs>();
        Triggers = services.GetRequiredService<ScriptedTriggers>();
    }

    public FakeTimeProvider Clock { get; }

    public Transcript Transcript { get; }

    public RecordingEmail Email { get; }

    public RecordingSms Sms { get; }

    public RecordingLogs Logs { get; }

    public ScriptedTriggers Triggers { get; }

    public Database Database => database;

    /// <summary>The region to whose path calls go; null for the plain one.</summary>
    public string? Region { get; set; }

    /// <summary>A class of the running system.</summary>
    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>A new world on an empty database.</summary>
    /// <param name="kind">Which database.</param>
    /// <param name="limits">Hourly limits; the service's by default.</param>
    /// <param name="signatures">Who may administer; anybody by default.</param>
    /// <param name="seed">Worlds of the same seed have the same keys.</param>
    /// <param name="rates">Requests a second; without a limit by default.</param>
    /// <param name="imports">The bucket for files of users; the database keeps them by default.</param>
    /// <param name="messages">How many messages may leave; without a limit by default.</param>
    /// <param name="tokens">What the service leaves open about tokens; as it does by default.</param>
    /// <param name="triggers">Bounds on calls of triggers; as `serve` has them by default.</param>
    /// <param name="providers">Where identity providers may be; at public addresses by default.</param>
    /// <param name="outside">The time outside; the world's own by default.</param>
    public static async Task<World> Start(
        DatabaseKind kind,
        AttemptLimits? limits = null,
        SignatureRules? signatures = null,
        int seed = 1,
        RateRules? rates = null,
        S3Settings? imports = null,
        Locations? locations = null,
        TokenRules? tokens = null,
        LocalizedTexts? texts = null,
        MessageLimits? messages = null,
        TriggerRules? triggers = null,
        ProviderPlaces? providers = null,
        TimeProvider? outside = null)
    {
        var scratch = await ScratchDatabase.Create(kind);
        var clock = new FakeTimeProvider(Beginning);
        var random = new SeededRandom(seed);
        var database = Database.Open(scratch.Setting, clock, pauses: TimeProvider.System);
        await database.Migrate(CancellationToken.None);
        var ring = new KeyRing();
        var loader = new KeyRingLoader(new DataKeyStore(database), ring, random, new byte[32]);
        await loader.Load(clock.GetUtcNow(), CancellationToken.None);

        var failures = new FailureLog();
        var services = AddAddresses(AddSeams(new ServiceCollection()))
            .AddSingleton(failures)
            .AddLogging(logging => logging.ClearProviders().AddProvider(failures))
            .AddSingleton(clock).AddSingleton<TimeProvider>(clock)
            .AddSingleton<RandomSource>(random)
            .AddSingleton(database)
            .AddSingleton(ring)
            .AddSingleton<Sealer>()
            .AddSingleton<PoolStore>()
            .AddSingleton<AccessKeyStore>()
            .AddSingleton<Transcript>()
            .AddSingleton(locations ?? Locations.Unknown)
            .AddSingleton(texts ?? LocalizedTexts.None)
            .AddSingleton(imports ?? new S3Settings(null))
            .AddSingleton(providers ?? ProviderPlaces.Public)
            .AddSingleton(signatures ?? new SignatureRules(AcceptsAnybody: true, IsStrict: false))
            .AddSingleton(limits ?? new AttemptLimits())
            .AddSingleton(tokens ?? new TokenRules())
            .AddSingleton(AuthorizationRules.Compatible)
            .AddSingleton(new AnswerTicks(TimeProvider.System, TimeSpan.Zero))
            .AddSingleton(new TriggerPauses(TimeProvider.System, random, TimeSpan.Zero))
            .AddSingleton(messages ?? new MessageLimits())
            .AddSingleton(triggers ?? new TriggerRules())
            .AddSingleton(new Argon2idParameters(64, 1))
            .AddSingleton(_ => new ComputeQueue(Environment.ProcessorCount, 10_000, TimeProvider.System))
            .AddSingleton(new OutsideTime(outside))
            .AddSingleton(all => new SrpEphemerals(random, prepared: 0))
            .AddSingleton(rates ?? RateRules.Off)
            .AddSingleton(new TriggerLog(100))
            .AddOperations()
            .BuildServiceProvider();
        return new World(services, database, scratch);
    }

    private static IServiceCollection AddAddresses(IServiceCollection services) => services
        .AddSingleton(Deployment)
        .AddSingleton(new LinkAddress("http://127.0.0.1:9229"))
        .AddSingleton(new DomainAddress("http://127.0.0.1:9229", hasHosts: false, Deployment))
        .AddSingleton(new UploadAddress("http://127.0.0.1:9229"))
        .AddSingleton(new IssuerName("https://cognito-idp.{region}.amazonaws.com"));

    private static IServiceCollection AddSeams(IServiceCollection services) => services
        .AddSingleton<RecordingEmail>()
        .AddSingleton<IEmailSender>(all => all.GetRequiredService<RecordingEmail>())
        .AddSingleton<RecordingSms>()
        .AddSingleton<ISmsSender>(all => all.GetRequiredService<RecordingSms>())
        .AddSingleton<RecordingLogs>()
        .AddSingleton<ILogSink>(all => all.GetRequiredService<RecordingLogs>())
        .AddSingleton<ScriptedTriggers>()
        .AddSingleton<ITriggerInvoker>(all => all.GetRequiredService<ScriptedTriggers>())
        .AddSingleton<LocalDataKeys>()
        .AddSingleton<IDataKeys>(all => all.GetRequiredService<LocalDataKeys>())
        .AddSingleton<ScriptedHttp>()
        .AddSingleton<IOutboundHttp>(all => all.GetRequiredService<ScriptedHttp>())
        .AddSingleton<ScriptedPasswordRanges>()
        .AddSingleton<IPasswordRanges>(all => all.GetRequiredService<ScriptedPasswordRanges>());

    /// <summary>Where calls come from.</summary>
    public string Source { get; set; } = "192.0.2.1";

    /// <summary>What clients say of themselves; null for nothing.</summary>
    public string? UserAgent { get; set; }

    /// <summary>Calls an operation with what <paramref name="request"/> serialises to.</summary>
    public async Task<Answer> Call(string operation, object request)
    {
        var json = JsonSerializer.SerializeToNode(request)!;
        var before = await Rows.Of(database);
        Transcript.Request(Region is null ? operation : $"{operation} in {Region}", json);
        var answer = await Send(operation, json.ToJsonString());
        await Get<MessageDelivery>().Idle();
        await Get<LogQueue>().Idle();
        Transcript.Answered(answer);
        var after = await Rows.Of(database);
        foreach (var gone in before.Except(after)) Transcript.Row('-', gone);
        foreach (var come in after.Except(before)) Transcript.Row('+', come);
        return answer;
    }

    /// <summary>Does something that is no operation, and notes the rows that it changes.</summary>
    /// <param name="what">What the transcript calls it.</param>
    public async Task<T> Watch<T>(string what, Func<Task<T>> act)
    {
        var before = await Rows.Of(database);
        Transcript.Event($"> {what}");
        var outcome = await act();
        Transcript.Event($"< {outcome}");
        var after = await Rows.Of(database);
        foreach (var gone in before.Except(after)) Transcript.Row('-', gone);
        foreach (var come in after.Except(before)) Transcript.Row('+', come);
        return outcome;
    }

    /// <summary>Delivers all messages that are due.</summary>
    public async Task DeliverDue()
    {
        var delivery = Get<MessageDelivery>();
        foreach (var medium in Enum.GetValues<DeliveryMedium>())
        {
            while (await delivery.DeliverDue(medium, CancellationToken.None)) await delivery.Idle();
        }

        await delivery.Idle();
    }

    /// <summary>Calls that must succeed, for what leads up to a test.</summary>
    public async Task<Answer> Must(string operation, object request)
    {
        var answer = await Call(operation, request);
        return answer.IsSuccess
            ? answer
            : throw new InvalidOperationException(
                $"{operation} was refused: {answer} {string.Join('\n', Get<FailureLog>().Errors)}");
    }

    /// <summary>Calls without a transcript; for many at once.</summary>
    /// <param name="header">The headers by name; none by default.</param>
    /// <param name="source">The caller's address; null for <see cref="Source"/>.</param>
    public async Task<Answer> Send(
        string operation, string body, Func<string, string?>? header = null, string? source = null)
    {
        var number = Interlocked.Increment(ref calls);
        var answer = await Get<OperationRunner>().Run(new WireRequest
        {
            Id = $"request-{number}",
            Target = "AWSCognitoIdentityProviderService." + operation,
            Method = "POST",
            Path = Region is null ? "/" : $"/_region/{Region}",
            Query = "",
            Region = Region,
            Header = header ?? (name => name == "User-Agent" ? UserAgent : null),
            Body = Encoding.UTF8.GetBytes(body),
            Source = source ?? Source,
        });
        return Read(operation, answer);
    }

    /// <summary>Puts a user into a status that no operation of the test's reach leads to.</summary>
    public async Task SetStatus(string poolId, string username, string status)
    {
        var pool = await Get<PoolStore>().Get(poolId, CancellationToken.None);
        var user = await Get<ResolveUser>().Get(pool, username, CancellationToken.None);
        await database.Write(
            transaction => Get<UserStore>().Update(
                transaction, user with { Status = status }, pool, CancellationToken.None),
            CancellationToken.None);
    }

    /// <summary>The rows of a table, one line each.</summary>
    public Task<IReadOnlyList<string>> RowsOf(string table) => Rows.Of(database, table);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
        await scratch.DisposeAsync();
    }

    private static Answer Read(string operation, WireAnswer answer)
    {
        switch (answer)
        {
            case WireAnswer.Failure failure:
                MustBeDeclared(operation, failure);
                return new(failure.Status, failure.Code, failure.Text, null);
            case WireAnswer.Success { HasOutput: true } success:
                var body = WireBody.ToBytes(success.Body);
                return new(200, null, null, JsonNode.Parse(body)!.AsObject());
            default:
                return new(200, null, null, null);
        }
    }

    /// <summary>An error that the contract does not declare for the operation is a defect, whatever the test
    /// expected.</summary>
    private static void MustBeDeclared(string operation, WireAnswer.Failure failure)
    {
        if (failure.Status != 400 || FrontErrors.Contains(failure.Code)) return;
        if (!OperationFactsTable.All[operation].Errors.Contains(failure.Code))
        {
            throw new InvalidOperationException(
                $"{operation} answered {failure.Code} ({failure.Text}), which it does not declare.");
        }
    }

    /// <summary>Errors of the front, which no operation declares.</summary>
    private static readonly HashSet<string> FrontErrors =
    [
        "SerializationException", "UnknownOperationException", "AccessDeniedException",
        "ExpiredTokenException", "IncompleteSignatureException", "InvalidSignatureException",
        "MissingAuthenticationTokenException",
        "UnrecognizedClientException",
    ];
}
