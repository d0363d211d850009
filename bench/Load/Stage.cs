using System.Text.Json.Nodes;
using Lifeguard.Adapters;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Protocol.Passwords;
using Lifeguard.Protocol.Srp;
using Lifeguard.Storage;

namespace Lifeguard.Load;

/// <summary>What the measured calls act on: a pool with a client, users with and without passwords.</summary>
internal sealed class Stage
{
    /// <summary>The password of every user who has one.</summary>
    public const string Password = "Bench-1234!";

    private static readonly SystemRandom Random = new();
    private readonly Scratch scratch;
    private int nextNumber;

    private Stage(Scratch scratch, string poolId, string clientId) =>
        (this.scratch, PoolId, ClientId) = (scratch, poolId, clientId);

    public string PoolId { get; }

    public string ClientId { get; }

    /// <summary>A client that gets tokens for itself.</summary>
    public (string Id, string Secret) Machine { get; private init; }

    /// <summary>Confirmed users with a password. Their number is a multiple of the concurrency, so that a
    /// worker
    /// never meets the user of another.</summary>
    public IReadOnlyList<string> Users { get; private set; } = [];

    /// <summary>How many users called <c>other</c> and a number there are.</summary>
    public int OthersCount { get; private init; }

    /// <summary>Makes pool and client by the API, users past it.</summary>
    /// <param name="triggers">The functions that the pool calls; null for none.</param>
    public static async Task<Stage> Set(
        LifeguardServer server, Scratch scratch, int users, int others, JsonObject? triggers = null)
    {
        var request = PoolRequest("bench");
        request["LambdaConfig"] = triggers;
        var pool = await server.Must("CreateUserPool", request);
        var poolId = pool["UserPool"]!["Id"]!.GetValue<string>();
        var client = await server.Must("CreateUserPoolClient", ClientRequest(poolId, "bench"));
        var stage = new Stage(scratch, poolId, client["UserPoolClient"]!["ClientId"]!.GetValue<string>())
        {
            OthersCount = others,
            Machine = await NewMachine(server, poolId),
        };
        if (others > 0) stage.AddOthers("other", UserStatusType.Confirmed, others);
        await stage.AddUsers(users);
        return stage;
    }

    private static async Task<(string Id, string Secret)> NewMachine(LifeguardServer server, string poolId)
    {
        await server.Must("CreateResourceServer", new()
        {
            ["UserPoolId"] = poolId,
            ["Identifier"] = "bench",
            ["Name"] = "bench",
            ["Scopes"] = new JsonArray(new JsonObject
            {
                ["ScopeName"] = "run",
                ["ScopeDescription"] = "run",
            }),
        });
        var made = await server.Must("CreateUserPoolClient", new()
        {
            ["UserPoolId"] = poolId,
            ["ClientName"] = "machine",
            ["GenerateSecret"] = true,
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_CLIENT_TOKEN_AUTH"),
            ["AllowedOAuthScopes"] = new JsonArray("bench/run"),
        });
        var client = made["UserPoolClient"]!;
        return (client["ClientId"]!.GetValue<string>(), client["ClientSecret"]!.GetValue<string>());
    }

    /// <summary>Where e-mail addresses are aliases and are verified by codes.</summary>
    public static JsonObject PoolRequest(string name) => new()
    {
        ["PoolName"] = name,
        ["AliasAttributes"] = new JsonArray("email"),
        ["AutoVerifiedAttributes"] = new JsonArray("email"),
    };

    /// <summary>A public client that may use every flow.</summary>
    public static JsonObject ClientRequest(string poolId, string name) => new()
    {
        ["UserPoolId"] = poolId,
        ["ClientName"] = name,
        ["ExplicitAuthFlows"] = new JsonArray(
            "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH",
            "ALLOW_USER_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"),
        ["PreventUserExistenceErrors"] = "ENABLED",
    };

    /// <summary>Adds users without a password; returns their names.</summary>
    public IReadOnlyList<string> AddOthers(string prefix, string status, int count)
    {
        var first = nextNumber;
        nextNumber += count;
        using var connection = scratch.Open();
        Population.Add(connection, PoolId, prefix, status, first, count);
        return [.. Enumerable.Range(first, count).Select(number => $"{prefix}{number}")];
    }

    /// <summary>Users with a password, through the server's own stores: only these can seal it.</summary>
    private async Task AddUsers(int count)
    {
        await using var database = Database.Open(scratch.Database, TimeProvider.System);
        var ring = new KeyRing();
        var sealer = new Sealer(ring, Random);
        var loader = new KeyRingLoader(new DataKeyStore(database), ring, Random, scratch.MasterKey);
        await loader.Load(DateTimeOffset.UtcNow, CancellationToken.None);
        var pool = await new PoolStore(database, sealer).Get(PoolId, CancellationToken.None);
        var store = new UserStore(database, sealer);
        var hash = Argon2idHash.Create(Password, Random.Bytes(Argon2idHash.SaltLength), new(19456, 2)).Text;
        var made = Enumerable.Range(0, count).Select(number => NewUser(pool, $"user{number}", hash)).ToList();
        foreach (var some in made.Chunk(500))
        {
            await database.Write(
                async transaction =>
                {
                    foreach (var user in some)
                        await store.Insert(transaction, user, pool, CancellationToken.None);
                },
                CancellationToken.None);
        }

        Users = [.. made.Select(user => user.Username)];
    }

    private static User NewUser(UserPool pool, string name, string hash)
    {
        var (now, salt) = (DateTimeOffset.UtcNow, SrpSalt.From(Random.Bytes(SrpSalt.ByteLength)));
        return new()
        {
            PoolId = pool.Id,
            Sub = Random.Id(),
            Username = name,
            Status = UserStatusType.Confirmed,
            Attributes = UserAttributes.From(
            [
                new("email", Population.Email(name)), new("email_verified", "true"), new("given_name", "Ana"),
            ]),
            Password = new(hash, salt, SrpVerifier.Create(pool.SrpName, name, Password, salt), now, false),
            CreatedAt = now,
            ModifiedAt = now,
        };
    }
}
