namespace Lifeguard.Storage.Transfer;

/// <summary>Brings a pool in from a file. An import that was interrupted goes on where it was when it is
/// called again with the same file.</summary>
public sealed class PoolImport(Database database, PoolArrival arrival)
{
    /// <summary>Reads the whole file once before anything is written, then brings it in.</summary>
    /// <param name="report">Hears how many bytes of how many have been brought in.</param>
    /// <exception cref="TransferException">The file is damaged or of a newer version, or the pool exists or
    /// comes from elsewhere already.</exception>
    public async Task<ImportedPool> Run(
        PoolFileReader file, Action<long, long>? report, CancellationToken cancellation)
    {
        await file.Verify(cancellation);
        UnfinishedPool? import = null;
        using var parser = new PoolFileParser();
        while (await file.Next(cancellation) is { } chunk)
        {
            var rows = parser.Parse(chunk);
            MustHavePoolAtEnd(chunk, rows);
            // Only now, since the first part tells whether this version knows all tables.
            import ??= await arrival.Begin(file.Head.PoolId, file.Head.Source, Now, cancellation);
            if (chunk.IsLast) await arrival.Complete(import, chunk.Number, rows[0], Now, cancellation);
            else if (chunk.Number >= import.Parts)
                await arrival.Add(import, chunk.Number, rows, Now, cancellation);
            report?.Invoke(file.Progress.Done, file.Progress.Total);
        }

        return new(file.Head.PoolId, import!.Parts > 0, parser.Contents!);
    }

    private DateTimeOffset Now => database.Clock.GetUtcNow();

    /// <summary>The row that makes the pool exist stands alone in the last part, and in no other.</summary>
    private static void MustHavePoolAtEnd(PoolChunk chunk, IReadOnlyList<PoolRow> rows)
    {
        var isRight = chunk.IsLast
            ? rows is [var only] && only.Table == PoolCatalogue.Pool
            : rows.All(row => row.Table != PoolCatalogue.Pool);
        if (!isRight) throw PoolFileReader.Malformed();
    }
}

/// <summary>A pool that was brought in.</summary>
/// <param name="WasContinued">A part of it was there from an earlier try.</param>
public sealed record ImportedPool(string PoolId, bool WasContinued, PoolContents Contents);
