using BenchmarkDotNet.Attributes;
using Lifeguard.Adapters;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.SignIns;
using Lifeguard.Operations;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Primitives;

/// <summary>A pool with ten thousand users in a SQLite file: tokens for one, pages of all.</summary>
[MemoryDiagnoser]
public class Stored
{
    private const int Users = 10_000;
    private static readonly SystemRandom Randomness = new();
    private readonly string folder = Directory.CreateTempSubdirectory("lifeguard-primitives").FullName;
    private readonly UserFilter byEmail = new("email", UserFilterOperator.Equals, "user500@example.com");
    private readonly UserFilter byPrefix = new("email", UserFilterOperator.StartsWith, "user5");
    private Database database = null!;
    private UserStore users = null!;
    private IssueTokens tokens = null!;
    private UserPool pool = null!;
    private AppClient client = null!;
    private User user = null!;

    /// <summary>Makes the pool.</summary>
    [GlobalSetup]
    public async Task Fill()
    {
        var (ring, now) = (Sealing.Ring(), DateTimeOffset.UtcNow);
        database = Database.Open($"sqlite:{Path.Combine(folder, "users.db")}", TimeProvider.System);
        await database.Migrate(CancellationToken.None);
        var sealer = new Sealer(ring, Randomness);
        var pools = new PoolStore(database, sealer);
        users = new(database, sealer);
        pool = new()
        {
            Id = "us-east-1_AbCdEfGhI",
            Settings = new() { Name = "bench" },
            CreatedAt = now,
            ModifiedAt = now,
        };
        client = new()
        {
            PoolId = pool.Id,
            Id = "client",
            Settings = new() { ClientName = "app" },
            CreatedAt = now,
            ModifiedAt = now,
        };
        SigningKey[] keys =
            [SigningKey.New(pool.Id, TokenUse.Id, Randomness, now),
                SigningKey.New(pool.Id, TokenUse.Access, Randomness, now)];
        await database.Write(
            t => pools.Insert(t, pool, keys, CancellationToken.None), CancellationToken.None);
        foreach (var some in Enumerable.Range(0, Users).Chunk(1000)) await Add(some, now);
        user = (await users.FindByUsername(pool.Id, "user500", CancellationToken.None))!;
        tokens = new(
            new(pools), new(new(database, sealer, ring), Randomness), new(database, sealer),
            // The pool has no trigger to be called.
            new(null!), new("https://localhost"), new(users, new(new(database)), Randomness), Randomness,
            AuthorizationRules.Compatible);
    }

    /// <summary>Removes it.</summary>
    [GlobalCleanup]
    public async Task Empty()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Two signatures, a refresh token, and what is written around them.</summary>
    [Benchmark]
    public async Task<AuthenticationResultType> IssueForSignIn()
    {
        var call = NewCall();
        var progress = SignInProgress.Begin(AuthFlowType.UserPasswordAuth, null, Randomness, call.Now);
        var origin = tokens.Origin(pool, client, progress, call);
        var (issued, _) = await tokens.ForSignIn(
            new(pool, client, null, null), user, origin, new(TokenSource.Authentication, null), call);
        return issued;
    }

    /// <summary>One user by name.</summary>
    [Benchmark]
    public Task<User?> FindByUsername() => users.FindByUsername(pool.Id, "user500", CancellationToken.None);

    /// <summary>Sixty users.</summary>
    [Benchmark]
    public Task<UserPage> ListUsers() => users.List(pool, null, null, 60, CancellationToken.None);

    /// <summary>The one with this address.</summary>
    [Benchmark]
    public Task<UserPage> ListUsersByEmail() => users.List(pool, byEmail, null, 60, CancellationToken.None);

    /// <summary>Sixty of those whose address begins so.</summary>
    [Benchmark]
    public Task<UserPage> ListUsersByPrefix() => users.List(pool, byPrefix, null, 60, CancellationToken.None);

    private static Call NewCall() =>
        new("bench", DateTimeOffset.UtcNow, "127.0.0.1", "", CancellationToken.None);

    private Task Add(int[] numbers, DateTimeOffset now) => database.Write(
        async transaction =>
        {
            foreach (var number in numbers)
            {
                await users.Insert(transaction, NewUser($"user{number}", now), pool, CancellationToken.None);
            }
        },
        CancellationToken.None);

    private User NewUser(string name, DateTimeOffset now) => new()
    {
        PoolId = pool.Id,
        Sub = Randomness.Id(),
        Username = name,
        Status = UserStatusType.Confirmed,
        Attributes = UserAttributes.From(
            [new("email", $"{name}@example.com"), new("email_verified", "true")]),
        Password = new(
            "$argon2id$v=19$m=19456,t=2,p=1$", new byte[16], new byte[384], now, IsTemporary: false),
        CreatedAt = now,
        ModifiedAt = now,
    };
}
