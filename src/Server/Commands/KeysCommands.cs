using System.CommandLine;
using Lifeguard.Adapters;
using Lifeguard.Domain;
using Lifeguard.Protocol.Transfer;
using Lifeguard.Server.Settings;
using Lifeguard.Server.Transfer;
using Lifeguard.Storage;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard keys …</c></summary>
internal static class KeysCommands
{
    private const int PageSize = 100;

    public static Command Create() => new("keys", "Keys that sign tokens and seal data")
    {
        Rotate(),
        CreateMaster(),
        CreateTransfer(),
    };

    private static Command Rotate()
    {
        var command = new Command(
            "rotate", "Signs tokens with new keys, once they have been in the JWKS for a while");
        var pool = new Option<string?>("--pool") { Description = "Only this pool" };
        var data = new Option<bool>("--data") { Description = "Seals data with a new key instead" };
        var atOnce = new Option<bool>("--at-once")
        {
            Description = "Without waiting, because a key has leaked; tokens may not verify for minutes",
        };
        command.Add(pool);
        command.Add(data);
        command.Add(atOnce);
        var options = new SettingOptions(command);
        return command.Does((given, cancellation) => Administration.Run(
            options,
            given,
            async (parts, stop) =>
            {
                if (given.GetValue(data)) await RotateDataKey(parts, stop);
                else await RotateSigningKeys(parts, given.GetValue(pool), given.GetValue(atOnce), stop);
                return 0;
            },
            cancellation));
    }

    private static Command CreateMaster()
    {
        var command = new Command(
            "create-master", "Writes a new master key to a file that only its owner can read");
        var file = new Argument<FileInfo>("file");
        command.Add(file);
        return command.Does((given, _) =>
        {
            using var random = new SystemRandom();
            MasterKey.Create(given.GetValue(file)!.FullName, random.Bytes(MasterKey.Size));
            Terminal.Say(
                "Keep a copy in a safe place: without this key no secret in the database can be read.");
            return Task.FromResult(0);
        });
    }

    private static Command CreateTransfer()
    {
        var command = new Command(
            "create-transfer",
            "Writes a new secret key for files of pools, and shows the public key that others export to");
        var file = new Argument<FileInfo>("file");
        command.Add(file);
        return command.Does((given, _) =>
        {
            using var random = new SystemRandom();
            var identity = TransferIdentity.From(random.Bytes(TransferIdentity.Length));
            IdentityFile.Create(given.GetValue(file)!.FullName, identity);
            Terminal.Say(identity.PublicKey.Text);
            return Task.FromResult(0);
        });
    }

    private static async Task RotateDataKey(IServiceProvider parts, CancellationToken cancellation)
    {
        var now = parts.GetRequiredService<TimeProvider>().GetUtcNow();
        await parts.GetRequiredService<KeyRingLoader>().Rotate(now, cancellation);
        Terminal.Say("Servers that are running seal with the new key in about a minute.");
    }

    private static async Task RotateSigningKeys(
        IServiceProvider parts, string? poolId, bool atOnce, CancellationToken cancellation)
    {
        var pools = parts.GetRequiredService<PoolStore>();
        if (poolId is not null)
        {
            await Rotate(parts, await pools.Get(poolId, cancellation), atOnce, cancellation);
            return;
        }

        string? last = null;
        while (await pools.List(last, PageSize, cancellation) is { Count: > 0 } page)
        {
            foreach (var pool in page) await Rotate(parts, pool, atOnce, cancellation);
            last = page[^1].Id;
        }

        if (last is null) Terminal.Say("There are no pools yet.");
    }

    private static async Task Rotate(
        IServiceProvider parts, UserPool pool, bool atOnce, CancellationToken cancellation)
    {
        var pools = parts.GetRequiredService<PoolStore>();
        var random = parts.GetRequiredService<RandomSource>();
        var now = parts.GetRequiredService<TimeProvider>().GetUtcNow();
        // Made before the transaction, since they take long.
        SigningKey[] keys =
        [
            SigningKey.New(pool.Id, TokenUse.Id, random, now),
            SigningKey.New(pool.Id, TokenUse.Access, random, now),
        ];
        await parts.GetRequiredService<Database>().Write(
            async transaction =>
            {
                var retiredAt = atOnce ? now : now + SigningKey.PublishedAhead;
                await pools.RetireSigningKeys(transaction, pool.Id, now, retiredAt, cancellation);
                await pools.AddSigningKeys(transaction, keys, cancellation);
            },
            cancellation);
        Terminal.Say(atOnce
            ? $"{pool.Id} signs with new keys."
            : $"{pool.Id} shows new keys, and signs with them in {SigningKey.PublishedAhead.TotalMinutes:0} "
                + "minutes.");
    }
}
