using System.Globalization;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Branding;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.Logs;
using Lifeguard.Domain.Replicas;
using Lifeguard.Domain.ResourceServers;
using Lifeguard.Domain.Risk;
using Lifeguard.Protocol.Passwords;
using Lifeguard.Protocol.Transfer;
using Lifeguard.Storage.Transfer;

namespace Lifeguard.Storage.Tests.Transfer;

/// <summary>A deployment with data keys of its own, between which pools are moved.</summary>
internal sealed class Moving : IAsyncDisposable
{
    public const string Passphrase = "correct horse battery staple";
    private static int deployments;

    private Moving(Stores stores)
    {
        Stores = stores;
        Keys = new PoolKeyStore(stores.Database, stores.Sealer, stores.Ring);
        Imports = new PoolImportRows(stores.Database);
        Arrival = new PoolArrival(stores.Database, stores.Sealer, Imports);
        Export = new PoolExport(stores.Database, stores.Sealer, stores.Ring, stores.Random);
        Import = new PoolImport(stores.Database, Arrival);
        Clone = new PoolClone(stores.Database, stores.Sealer, Arrival, stores.Random);
    }

    public Stores Stores { get; }

    public PoolKeyStore Keys { get; }

    public PoolImportRows Imports { get; }

    public PoolArrival Arrival { get; }

    public PoolExport Export { get; }

    public PoolImport Import { get; }

    public PoolClone Clone { get; }

    /// <summary>The confidential client of a full pool.</summary>
    public static string ClientId(string poolId) => $"client of {poolId}";

    /// <summary>The prefix of a full pool.</summary>
    public static string DomainOf(string poolId) => poolId.ToLowerInvariant().Replace('_', '-');

