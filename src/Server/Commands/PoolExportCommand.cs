using System.CommandLine;
using Lifeguard.Protocol.Transfer;
using Lifeguard.Server.Settings;
using Lifeguard.Server.Transfer;
using Lifeguard.Storage.Transfer;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard pool export</c></summary>
internal sealed class PoolExportCommand
{
    private readonly Command command = new(
        "export", "Writes a pool with all that is in it to a file that is sealed to a passphrase or a key");

    private readonly Argument<string> id = new("id") { Description = "Id of the pool" };
    private readonly Option<FileInfo> to = new("--to") { Description = "The new file", Required = true };

    private readonly Option<FileInfo?> passphrase = new("--passphrase-file")
    {
        Description = "File with the passphrase; otherwise LIFEGUARD_PASSPHRASE is taken, or it is asked for",
    };

    private readonly Option<string?> recipient = new("--recipient")
    {
        Description = "Public key of whoever will import the file, instead of a passphrase; "
            + "see: lifeguard keys create-transfer",
    };

    private PoolExportCommand()
    {
        command.Add(id);
        command.Add(to);
        command.Add(passphrase);
        command.Add(recipient);
    }

    public static Command Create()
    {
        var export = new PoolExportCommand();
        var options = new SettingOptions(export.command);
        return export.command.Does((given, cancellation) => Administration.Run(
            options,
            given,
            async (parts, stop) =>
            {
                await export.Run(parts, given, stop);
                return 0;
            },
            cancellation));
    }

    private async Task Run(IServiceProvider parts, ParseResult given, CancellationToken cancellation)
    {
        var file = given.GetValue(to)!;
        if (file.Exists) throw new SettingsException($"--to: {file.Name} exists already.");
        var clock = parts.GetRequiredService<TimeProvider>();
        var begun = clock.GetTimestamp();
        using var line = new ProgressLine(clock);
        var order = new PoolExportOrder(
            given.GetValue(id)!,
            IssuerAdvice.IssuerOf(parts.GetRequiredService<ServerSettings>()),
            clock.GetUtcNow())
        {
            Report = (table, rows) => line.Show($"{Counted.Number(rows)} {table}"),
        };
        var write = Writer(parts.GetRequiredService<PoolExport>(), given, order, cancellation);
        var (contents, length) = await Write(file, write);
        line.End();
        Terminal.Say($"Pool {order.PoolId} is in {file.Name}: {Counted.Rows(contents)}.");
        Terminal.Say($"{Counted.Bytes(length)}, {Counted.Time(clock.GetElapsedTime(begun))}. "
            + "Changes made from now on are not in it.");
    }

    /// <summary>Decides what the file is sealed to before there is a file.</summary>
    private Func<Stream, Task<PoolContents>> Writer(
        PoolExport export, ParseResult given, PoolExportOrder order, CancellationToken cancellation)
    {
        var file = given.GetValue(passphrase);
        if (given.GetValue(recipient) is not { } text)
        {
            var secret = Passphrase.ForNew(file);
            return stream => export.ToPassphrase(order, secret, stream, cancellation);
        }

        if (file is not null)
            throw new SettingsException("Give either --recipient or --passphrase-file.");
        return TransferPublicKey.TryParse(text, out var key)
            ? stream => export.ToRecipient(order, key, stream, cancellation)
            : throw new SettingsException("--recipient takes what lifeguard keys create-transfer showed.");
    }

    /// <summary>Under another name until it is whole and on the disk.</summary>
    private static async Task<(PoolContents Contents, long Length)> Write(
        FileInfo file, Func<Stream, Task<PoolContents>> write)
    {
        var unfinished = file.FullName + ".part";
        File.Delete(unfinished);
        try
        {
            (PoolContents, long) written;
            await using (var stream = PrivateFile.Create(unfinished))
            {
                written = (await write(stream), stream.Length);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, file.FullName);
            return written;
        }
        catch (Exception)
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
