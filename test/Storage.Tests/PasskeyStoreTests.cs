using Lifeguard.Domain.Passkeys;

namespace Lifeguard.Storage.Tests;

public sealed class PasskeyStoreTests
{
    private const string Pool = "eu-west-1_Plain0001";

    [Theory, EachDatabase]
    public async Task A_passkey_comes_back_as_it_was_stored(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var passkey = Passkey("one") with
        {
            SignCount = uint.MaxValue,
            Attachment = "platform",
            Transports = ["internal", "usb"],
        };
        Assert.True(await Insert(stores, passkey));
        var older = Passkey("two") with { CreatedAt = passkey.CreatedAt.AddMinutes(-1) };
        Assert.True(await Insert(stores, older));

        var read = await OfUser(stores);

        Assert.Equal(["two", "one"], read.Select(each => each.CredentialId));
        Assert.Equal(passkey.PublicKey, read[1].PublicKey);
        Assert.Equal(passkey.Transports, read[1].Transports);
        Assert.Equal(
            passkey with { PublicKey = [], Transports = [] },
            read[1] with { PublicKey = [], Transports = [] });
        Assert.Null(read[0].Attachment);
        Assert.Empty(await stores.Passkeys.OfUser(Pool, "other", Stores.Cancellation));
        Assert.Empty(await stores.Passkeys.OfUser("other", "s", Stores.Cancellation));
        Assert.True(await stores.Passkeys.HasAny(Pool, "s", Stores.Cancellation));
        Assert.False(await stores.Passkeys.HasAny(Pool, "other", Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task An_id_is_taken_once_in_a_pool(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var longest = new string('A', 1364);

        Assert.True(await Insert(stores, Passkey(longest)));
        Assert.False(await Insert(stores, Passkey(longest)));
        Assert.False(await Insert(stores, Passkey(longest) with { Sub = "other" }));
        Assert.True(await Insert(stores, Passkey(longest) with { PoolId = "eu-west-1_Other0001" }));
    }

    [Theory, EachDatabase]
    public async Task A_count_is_taken_once_however_many_try(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Insert(stores, Passkey("one") with { SignCount = 7 });
        var read = (await OfUser(stores))[0];

        var taken = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => Count(stores, read, 8))));

        Assert.Single(taken, each => each);
        Assert.Equal(8u, (await OfUser(stores))[0].SignCount);
        Assert.False(await Count(stores, read, 9));
    }

    [Theory, EachDatabase]
    public async Task A_user_deletes_nobody_else_s(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Insert(stores, Passkey("one"));

        Assert.False(await Delete(stores, "other", "one"));
        Assert.False(await Delete(stores, "s", "two"));
        Assert.True(await Delete(stores, "s", "one"));
        Assert.False(await Delete(stores, "s", "one"));
        Assert.Empty(await OfUser(stores));
    }

    internal static Passkey Passkey(string id) => new()
    {
        PoolId = Pool,
        Sub = "s",
        CredentialId = id,
        PublicKey = [1, 2, 3],
        SignCount = 0,
        IsBackupEligible = true,
        Aaguid = new("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4"),
        Name = "Passkey",
        RelyingPartyId = "example.org",
        CreatedAt = Sample.Then,
    };

    private static Task<IReadOnlyList<Passkey>> OfUser(Stores stores) =>
        stores.Passkeys.OfUser(Pool, "s", Stores.Cancellation);

    private static Task<bool> Insert(Stores stores, Passkey passkey) => stores.Database.Write(
        transaction => stores.Passkeys.TryInsert(transaction, passkey, Stores.Cancellation),
        Stores.Cancellation);

    private static Task<bool> Count(Stores stores, Passkey passkey, uint count) => stores.Database.Write(
        transaction => stores.Passkeys.TryCount(transaction, passkey, count, Stores.Cancellation),
        Stores.Cancellation);

    private static Task<bool> Delete(Stores stores, string sub, string id) => stores.Database.Write(
        transaction => stores.Passkeys.Delete(transaction, Pool, sub, id, Stores.Cancellation),
        Stores.Cancellation);
}
