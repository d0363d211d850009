using System.CommandLine;
using System.Globalization;
using Lifeguard.Domain;
using Lifeguard.Domain.Access;
using Lifeguard.Server.Settings;
using Lifeguard.Storage;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard access-key …</c></summary>
internal static class AccessKeyCommands
{
    private const int MaxPolicyBytes = 64 * 1024;
    private const int LongestUserName = 64;

    public static Command Create() => new("access-key", "Keys with which administrators sign calls")
    {
        CreateKey(),
        List(),
        Revoke(),
    };

    private static Command CreateKey()
    {
        var command = new Command("create", "Makes a key and shows it once");
        var user = new Option<string>("--user") { Description = "Name of its holder", Required = true };
        var policy = new Option<FileInfo?>("--policy")
        {
            Description = "IAM-style policy (JSON); without one the key may do everything",
        };
        var expires = new Option<string?>("--expires") { Description = "Lifetime such as 15m, 1h, 7d" };
        command.Add(user);
        command.Add(policy);
        command.Add(expires);
        var options = new SettingOptions(command);
        return command.Does((given, cancellation) => Administration.Run(
            options,
            given,
            async (parts, stop) =>
            {
                var key = NewAccessKey.For(
                    UserName(given.GetValue(user)!),
                    Policy(given.GetValue(policy)),
                    given.GetValue(expires) is { } text ? Lifetime(text) : null,
                    parts.GetRequiredService<RandomSource>(),
                    parts.GetRequiredService<TimeProvider>().GetUtcNow());
                var keys = parts.GetRequiredService<AccessKeyStore>();
                await parts.GetRequiredService<Database>().Write(
                    transaction => keys.Insert(transaction, key, stop), stop);
                NewAccessKey.Show(key);
                return 0;
            },
            cancellation));
    }

    private static Command List()
    {
        var command = new Command("list", "Shows all keys without their secrets");
        var options = new SettingOptions(command);
        return command.Does((given, cancellation) => Administration.Run(
            options,
            given,
            async (parts, stop) =>
            {
                var keys = await parts.GetRequiredService<AccessKeyStore>().List(stop);
                Terminal.Table(
                [
                    ["ID", "USER", "CREATED", "EXPIRES"],
                    .. keys.Select(key => (string[])
                    [
                        key.Id,
                        key.UserName,
                        Printed(key.CreatedAt),
                        key.ExpiresAt is { } end ? Printed(end) : "never",
                    ]),
                ]);
                return 0;
            },
            cancellation));
    }

    private static Command Revoke()
    {
        // As long as caches keep what another process changed.
        var command = new Command(
            "revoke",
            "Makes a key useless. A server that is running hears of it at once on PostgreSQL, and notices it "
            + "within five seconds on SQLite");
        var id = new Argument<string>("id");
        command.Add(id);
        var options = new SettingOptions(command);
        return command.Does((given, cancellation) => Administration.Run(
            options,
            given,
            async (parts, stop) =>
            {
                var keys = parts.GetRequiredService<AccessKeyStore>();
                var isGone = await parts.GetRequiredService<Database>().Write(
                    transaction => keys.Delete(transaction, given.GetValue(id)!, stop), stop);
                if (!isGone) throw new SettingsException("There is no such key.");
                return 0;
            },
            cancellation));
    }

    private static string UserName(string text) =>
        text.Length is > 0 and <= LongestUserName
        && text.All(c => char.IsAsciiLetterOrDigit(c) || "+=,.@_-".Contains(c, StringComparison.Ordinal))
            ? text
            : throw new SettingsException("--user takes up to 64 letters, digits and +=,.@_-");

    /// <exception cref="AccessPolicyException">It is no policy.</exception>
    private static string Policy(FileInfo? file)
    {
        if (file is null) return AccessPolicy.Administrator.Document;
        if (file.Length > MaxPolicyBytes) throw new SettingsException("--policy: the file is too long.");
        return AccessPolicy.Parse(File.ReadAllText(file.FullName)).Document;
    }

    private static TimeSpan Lifetime(string text)
    {
        var unit = text.Length > 1 ? text[^1] : ' ';
        var digits = text.AsSpan(0, Math.Max(0, text.Length - 1));
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1 or > 100_000)
        {
            unit = ' ';
        }

        return unit switch
        {
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => throw new SettingsException("--expires takes a number and m, h or d, such as 1h."),
        };
    }

    private static string Printed(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
