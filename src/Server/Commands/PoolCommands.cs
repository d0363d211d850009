using System.CommandLine;
using System.Globalization;
using Lifeguard.Domain;
using Lifeguard.Server.Settings;
using Lifeguard.Server.Transfer;
using Lifeguard.Storage;
using Lifeguard.Storage.Transfer;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard pool …</c></summary>
internal static class PoolCommands
{
    private const int PageSize = 100;
    private const int LongestName = 128;

    public static Command Create() => new("pool", "Moves and copies user pools with all that is in them")
    {
        List(),
        PoolExportCommand.Create(),
        PoolImportCommand.Create(),
        Clone(),
        Discard(),
    };

    private static Command List()
    {
        var command = new Command("list", "Shows all pools, and those that are being brought in");
        var options = new SettingOptions(command);
        return command.Does((given, cancellation) => Administration.Run(
            options,
            given,
            async (parts, stop) =>
            {
                List<string[]> rows = [["ID", "NAME", "USERS", "CLIENTS", "CREATED", "STATE"]];
                await AddPools(rows, parts, stop);
                var unfinished = await parts.GetRequiredService<PoolImportRows>().List(stop);
                rows.AddRange(unfinished.Select(
                    each => (string[])[each.PoolId, "", "", "", Printed(each.StartedAt), StateOf(each)]));
                Terminal.Table(rows);
                return 0;
            },
            cancellation));
    }

    private static Command Clone()
    {
        var command = new Command(
            "clone", "Makes a second pool like this one, with new ids, client secrets and signing keys");
        var id = new Argument<string>("id") { Description = "Id of the pool" };
        var name = new Option<string>("--name") { Description = "Name of the new pool", Required = true };
        var users = new Option<bool>("--with-users") { Description = "Copies the users too" };
        command.Add(id);
        command.Add(name);
        command.Add(users);
        var options = new SettingOptions(command);
        return command.Does((given, cancellation) => Administration.Run(
            options,
            given,
            async (parts, stop) =>
            {
                using var line = new ProgressLine(parts.GetRequiredService<TimeProvider>());
                var region = parts.GetRequiredService<ServerSettings>().Region;
                var order = new PoolCloneOrder(
                    given.GetValue(id)!,
                    $"{region}_{parts.GetRequiredService<RandomSource>().Alphanumeric(9)}",
                    NameOf(given.GetValue(name)!),
                    given.GetValue(users))
                {
                    Report = (table, rows) => line.Show($"{Counted.Number(rows)} {table}"),
                };
                var cloned = await parts.GetRequiredService<PoolClone>().Run(order, stop);
                line.End();
                Say(cloned, order);
                return 0;
            },
            cancellation));
    }

    private static Command Discard()
    {
        var command = new Command("discard", "Takes out what was brought in of a pool that is not complete");
        var id = new Argument<string>("id") { Description = "Id of the pool, see: lifeguard pool list" };
        command.Add(id);
        var options = new SettingOptions(command);
        return command.Does((given, cancellation) => Administration.Run(
            options,
            given,
            async (parts, stop) =>
            {
                await Discard(parts, given.GetValue(id)!, stop);
                return 0;
            },
            cancellation));
    }

    /// <summary>Takes out an incomplete pool and says so.</summary>
    /// <exception cref="TransferException">There is none.</exception>
    public static async Task Discard(IServiceProvider parts, string poolId, CancellationToken cancellation)
    {
        var now = parts.GetRequiredService<TimeProvider>().GetUtcNow();
        if (!await parts.GetRequiredService<PoolArrival>().Discard(poolId, now, cancellation))
            throw new TransferException($"Nothing of pool {poolId} is waiting to be completed.");
        Terminal.Say($"What was brought in of pool {poolId} is gone.");
    }

    private static void Say(ImportedPool cloned, PoolCloneOrder order)
    {
        Terminal.Say(cloned.PoolId);
        Terminal.Complain($"Copied from {order.PoolId}: {Counted.Rows(cloned.Contents)}.");
        Terminal.Complain(
            "Clients have new ids and secrets, see ListUserPoolClients; triggers call the same functions.");
        if (!order.WithUsers) return;
        Terminal.Complain(
            "Users sign in with their passwords. SRP works for each of them after one sign-in that sends the "
            + "password (USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH), or after a new password.");
    }

    private static async Task AddPools(
        List<string[]> rows, IServiceProvider parts, CancellationToken cancellation)
    {
        var pools = parts.GetRequiredService<PoolStore>();
        var sizes = parts.GetRequiredService<PoolSizes>();
        string? last = null;
        while (await pools.List(last, PageSize, cancellation) is { Count: > 0 } page)
        {
            foreach (var pool in page)
            {
                rows.Add(
                [
                    pool.Id,
                    pool.Name,
                    Counted.Number(await sizes.Users(pool.Id, cancellation)),
                    Counted.Number(await sizes.Clients(pool.Id, cancellation)),
                    Printed(pool.CreatedAt),
                    "in use",
                ]);
            }

            last = page[^1].Id;
        }
    }

    private static string StateOf(UnfinishedPool unfinished) => unfinished.Parts < 0
        ? "being discarded"
        : $"incomplete since {Printed(unfinished.ChangedAt)}, {Counted.Number(unfinished.Parts)} parts";

    private static string NameOf(string text) =>
        text.Length is > 0 and <= LongestName
        && text.All(c => char.IsLetterOrDigit(c) || " +=,.@_-".Contains(c, StringComparison.Ordinal))
            ? text
            : throw new SettingsException("--name takes up to 128 letters, digits, blanks and +=,.@_-");

    private static string Printed(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
