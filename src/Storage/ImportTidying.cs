using System.Data.Common;
using Lifeguard.Domain.Imports;

namespace Lifeguard.Storage;

/// <summary>
/// Housekeeping of import jobs, a little at a time: those that nobody started expire, the files of those that
/// ended go at once, and what became of single rows goes later.
/// </summary>
public sealed class ImportTidying(Database database)
{
    /// <summary>How long administrators can see which rows did not become users.</summary>
    public static readonly TimeSpan RowsKept = TimeSpan.FromDays(30);

    private const int ChunksAtOnce = 16;
    private const int RowsAtOnce = 500;

    private const string NextDue =
        """
        SELECT pool_id, job_id, created_ms, ended_ms FROM user_import_job
        WHERE tidy_ms <= @now ORDER BY tidy_ms, pool_id, job_id LIMIT 1
        """;

    private const string Expired =
        """
        UPDATE user_import_job SET
          status = 'Expired', message = @message, ended_ms = @ended_ms, tidy_ms = @ended_ms, uploading = NULL
        WHERE pool_id = @pool_id AND job_id = @job_id AND status = 'Created'
        """;

    private const string RemoveChunks =
        """
        DELETE FROM user_import_chunk WHERE (pool_id, job_id, upload, number) IN (
          SELECT pool_id, job_id, upload, number FROM user_import_chunk
          WHERE pool_id = @pool_id AND job_id = @job_id LIMIT @limit)
        """;

    private const string RemoveRows =
        """
        DELETE FROM user_import_row WHERE (pool_id, job_id, line) IN (
          SELECT pool_id, job_id, line FROM user_import_row
          WHERE pool_id = @pool_id AND job_id = @job_id LIMIT @limit)
        """;

    private const string DueAgain =
        """
        UPDATE user_import_job SET tidy_ms = @tidy_ms
        WHERE pool_id = @pool_id AND job_id = @job_id AND active IS NULL AND status <> 'Created'
        """;

    /// <summary>Does some of what is due; false where nothing was.</summary>
    public async Task<bool> Some(DateTimeOffset now, CancellationToken cancellation)
    {
        var job = await database.Sql(NextDue).With("now", now).First(Read, cancellation);
        if (job is null) return false;
        await database.Write(transaction => Tidy(transaction, job, now, cancellation), cancellation);
        return true;
    }

    private static async Task Tidy(
        Transaction transaction, DueJob job, DateTimeOffset now, CancellationToken cancellation)
    {
        if (job.EndedAt is not { } ended)
        {
            await transaction.Sql(Expired)
                .With("pool_id", job.PoolId)
                .With("job_id", job.JobId)
                .With("message", ImportWords.Expired)
                .With("ended_ms", job.CreatedAt + ImportJob.StartLimit)
                .Execute(cancellation);
            return;
        }

        if (await Remove(transaction, RemoveChunks, job, ChunksAtOnce, cancellation)) return;
        var rowsGoAt = ended + RowsKept;
        if (rowsGoAt <= now && await Remove(transaction, RemoveRows, job, RowsAtOnce, cancellation)) return;
        await transaction.Sql(DueAgain)
            .With("pool_id", job.PoolId)
            .With("job_id", job.JobId)
            .With("tidy_ms", rowsGoAt <= now ? null : (DateTimeOffset?)rowsGoAt)
            .Execute(cancellation);
    }

    private static async Task<bool> Remove(
        Transaction transaction, string sql, DueJob job, int limit, CancellationToken cancellation) =>
        await transaction.Sql(sql)
            .With("pool_id", job.PoolId)
            .With("job_id", job.JobId)
            .With("limit", limit)
            .Execute(cancellation) > 0;

    private static DueJob Read(DbDataReader row) =>
        new(row.Text(0), row.Text(1), row.Instant(2), row.InstantOrNull(3));

    private sealed record DueJob(
        string PoolId, string JobId, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt);
}
