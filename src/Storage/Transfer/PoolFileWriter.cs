using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Lifeguard.Protocol.Transfer;

namespace Lifeguard.Storage.Transfer;

/// <summary>
/// Writes a file: the head in clear, its authentication, then chunks. A chunk is a byte that is 1 for the
/// last one, four bytes of length, and the sealed text; inside are four bytes of length and the records,
/// compressed by Brotli. Holds one chunk in memory, however large the pool.
/// </summary>
internal sealed class PoolFileWriter : IDisposable
{
    /// <summary>A chunk holds no more, whatever one row may hold.</summary>
    public const int MaxChunkLength = 32 * 1024 * 1024;

    /// <summary>Bytes in front of a chunk.</summary>
    public const int FrameLength = 5;

    private const int WantedChunkLength = 256 * 1024;
    private const int Quality = 4;
    private const int Window = 20;

    private readonly Stream destination;
    private readonly ChunkCipher cipher;
    private readonly byte[] start;
    private readonly RecordWriter records = new();
    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<(PoolTable Table, long Rows)> written = [];
    private long chunks;

    public PoolFileWriter(Stream destination, PoolFileHead head, FileKeys keys)
    {
        this.destination = destination;
        var line = head.ToLine();
        start = [.. line, .. keys.Authenticate(line)];
        cipher = keys.Cipher(line);
    }

    /// <summary>The head, and what the tables are.</summary>
    public async Task Begin(IEnumerable<PoolTable> tables, CancellationToken cancellation)
    {
        await destination.WriteAsync(start, cancellation);
        foreach (var table in tables)
        {
            written.Add((table, 0));
            records.Kind(RecordKind.Table);
            records.Text(table.Name);
            records.Count(table.Columns.Count);
            foreach (var column in table.Columns) records.Text(column.Name);
        }
    }

    public async Task Add(PoolRow row, CancellationToken cancellation)
    {
        Append(row);
        if (records.Length >= WantedChunkLength) await Flush(isLast: false, cancellation);
    }

    /// <summary>The last chunk: the pool itself, and what makes sure that nothing is missing.</summary>
    /// <param name="issuer">What stands before the pool id in tokens; null where it is not known.</param>
    public async Task<PoolContents> End(PoolRow pool, string? issuer, CancellationToken cancellation)
    {
        if (records.Length > 0) await Flush(isLast: false, cancellation);
        Append(pool);
        var contents = new PoolContents(
            issuer, [.. written.Select(each => new RowCount(each.Table.Name, each.Rows))]);
        records.Kind(RecordKind.End);
        records.Value(issuer);
        foreach (var count in contents.Counts) records.Number(count.Rows);
        records.Bytes(digest.GetHashAndReset());
        await Flush(isLast: true, cancellation);
        return contents;
    }

    public void Dispose()
    {
        cipher.Dispose();
        digest.Dispose();
    }

    private void Append(PoolRow row)
    {
        var number = written.FindIndex(each => each.Table == row.Table);
        written[number] = (row.Table, written[number].Rows + 1);
        records.Kind(RecordKind.Row);
        records.Count(number);
        foreach (var value in row.Values) records.Value(value);
    }

    private async Task Flush(bool isLast, CancellationToken cancellation)
    {
        digest.AppendData(records.Written);
        var chunk = cipher.Seal(chunks++, isLast, Compressed(records.Written));
        records.Clear();
        var frame = new byte[FrameLength];
        frame[0] = isLast ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), chunk.Length);
        await destination.WriteAsync(frame, cancellation);
        await destination.WriteAsync(chunk, cancellation);
    }

    private static ReadOnlySpan<byte> Compressed(ReadOnlySpan<byte> plain)
    {
        if (plain.Length > MaxChunkLength) throw new TransferException("A row is too large to travel.");
        var compressed = new byte[4 + BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        BinaryPrimitives.WriteInt32BigEndian(compressed, plain.Length);
        if (!BrotliEncoder.TryCompress(plain, compressed.AsSpan(4), out var length, Quality, Window))
            throw new InvalidOperationException("Brotli needs more room than it says.");
        return compressed.AsSpan(0, 4 + length);
    }
}

/// <summary>What a file holds.</summary>
/// <param name="Issuer">What stood before the pool id in tokens where the file was made; null where that is
/// not known.</param>
public sealed record PoolContents(string? Issuer, IReadOnlyList<RowCount> Counts)
{
    /// <summary>How many rows of a table there are.</summary>
    public long Of(string table) => Counts.Where(count => count.Table == table).Sum(count => count.Rows);
}

/// <summary>Rows of one table.</summary>
public sealed record RowCount(string Table, long Rows);
