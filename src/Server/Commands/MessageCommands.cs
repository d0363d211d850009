using System.CommandLine;
using System.Globalization;
using Lifeguard.Operations.Flows;
using Lifeguard.Server.Settings;
using Lifeguard.Storage;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard message …</c></summary>
internal static class MessageCommands
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 1000;

    public static Command Create() => new("message", "What became of messages to users")
    {
        List(),
        Show(),
    };

    private static Command List()
    {
        var command = new Command("list", "Shows a pool's messages of the last week, newest first");
        var pool = new Option<string>("--pool") { Description = "Id of the pool", Required = true };
        var user = new Option<string?>("--user") { Description = "Only those to this user" };
        var state = new Option<string?>("--state")
        {
            Description = "Only those that are pending, sent or failed",
        };
        var before = new Option<string?>("--before")
        {
            Description = "Only those before the message of this id: the next page",
        };
        var limit = new Option<int>("--limit")
        {
            Description = $"How many, from 1 to {MaxLimit}",
            DefaultValueFactory = _ => DefaultLimit,
        };
        foreach (var option in (Option[])[pool, user, state, before, limit]) command.Add(option);
        var options = new SettingOptions(command);
        return command.Does((given, cancellation) => Administration.Run(
            options,
            given,
            async (parts, stop) =>
            {
                var poolId = given.GetValue(pool)!;
                var (stateOnly, olderThan) = (StateOf(given.GetValue(state)), IdOf(given.GetValue(before)));
                var most = LimitOf(given.GetValue(limit));
                var filter = new OutboxFilter(
                    await SubOf(parts, poolId, given.GetValue(user), stop), stateOnly, olderThan);
                var entries = await parts.GetRequiredService<Outbox>().List(poolId, filter, most, stop);
                Terminal.Table(
                [
                    ["ID", "CREATED", "USER", "TO", "PURPOSE", "STATE", "TRIES", "LAST FAILURE"],
                    .. entries.Select(Row),
                ]);
                return 0;
            },
            cancellation));
    }

    private static Command Show()
    {
        var command = new Command("show", "Shows what became of one message");
        var id = new Argument<string>("id");
        command.Add(id);
        var options = new SettingOptions(command);
        return command.Does((given, cancellation) => Administration.Run(
            options,
            given,
            async (parts, stop) =>
            {
                var entry = await parts.GetRequiredService<Outbox>().Find(given.GetValue(id)!, stop)
                    ?? throw new SettingsException("There is no such message; they are kept for a week.");
                Terminal.Table(
                [
                    ["Id", entry.Id],
                    ["Pool", entry.PoolId],
                    ["User", entry.Sub],
                    ["Medium", entry.Medium.ToString()],
                    ["Purpose", entry.Purpose],
                    ["To", entry.Destination ?? ""],
                    ["State", StateOf(entry)],
                    ["Tries", Printed(entry.Attempts)],
                    ["Created", Printed(entry.CreatedAt)],
                    ["Sent", Printed(entry.SentAt)],
                    ["Next try", Printed(entry.NextAttemptAt)],
                    ["Last failure", entry.Error ?? ""],
                ]);
                return 0;
            },
            cancellation));
    }

    private static string[] Row(OutboxEntry entry) =>
    [
        entry.Id, Printed(entry.CreatedAt), entry.Sub, entry.Destination ?? "", entry.Purpose, StateOf(entry),
        Printed(entry.Attempts), entry.Error ?? "",
    ];

    private static async Task<string?> SubOf(
        IServiceProvider parts, string poolId, string? user, CancellationToken cancellation)
    {
        var pool = await parts.GetRequiredService<PoolStore>().Get(poolId, cancellation);
        return user is null
            ? null
            : (await parts.GetRequiredService<ResolveUser>().Get(pool, user, cancellation)).Sub;
    }

    private static OutboxState? StateOf(string? word) => word?.ToLowerInvariant() switch
    {
        null => null,
        "pending" => OutboxState.Pending,
        "sent" => OutboxState.Sent,
        "failed" => OutboxState.Failed,
        _ => throw new SettingsException("--state takes pending, sent or failed."),
    };

    /// <summary>In the letters in which ids are compared. The message itself may be gone: its id still tells
    /// which ones are older.</summary>
    private static string? IdOf(string? text) => text is null ? null
        : Guid.TryParseExact(text, "D", out var id) ? id.ToString()
        : throw new SettingsException("--before takes the id of a message, as the list shows it.");

    private static int LimitOf(int count) => count is >= 1 and <= MaxLimit
        ? count
        : throw new SettingsException($"--limit takes a number from 1 to {MaxLimit}.");

    private static string StateOf(OutboxEntry entry) => entry.State.ToString().ToLowerInvariant();

    private static string Printed(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Printed(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
