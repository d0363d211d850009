using System.Runtime.CompilerServices;
using Lifeguard.Domain;
using Lifeguard.Domain.Groups;
using Lifeguard.Worlds;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Storage.Tests;

/// <summary>A fresh, migrated database with every store on it.</summary>
internal sealed class Stores : IAsyncDisposable
{
    private readonly Func<Task> drop;

    private Stores(string setting, Func<Task> drop)
    {
        this.drop = drop;
        Setting = setting;
        Database = Database.Open(setting, Clock, pauses: TimeProvider.System);
        Ring.Load([new DataKey("1", Random.Bytes(32), Now)], Now);
        Sealer = new Sealer(Ring, Random);
        Pools = new PoolStore(Database, Sealer);
        Clients = new ClientStore(Database, Sealer);
        Users = new UserStore(Database, Sealer);
        Groups = new GroupStore(Database, Sealer);
        Replicas = new ReplicaStore(Database);
        Codes = new CodeStore(Database);
        Attempts = new AttemptStore(Database);
        Failures = new SignInFailureStore(Database);
        Spent = new SpentStore(Database);
        Revocations = new RevocationStore(Database);
        Sessions = new SessionStore(Database);
        ResourceServers = new ResourceServerStore(Database);
        Domains = new DomainStore(Database);
        IdentityProviders = new IdentityProviderStore(Database, Sealer);
        UserIdentities = new UserIdentityStore(Database);
        SamlCertificates = new SamlCertificateStore(Database, Sealer);
        LoginStyles = new LoginStyleStore(Database);
        Terms = new TermsStore(Database);
        UICustomizations = new UICustomizationStore(Database);
        Outbox = new Outbox(Database, Sealer);
        SoftwareTokens = new SoftwareTokenStore(Database, Sealer);
        Passkeys = new PasskeyStore(Database);
        Devices = new DeviceStore(Database, Sealer);
        DataKeys = new DataKeyStore(Database);
        AccessKeys = new AccessKeyStore(Database, Sealer);
    }

    /// <summary>Connection string of a server where databases may be created; null where there is
    /// none.</summary>
    public static string? Postgres { get; } = LentPostgres.Administrator;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string Setting { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero));

    public DateTimeOffset Now => Clock.GetUtcNow();

    public SeededRandom Random { get; } = new();

    public KeyRing Ring { get; } = new();

    public Sealer Sealer { get; }

    public Database Database { get; }

    public PoolStore Pools { get; }

    public ClientStore Clients { get; }

    public UserStore Users { get; }

    public GroupStore Groups { get; }

    public ReplicaStore Replicas { get; }

    public DomainStore Domains { get; }

    public CodeStore Codes { get; }

    public DeviceStore Devices { get; }

    public SoftwareTokenStore SoftwareTokens { get; }

    public PasskeyStore Passkeys { get; }

    public AttemptStore Attempts { get; }

    public SignInFailureStore Failures { get; }

    public SpentStore Spent { get; }

    public RevocationStore Revocations { get; }

    public SessionStore Sessions { get; }

    public ResourceServerStore ResourceServers { get; }

    public IdentityProviderStore IdentityProviders { get; }

    public UserIdentityStore UserIdentities { get; }

    public SamlCertificateStore SamlCertificates { get; }

    public LoginStyleStore LoginStyles { get; }

    public TermsStore Terms { get; }

    public UICustomizationStore UICustomizations { get; }

    public Outbox Outbox { get; }

    public DataKeyStore DataKeys { get; }

    public AccessKeyStore AccessKeys { get; }

    public static async Task<Stores> Open(DatabaseKind kind, [CallerMemberName] string test = "")
    {
        var stores = kind == DatabaseKind.Postgres
            ? await OnPostgres()
            : await Unmigrated(kind, test);
        await stores.Database.Migrate(Cancellation);
        return stores;
    }

    public static async Task<Stores> Unmigrated(DatabaseKind kind, [CallerMemberName] string test = "") =>
        kind switch
        {
            DatabaseKind.Memory => new("memory", () => Task.CompletedTask),
            DatabaseKind.Sqlite => OnFile(test),
            _ => await OnEmptyPostgres(),
        };

    /// <summary>Commits one unit of work.</summary>
    public Task Write(Func<Transaction, Task> work) => Database.Write(work, Cancellation);

    /// <summary>Stores a pool of this kind and returns it.</summary>
    public async Task<UserPool> Add(UserPool pool)
    {
        await Write(transaction => Pools.Insert(transaction, pool, [], Cancellation));
        return pool;
    }

    /// <summary>Stores a user and returns it.</summary>
    public async Task<User> Add(UserPool pool, User user)
    {
        await Write(transaction => Users.Insert(transaction, user, pool, Cancellation));
        return user;
    }

    /// <summary>Stores a group and returns it.</summary>
    public async Task<Group> Add(Group group)
    {
        await Write(transaction => Groups.Insert(transaction, group, Cancellation));
        return group;
    }

    /// <summary>Puts a user into a group as operations do; false where there is no such user.</summary>
    public Task<bool> Join(Group group, string sub) => Database.Write(
        async transaction =>
        {
            if (!await Users.Hold(transaction, group.PoolId, sub, Cancellation)) return false;
            await Groups.AddMember(transaction, group, sub, Cancellation);
            return true;
        },
        Cancellation);

    public async Task<User> Update(UserPool pool, User user) =>
        await Database.Write(
            transaction => Users.Update(transaction, user, pool, Cancellation), Cancellation);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await drop();
    }

    private static Stores OnFile(string test)
    {
        var folder = Directory.CreateTempSubdirectory("lifeguard-");
        return new($"sqlite:{Path.Combine(folder.FullName, test + ".db")}", () =>
        {
            folder.Delete(recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<Stores> OnPostgres()
    {
        var lent = await LentPostgres.Borrow();
        return new(lent.Setting, async () => await lent.DisposeAsync());
    }

    private static async Task<Stores> OnEmptyPostgres()
    {
        var (setting, drop) = await LentPostgres.Unmigrated();
        return new(setting, drop);
    }
}
