using System.Globalization;
using System.Security.Cryptography;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Protocol.Passwords;
using Lifeguard.Storage;

namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>Many users, put into a pool through the program's own stores, since hashing a password for each
/// would take long.</summary>
internal static class Crowd
{
    public const string Password = "Crowded-Pässwörd-1";
    private const int InOneTransaction = 200;

    public static string NameOf(int number) => "member" + number.ToString("D6", CultureInfo.InvariantCulture);

    public static async Task Join(Installation installation, string poolId, int count)
    {
        var random = new AnyRandom();
        await using var database = Database.Open(installation.Database, TimeProvider.System);
        var ring = new KeyRing();
        var key = Convert.FromBase64String(await File.ReadAllTextAsync(installation.MasterKeyFile));
        await new KeyRingLoader(new DataKeyStore(database), ring, random, key)
            .Load(DateTimeOffset.UtcNow, CancellationToken.None);
        var sealer = new Sealer(ring, random);
        var pool = await new PoolStore(database, sealer).Get(poolId, CancellationToken.None);
        var users = new UserStore(database, sealer);
        var hash = Argon2idHash.Create(Password, random.Bytes(Argon2idHash.SaltLength), new(8, 1)).Text;
        for (var at = 0; at < count; at += InOneTransaction)
        {
            var from = at;
            await database.Write(
                async transaction =>
                {
                    for (var i = from; i < Math.Min(from + InOneTransaction, count); i++)
                    {
                        var member = Member(pool, i, hash, random);
                        await users.Insert(transaction, member, pool, CancellationToken.None);
                    }
                },
                CancellationToken.None);
        }
    }

    /// <summary>As large as a real one: the verifier has 384 bytes.</summary>
    private static User Member(UserPool pool, int number, string hash, RandomSource random) => new()
    {
        PoolId = pool.Id,
        Sub = random.Id(),
        Username = NameOf(number),
        Status = UserStatusType.Confirmed,
        Attributes = UserAttributes.From(
        [
            new("email", NameOf(number) + "@example.com"), new("email_verified", "true"),
            new("name", $"Member No. {number}"),
        ]),
        Password = new(hash, random.Bytes(16), random.Bytes(384), DateTimeOffset.UtcNow, false),
        CreatedAt = DateTimeOffset.UtcNow,
        ModifiedAt = DateTimeOffset.UtcNow,
    };

    private sealed class AnyRandom : RandomSource
    {
        public override void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);

        public override RSA RsaKey() => RSA.Create(2048);
    }
}
