using System.Text;
using Lifeguard.Domain.Imports;
using Lifeguard.Server.Settings;
using Lifeguard.Server.Transfer;

namespace Lifeguard.Server.Commands;

/// <summary>What <c>user import --errors</c> leaves behind: the rows that failed, byte for byte and under the
/// header of their file, so that they can be mended and imported again; and in a file beside it why. Both are
/// for their owner alone, since rows may hold hashes of passwords.</summary>
internal sealed class RejectedRows(FileInfo file)
{
    private const string ReasonsName = ".reasons.csv";
    private const int BufferSize = 64 * 1024;
    private const byte LineFeed = (byte)'\n';

    private string Reasons => file.FullName + ReasonsName;

    /// <summary>Before the import begins, whose end may be hours away.</summary>
    /// <exception cref="SettingsException">One of the files is there, or has no folder.</exception>
    public void MustBeNew()
    {
        foreach (var path in (string[])[file.FullName, Reasons])
        {
            if (Path.Exists(path))
                throw new SettingsException($"--errors: {Path.GetFileName(path)} exists already.");
        }

        if (file.Directory is not { Exists: true })
            throw new SettingsException($"--errors: there is no folder {file.DirectoryName}.");
    }

    /// <summary>Writes the reasons, and the rows where some can be mended: those that were skipped are of
    /// users there are.</summary>
    /// <param name="source">The imported file, from its beginning.</param>
    public async Task Write(
        ImportErrors errors, ImportJob job, Stream source, CancellationToken cancellation)
    {
        // The header is line 1 of both files.
        List<long> lines = [1];
        await Create(Reasons, async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
            await writer.WriteAsync("errors_line,line,outcome,reason\n");
            await foreach (var row in errors.Of(job, cancellation))
            {
                var isFailed = row.Fate is RowFate.Failed;
                if (isFailed) lines.Add(row.Line);
                await writer.WriteAsync($"{(isFailed ? lines.Count : null)},{ImportErrors.Cells(row)}\n");
            }
        });
        if (lines.Count > 1)
        {
            await Create(file.FullName, stream => Copy(source, stream, lines, cancellation));
            Terminal.Say($"To be mended and imported again: {file.FullName}");
        }

        Terminal.Say($"Why: {Reasons}");
    }

    private static async Task Create(string path, Func<Stream, Task> write)
    {
        var stream = PrivateFile.Create(path);
        try
        {
            await using (stream) await write(stream);
        }
        catch (Exception)
        {
            // Half of it would look like all.
            File.Delete(path);
            throw;
        }
    }

    /// <summary>As bytes: a row may have failed for being no text, or longer than a row can be.</summary>
    /// <param name="lines">Their numbers, ascending from 1.</param>
    private static async Task Copy(
        Stream from, Stream to, List<long> lines, CancellationToken cancellation)
    {
        var buffer = new byte[BufferSize];
        var (line, next) = (1L, 0);
        while (await from.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            for (var rest = buffer.AsMemory(0, count); !rest.IsEmpty;)
            {
                var length = rest.Span.IndexOf(LineFeed) + 1;
                var piece = length > 0 ? rest[..length] : rest;
                var isWanted = next < lines.Count && lines[next] == line;
                if (isWanted) await to.WriteAsync(piece, cancellation);
                rest = rest[piece.Length..];
                if (length == 0) continue;
                line++;
                if (isWanted) next++;
            }
        }
    }
}
