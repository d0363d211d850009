using System.Text;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Devices;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.Mfa;

namespace Lifeguard.Storage.Tests;

public sealed class SecrecyTests
{
    private const string Secret = "TopSecretMarker";

    private static readonly byte[] SecretBytes =
        [.. Enumerable.Range(0, 32).Select(each => (byte)(each * 7 + 3))];

    [Fact]
    public async Task No_secret_stands_in_the_file()
    {
        await using var stores = await Stores.Open(DatabaseKind.Sqlite);
        await WriteSecrets(stores);
        var file = stores.Setting["sqlite:".Length..];
        var whole = new MemoryStream();
        foreach (var part in Directory.GetFiles(Path.GetDirectoryName(file)!))
        {
            await using var stream =
                new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await stream.CopyToAsync(whole, Stores.Cancellation);
        }

        var bytes = whole.ToArray();

        // What is no secret shows that the search would find one.
        Assert.True(Holds(bytes, "ana-the-user"u8));
        Assert.False(Holds(bytes, Encoding.UTF8.GetBytes(Secret)));
        Assert.False(Holds(bytes, SecretBytes));
        Assert.False(Holds(bytes, Encoding.UTF8.GetBytes(Convert.ToBase64String(SecretBytes)[..40])));
    }

    [Fact]
    public async Task The_file_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Rights of files are a matter of Unix");
            return;
        }

        await using var stores = await Stores.Open(DatabaseKind.Sqlite);
        var folder = Path.GetDirectoryName(stores.Setting["sqlite:".Length..])!;

        foreach (var file in Directory.GetFiles(folder))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private static async Task WriteSecrets(Stores stores)
    {
        var pool = Sample.Pool();
        var key = new SigningKey
        {
            PoolId = pool.Id,
            KeyId = "kid",
            Use = TokenUse.Id,
            PrivateKey = SecretBytes,
            CreatedAt = Sample.Then,
        };
        var user = Sample.User(pool, "ana-the-user") with
        {
            Password = new PasswordCredential(Secret, SecretBytes, SecretBytes, Sample.Then, false),
            PasswordHistory = [Secret],
        };
        var client = new AppClient
        {
            PoolId = pool.Id,
            Id = "c1",
            Settings = new UserPoolClientType { ClientName = "app", ClientSecret = Secret },
            Secrets = [new ClientSecret("c1--1", Secret, Sample.Then)],
            CreatedAt = Sample.Then,
            ModifiedAt = Sample.Then,
        };
        var message = Sample.Message("m1") with
        {
            To = Secret,
            Subject = Secret,
            Body = Secret,
            From = Secret,
            ReplyTo = Secret,
        };
        var access = new AccessKey("AKIA1", Secret, Secret, "admin", "{}", Sample.Then, null);
        await new KeyRingLoader(stores.DataKeys, new KeyRing(), new FixedRandom(), new byte[32])
            .Load(stores.Now, Stores.Cancellation);
        await stores.Write(async transaction =>
        {
            await stores.Pools.Insert(transaction, pool, [key], Stores.Cancellation);
            await stores.Users.Insert(transaction, user, pool, Stores.Cancellation);
            await stores.Clients.Insert(transaction, client, Stores.Cancellation);
            await stores.Outbox.Add(transaction, message, stores.Now, Stores.Cancellation);
            await stores.SoftwareTokens.Save(transaction, TokenOf(user), Stores.Cancellation);
            await stores.Devices.Insert(transaction, DeviceOf(user), Stores.Cancellation);
            await stores.AccessKeys.Insert(transaction, access, Stores.Cancellation);
            await stores.IdentityProviders.Insert(
                transaction, Sample.Provider(pool.Id, "Corp", Secret), Stores.Cancellation);
            await stores.SamlCertificates.Insert(transaction, CertificateOf(pool), Stores.Cancellation);
        });
    }

    private static SoftwareToken TokenOf(User user) => new()
    {
        PoolId = user.PoolId,
        Sub = user.Sub,
        Pending = SecretBytes,
        Verified = SecretBytes,
        Name = Secret,
    };

    private static SamlCertificate CertificateOf(UserPool pool) => new()
    {
        PoolId = pool.Id,
        Purpose = CertificatePurpose.Signing,
        Issue = 1,
        Certificate = "certificate",
        PrivateKey = SecretBytes,
        CreatedAt = Sample.Then,
    };

    private static Device DeviceOf(User user) => new()
    {
        PoolId = user.PoolId,
        Sub = user.Sub,
        Key = "eu-west-1_0",
        GroupKey = "-abcdefgh",
        LastIpAddress = "192.0.2.1",
        Secret = new(SecretBytes, SecretBytes),
        CreatedAt = Sample.Then,
        ModifiedAt = Sample.Then,
        AuthenticatedAt = Sample.Then,
    };

    private static bool Holds(byte[] bytes, ReadOnlySpan<byte> sought) => bytes.AsSpan().IndexOf(sought) >= 0;

    /// <summary>Draws the secret as data key, so that it can be looked for.</summary>
    private sealed class FixedRandom : RandomSource
    {
        public override void Fill(Span<byte> destination)
        {
            for (var i = 0; i < destination.Length; i++)
                destination[i] = destination.Length == 32 ? SecretBytes[i] : (byte)i;
        }

        public override System.Security.Cryptography.RSA RsaKey() => throw new NotSupportedException();
    }
}