    public static async Task<Moving> Open(DatabaseKind kind)
    {
        var stores = await Stores.Open(kind, $"moving{Interlocked.Increment(ref deployments)}");
        // No two deployments have a key in common, though they all count them from 1.
        stores.Ring.Load(
            [
                new("1", Key(), stores.Now - TimeSpan.FromDays(2)),
                new("2", Key(), stores.Now - TimeSpan.FromDays(1)),
            ],
            stores.Now);
        return new(stores);

        static byte[] Key() => System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);
    }

    /// <summary>A pool in which every table has rows: two clients, keys, users of all kinds, and traces of
    /// sign-ins.</summary>
    public async Task<UserPool> FullPool(int users = 20, string id = "eu-west-1_Moves0001")
    {
        var pool = Sample.AliasPool(id);
        await Stores.Write(async transaction =>
        {
            await Stores.Pools.Insert(transaction, pool, SigningKeys(pool), Stores.Cancellation);
            await Stores.Clients.Insert(
                transaction, Client(pool, ClientId(id), "secret one"), Stores.Cancellation);
            await Stores.Clients.Insert(transaction, Client(pool, $"public of {id}"), Stores.Cancellation);
        });
        await AddUsers(pool, 0, users);
        await Stores.Write(async transaction =>
        {
            await Stores.Spent.TrySpend(transaction, id, "spent1", Sample.Then, Stores.Cancellation);
            await Stores.Revocations.Add(transaction, id, "origin1", Sample.Then, Stores.Cancellation);
            await Stores.Attempts.Count(
                transaction, id, "sub", "reset-request", 5, TimeSpan.FromHours(1), Stores.Now,
                Stores.Cancellation);
            await Stores.Codes.Replace(
                transaction, Sample.Code("sub") with { PoolId = id }, Stores.Cancellation);
            await Stores.Passkeys.TryInsert(
                transaction,
                PasskeyStoreTests.Passkey($"key of {id}") with { PoolId = id },
                Stores.Cancellation);
            await Stores.Outbox.Add(
                transaction, Sample.Message(id) with { PoolId = id }, Stores.Now, Stores.Cancellation);
        });
        await Stores.Failures.Record(id, "sub", Stores.Now, Stores.Cancellation);
        await AddGroupsAndLogs(pool);
        await AddTokensAndSessions(pool);
        await AddProviders(pool);
        await AddBranding(pool);
        return pool;
    }

    private Task AddBranding(UserPool pool) => Stores.Write(async transaction =>
    {
        var (id, client) = (pool.Id, ClientId(pool.Id));
        var style = Sample.Style(id, client);
        await Stores.LoginStyles.Insert(transaction, style, Stores.Cancellation);
        StyleImage[] images =
            [.. Enumerable.Range(0, 20).Select(i => Sample.Image($"<svg/>{i}", $"Idp {i}"))];
        await Stores.LoginStyles.PutImages(transaction, style, images, Stores.Cancellation);
        await Stores.Terms.Insert(transaction, Sample.Terms(id, client), Stores.Cancellation);
        foreach (var each in (string?[])[null, client])
        {
            await Stores.UICustomizations.Set(
                transaction, Sample.Customization(id, each), Stores.Cancellation);
        }
    });

    private Task AddTokensAndSessions(UserPool pool) => Stores.Write(async transaction =>
    {
        await Stores.Spent.SpendSince(
            transaction, pool.Id, "refresh/1", Sample.Then.AddDays(30), Sample.Then, Stores.Cancellation);
        await Stores.Sessions.Add(
            transaction, Sample.Session(pool.Id, "sub", "tkn1"), Stores.Cancellation);
        var scope = new ResourceServerScopeType { ScopeName = "read", ScopeDescription = "May read" };
        await Stores.ResourceServers.Insert(
            transaction,
            ResourceServer.Of(pool.Id, "moons", "Moons", [scope]),
            Stores.Cancellation);
        await Stores.Domains.Insert(
            transaction, Sample.Domain(pool.Id, DomainOf(pool.Id)), Stores.Cancellation);
    });

    private async Task AddProviders(UserPool pool)
    {
        var gone = Sample.Provider(pool.Id, "Gone");
        await Stores.Write(async transaction =>
        {
            foreach (var provider in (IdentityProvider[])[Sample.Provider(pool.Id, "Corp"), gone])
            {
                await Stores.IdentityProviders.Insert(transaction, provider, Stores.Cancellation);
                await Stores.IdentityProviders.Identified(transaction, provider, Stores.Cancellation);
                await Stores.UserIdentities.Insert(
                    transaction,
                    new(pool.Id, provider.Id, LinkRules.Subject, "person", "sub", IsPrimary: false),
                    Stores.Cancellation);
            }

            await Stores.SamlCertificates.Insert(
                transaction,
                SamlCertificate.New(pool.Id, CertificatePurpose.Signing, 1, Stores.Random, Sample.Then),
                Stores.Cancellation);
        });
        await Stores.Write(transaction => Stores.IdentityProviders.Delete(
            transaction, gone, Sample.Then, Stores.Cancellation));
    }

    private async Task AddGroupsAndLogs(UserPool pool)
    {
        var group = Sample.Group(pool, "staff") with { Description = "Everybody", Precedence = 3 };
        await Stores.Add(group);
        await Stores.Write(transaction => Stores.Groups.AddMember(
            transaction, group, "sub", Stores.Cancellation));
        var gone = await Stores.Add(Sample.Group(pool, "gone"));
        await Stores.Write(transaction => Stores.Groups.Delete(
            transaction, gone, Sample.Then, Stores.Cancellation));
        var replica = new UserPoolReplica
        {
            PoolId = pool.Id,
            Region = "us-west-2",
            Status = ReplicaStatusType.Active,
            Settings = new(),
            CreatedAt = Sample.Then,
            ModifiedAt = Sample.Then,
        };
        await Stores.Write(transaction => Stores.Replicas.Insert(
            transaction, replica, Stores.Cancellation));
        await Stores.Write(transaction => Stores.Devices.Insert(
            transaction, Sample.Device(pool), Stores.Cancellation));
        await Stores.Write(transaction => new LogDeliveryStore(Stores.Database).Set(
            transaction, LogDelivery.None(pool.Id), Sample.Then, Stores.Cancellation));
        await AddRisks(pool);
    }

    private async Task AddRisks(UserPool pool)
    {
        var risks = new RiskConfigurationStore(Stores.Database);
        foreach (var client in (string?[])[null, ClientId(pool.Id)])
        {
            var configuration = RiskConfiguration.None(pool.Id, client).With(
                new() { RiskExceptionConfiguration = new() { BlockedIPRangeList = ["10.0.0.0/8"] } },
                Sample.Then);
            await Stores.Write(transaction => risks.Set(transaction, configuration, Stores.Cancellation));
        }

        var name = pool.Fold(User(pool, 0).Username);
        if (await Stores.Users.FindByUsername(pool.Id, name, Stores.Cancellation) is not { } user) return;
        var happened = new AuthEvent
        {
            Id = Stores.Random.TimedId(Sample.Then),
            Type = EventType.SignIn,
            Response = EventResponseType.Pass,
            PoolId = pool.Id,
            ClientId = ClientId(pool.Id),
            User = new(user.Sub, user.Username),
            IpAddress = "192.0.2.1",
            DeviceName = "Firefox",
            DeviceMark = "mark",
            RequestId = "request",
            At = Sample.Then,
        };
        await Stores.Write(transaction => new AuthEventStore(Stores.Database, Stores.Users).Add(
            transaction, happened, Stores.Cancellation));
    }

    public async Task AddUsers(UserPool pool, int from, int count)
    {
        const int together = 100;
        for (var at = from; at < from + count; at += together)
        {
            await Stores.Write(async transaction =>
            {
                for (var i = at; i < Math.Min(at + together, from + count); i++)
                    await Stores.Users.Insert(transaction, User(pool, i), pool, Stores.Cancellation);
            });
        }
    }

    public static User User(UserPool pool, int number)
    {
        var digits = number.ToString("D6", CultureInfo.InvariantCulture);
        var user = Sample.User(
            pool, $"Anä {digits}", ("email", $"u{digits}@example.com"), ("email_verified", "true"),
            ("name", $"Ana the {number}."), ("custom:note", "\"quoted\" \u2603 \ud83d\ude00"));
        return (number % 4) switch
        {
            0 => user,
            1 => user with { SignedOutAt = Sample.Then.AddDays(number), Enabled = false },
            _ => user with
            {
                Password = new(
                    $"$hash${digits}", [1, 2, (byte)number], [9, 8, 7, (byte)number], Sample.Then, false),
                PasswordHistory = [$"$old${digits}"],
                Pending = UserAttributes.From([KeyValuePair.Create("email", "new@example.com")]),
                Mfa = new(["SMS_MFA"], "SMS_MFA"),
            },
        };
    }

    /// <summary>The pool as a file, cheap to open.</summary>
    public async Task<byte[]> File(string poolId)
    {
        var file = new MemoryStream();
        await Export.ToPassphrase(Order(poolId), Passphrase, file, Stores.Cancellation);
        return file.ToArray();
    }

    public PoolExportOrder Order(string poolId) => new(poolId, "https://id.example.com", Stores.Now)
    {
        Cost = new Argon2idParameters(8, 1),
    };

    /// <summary>Brings in a file.</summary>
    public Task<ImportedPool> Take(byte[] file, Action<long, long>? report = null) =>
        Take(new MemoryStream(file), Passphrase, report);

    public async Task<ImportedPool> Take(Stream file, string passphrase, Action<long, long>? report = null)
    {
        var (head, line) = await PoolFileReader.ReadHead(file, Stores.Cancellation);
        var keys = FileKeys.From(passphrase, (FileLock.Passphrase)head.Lock, head.FileId);
        using var opened = await PoolFileReader.Open(file, head, line, keys, Stores.Cancellation);
        return await Import.Run(opened, report, Stores.Cancellation);
    }

    /// <summary>Every row of the pool that travels, with what is sealed in it, a line each; without the keys
    /// that only the move has made rows.</summary>
    public Task<string[]> Rows(string poolId) => Stores.Database.Snapshot(
        async snapshot =>
        {
            var reader = new PoolRowReader(Stores.Sealer, snapshot, poolId);
            var lines = new List<string>();
            if (await reader.Pool(Stores.Cancellation) is { } pool) lines.Add(Line(pool));
            foreach (var table in PoolCatalogue.Travelling.Where(table => table.Name is not "pool_key"))
            {
                if (table == PoolCatalogue.Pool) continue;
                await foreach (var page in reader.Pages(table, Stores.Cancellation))
                    lines.AddRange(page.Select(Line));
            }

            return lines.ToArray();
        },
        Stores.Cancellation);

    /// <summary>How many rows the tables have of the pool, whatever they are.</summary>
    public async Task<long> RowCount(string poolId)
    {
        var rows = 0L;
        string[] tables = [.. Tables.OfPools.Select(each => each.Table), "user_pool", "pool_import"];
        foreach (var table in tables)
        {
            rows += await Stores.Database.Sql($"SELECT COUNT(*) FROM {table} WHERE pool_id = @pool_id")
                .With("pool_id", poolId)
                .Number(Stores.Cancellation) ?? 0;
        }

        return rows;
    }

    public ValueTask DisposeAsync() => Stores.DisposeAsync();

    private static AppClient Client(UserPool pool, string id, params string[] secrets) => new()
    {
        PoolId = pool.Id,
        Id = id,
        Settings = new UserPoolClientType { ClientName = $"app of {id}" },
        Secrets = [.. secrets.Select(secret => new ClientSecret($"{id}--1", secret, Sample.Then))],
        CreatedAt = Sample.Then,
        ModifiedAt = Sample.Then,
    };

    private static IEnumerable<SigningKey> SigningKeys(UserPool pool) =>
        new[] { TokenUse.Id, TokenUse.Access }.Select(use => new SigningKey
        {
            PoolId = pool.Id,
            KeyId = $"kid of {use}",
            Use = use,
            PrivateKey = [4, 5, 6],
            CreatedAt = Sample.Then,
        });

    private static string Line(PoolRow row) => $"{row.Table.Name}: " + string.Join(
        " | ",
        row.Values.Select(value => value switch
        {
            null => "null",
            byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        }));
}
