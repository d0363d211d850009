using System.CommandLine;
using Lifeguard.Protocol.Transfer;
using Lifeguard.Server.Settings;
using Lifeguard.Server.Transfer;
using Lifeguard.Storage.Transfer;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard pool import</c></summary>
internal sealed class PoolImportCommand
{
    private const int BufferSize = 1024 * 1024;

    private readonly Command command = new(
        "import", "Brings in a pool from a file; called again, it goes on where it was interrupted");

    private readonly Argument<FileInfo> file = new("file") { Description = "As pool export wrote it" };

    private readonly Option<FileInfo?> passphrase = new("--passphrase-file")
    {
        Description = "File with the passphrase; otherwise LIFEGUARD_PASSPHRASE is taken, or it is asked for",
    };

    private readonly Option<FileInfo?> identity = new("--identity")
    {
        Description = "File with the secret key that the file is sealed to",
    };

    private readonly Option<bool> discard = new("--discard")
    {
        Description = "Takes out what an interrupted import of this pool has left",
    };

    private PoolImportCommand()
    {
        command.Add(file);
        command.Add(passphrase);
        command.Add(identity);
        command.Add(discard);
    }

    public static Command Create()
    {
        var import = new PoolImportCommand();
        var options = new SettingOptions(import.command);
        return import.command.Does((given, cancellation) => Administration.Run(
            options,
            given,
            async (parts, stop) =>
            {
                await import.Run(parts, given, stop);
                return 0;
            },
            cancellation));
    }

    private async Task Run(IServiceProvider parts, ParseResult given, CancellationToken cancellation)
    {
        await using var stream = new FileStream(
            given.GetValue(file)!.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
        // It is read twice: nothing is written before all of it is known to be sound.
        if (!stream.CanSeek) throw new SettingsException("The file must be one on a disk, not a pipe.");
        var (head, line) = await PoolFileReader.ReadHead(stream, cancellation);
        if (given.GetValue(discard))
        {
            await PoolCommands.Discard(parts, head.PoolId, cancellation);
            return;
        }

        using var opened = await PoolFileReader.Open(stream, head, line, Keys(head, given), cancellation);
        await Import(parts, opened, cancellation);
    }

    private FileKeys? Keys(PoolFileHead head, ParseResult given)
    {
        var key = given.GetValue(identity);
        return head.Lock switch
        {
            FileLock.Passphrase locked when key is null =>
                FileKeys.From(Passphrase.ForOpening(given.GetValue(passphrase)), locked, head.FileId),
            FileLock.Recipient locked when key is not null =>
                FileKeys.From(IdentityFile.Read(key), locked, head.FileId),
            FileLock.Recipient locked => throw new SettingsException(
                $"The file is sealed to {locked.To.Text}; give its secret key by --identity."),
            _ => throw new SettingsException("The file is sealed to a passphrase, not to a key."),
        };
    }

    private static async Task Import(
        IServiceProvider parts, PoolFileReader opened, CancellationToken cancellation)
    {
        var clock = parts.GetRequiredService<TimeProvider>();
        var begun = clock.GetTimestamp();
        using var line = new ProgressLine(clock);
        var imported = await parts.GetRequiredService<PoolImport>().Run(
            opened,
            (done, total) => line.Show($"{100 * done / total} % of {Counted.Bytes(total)}"),
            cancellation);
        line.End();
        var how = imported.WasContinued ? ", the rest of an earlier import" : "";
        Terminal.Say($"Pool {imported.PoolId} is here{how}: {Counted.Rows(imported.Contents)}.");
        Terminal.Say($"{Counted.Time(clock.GetElapsedTime(begun))}.");
        Terminal.Say(IssuerAdvice.For(
            imported.PoolId, imported.Contents.Issuer, parts.GetRequiredService<ServerSettings>()));
    }
}
