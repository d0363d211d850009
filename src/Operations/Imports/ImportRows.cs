using Lifeguard.Domain;
using Lifeguard.Domain.Imports;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Imports;

/// <summary>Rows on their way into the database, a batch in each transaction.</summary>
internal sealed class ImportRows(
    Database database, PoolStore pools, ImportProgressStore jobs, ImportedUsers users, RandomSource random,
    TimeProvider clock, string owner)
{
    /// <summary>Small, so that nobody waits long for the writer of SQLite.</summary>
    public const int BatchSize = 100;

    // Of 32 hexadecimal digits, the first eight.
    private const int NearLength = 8;

    /// <summary>The pool; null where it is deleted.</summary>
    public Task<UserPool?> PoolOf(ImportJob job, CancellationToken cancellation) =>
        pools.Find(job.PoolId, cancellation);

    /// <summary>The job as it is stored now; null where it is gone.</summary>
    public Task<ImportJob?> Find(ImportJob job, CancellationToken cancellation) =>
        jobs.Find(job, cancellation);

    /// <summary>The next rows; none at the end of the file.</summary>
    /// <exception cref="FileRefusedException">There are more than a file may have.</exception>
    public async Task<IReadOnlyList<PendingRow>> Take(
        UserPool pool, ImportHeader header, ImportJob job, LineReader lines, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var rules = new ImportRules(pool, header, job.Algorithm);
        var left = ImportJob.MaxRows - job.Progress.Rows;
        var rows = new List<PendingRow>(BatchSize);
        // Neighbours in every index by sub: a batch then changes far fewer pages.
        var near = random.Id()[..NearLength];
        while (rows.Count < BatchSize && rows.Count < left)
        {
            if (await lines.Next(cancellation) is not { } line) return rows;
            var sub = near + random.Id()[NearLength..];
            rows.Add(new(line.Number, rules.Read(line.Values, sub, now)));
        }

        if (left == 0 && await lines.Next(cancellation) is not null)
            throw new FileRefusedException($"The CSV file has more than {ImportJob.MaxRows} rows.");
        return rows;
    }

    /// <summary>Adds the users of a batch together with the progress that the job makes by it; null where
    /// the job is to stop, or no longer in these hands.</summary>
    /// <param name="end">Behind the last row of the batch.</param>
    public Task<WrittenBatch?> Write(
        UserPool pool,
        ImportJob job,
        IReadOnlyList<PendingRow> batch,
        FilePosition end,
        CancellationToken cancellation) => database.Write(
        async transaction =>
        {
            var until = clock.GetUtcNow() + RunImports.Lease;
            if (!await jobs.Hold(transaction, job, owner, until, cancellation)) return null;
            var outcomes = await Add(transaction, pool, batch, cancellation);
            await jobs.Add(
                transaction,
                job,
                [.. outcomes.Where(outcome => outcome.Fate != RowFate.Succeeded)],
                cancellation);

            // Before this batch was read, the logs had been told of all before it.
            var advanced = job with
            {
                Progress = After(job.Progress, outcomes, end),
                Logged = job.Progress.Position,
            };
            await jobs.Advance(transaction, advanced, cancellation);
            return new WrittenBatch(advanced, outcomes);
        },
        cancellation);

    /// <summary>What became of each row, in the order of the file.</summary>
    private async Task<IReadOnlyList<RowOutcome>> Add(
        Transaction transaction,
        UserPool pool,
        IReadOnlyList<PendingRow> batch,
        CancellationToken cancellation)
    {
        List<NewUser> good = [];
        List<RowOutcome> outcomes = [];
        foreach (var row in batch)
        {
            if (row.Read.User is { } user) good.Add(new(row.Line, user));
            else outcomes.Add(RowOutcome.Failed(row.Line, row.Read.Refusal!));
        }

        outcomes.AddRange(await users.Add(transaction, pool, good, cancellation));
        return [.. outcomes.OrderBy(outcome => outcome.Line)];
    }

    private static ImportProgress After(
        ImportProgress before, IReadOnlyList<RowOutcome> outcomes, FilePosition end)
    {
        return new(
            end,
            before.Imported + Count(RowFate.Succeeded),
            before.Skipped + Count(RowFate.Skipped),
            before.Failed + Count(RowFate.Failed));

        int Count(RowFate fate) => outcomes.Count(outcome => outcome.Fate == fate);
    }
}

/// <summary>A row that was read and not yet written.</summary>
internal sealed record PendingRow(long Line, ImportedRow Read);

/// <summary>A batch that is committed.</summary>
/// <param name="Job">As it is after the batch.</param>
internal sealed record WrittenBatch(ImportJob Job, IReadOnlyList<RowOutcome> Outcomes);
