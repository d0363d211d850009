using Lifeguard.Domain.Imports;
using Lifeguard.Protocol.Csv;

namespace Lifeguard.Operations.Imports;

/// <summary>The lines of a file from some place on, in bounded memory however long they are.</summary>
internal sealed class LineReader(ImportFile file, FilePosition start)
{
    private const int WindowLength = 2 * CsvLine.MaxBytes;
    private const byte LineFeed = (byte)'\n';

    private readonly byte[] window = new byte[WindowLength];
    private long offset = start.Offset;
    private long line = start.Line;
    private int first;
    private int end;
    private bool isAtEnd;

    /// <summary>Behind the line that was read last.</summary>
    public FilePosition Position => new(offset, line);

    /// <summary>The next line with something in it; null at the end of the file. Good until the next
    /// one.</summary>
    public async ValueTask<FileLine?> Next(CancellationToken cancellation)
    {
        while (await Any(cancellation) is { } read)
        {
            if (read.IsTooLong || !CsvLine.IsBlank(read.Bytes.Span)) return read;
        }

        return null;
    }

    private async ValueTask<FileLine?> Any(CancellationToken cancellation)
    {
        var scanned = 0;
        var isTooLong = false;
        while (true)
        {
            var found = window.AsSpan(first + scanned, end - first - scanned).IndexOf(LineFeed);
            if (found >= 0) return Take(scanned + found, lineFeed: 1, isTooLong);
            scanned = end - first;
            if (scanned > CsvLine.MaxBytes)
            {
                Drop(scanned);
                (isTooLong, scanned) = (true, 0);
            }

            if (!isAtEnd) await Fill(cancellation);
            else return scanned > 0 || isTooLong ? Take(scanned, lineFeed: 0, isTooLong) : null;
        }
    }

    private FileLine Take(int length, int lineFeed, bool isTooLong)
    {
        var bytes = window.AsMemory(first, length);
        line++;
        if (offset == 0 && bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        Drop(length + lineFeed);
        return new(line, bytes, isTooLong);
    }

    private void Drop(int count)
    {
        first += count;
        offset += count;
    }

    private async ValueTask Fill(CancellationToken cancellation)
    {
        window.AsSpan(first, end - first).CopyTo(window);
        (first, end) = (0, end - first);
        var count = await file.Read(offset + end, window.AsMemory(end), cancellation);
        end += count;
        isAtEnd = count == 0;
    }
}

/// <summary>A line of a file.</summary>
/// <param name="Number">1 for the first one.</param>
/// <param name="Bytes">Without the line feed.</param>
/// <param name="IsTooLong">It is longer than any row may be, and <paramref name="Bytes"/> is not
/// all.</param>
internal readonly record struct FileLine(long Number, ReadOnlyMemory<byte> Bytes, bool IsTooLong)
{
    /// <summary>The values in it; null where it is no row.</summary>
    public IReadOnlyList<string>? Values => IsTooLong ? null : CsvLine.Read(Bytes.Span);
}
