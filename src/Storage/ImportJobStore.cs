using Lifeguard.Contract;
using Lifeguard.Domain.Imports;

namespace Lifeguard.Storage;

/// <summary>Import jobs of all pools, as administrators see and steer them.</summary>
public sealed class ImportJobStore(Database database)
{
    private const string ById =
        $"SELECT {ImportJobRows.Columns} FROM user_import_job WHERE pool_id = @pool_id AND job_id = @job_id";

    private const string Newest =
        $"""
        SELECT {ImportJobRows.Columns} FROM user_import_job
        WHERE pool_id = @pool_id AND (created_ms, job_id) < (@created_ms, @job_id)
        ORDER BY created_ms DESC, job_id DESC LIMIT @limit
        """;

    private const string OfCommand =
        $"""
        SELECT {ImportJobRows.Columns} FROM user_import_job
        WHERE active = 1 AND pool_id = @pool_id AND place = 'command' AND source = @source
        """;

    private const string CountOfPool = "SELECT COUNT(*) FROM user_import_job WHERE pool_id = @pool_id";

    private const string ActiveOfPool =
        "SELECT CAST(1 AS bigint) FROM user_import_job WHERE active = 1 AND pool_id = @pool_id";

    private const string Add =
        """
        INSERT INTO user_import_job (
          pool_id, job_id, name, role_arn, algorithm, status, message, place, source, uploading, size,
          position, line, logged_position, logged_line, imported, skipped, failed, created_ms, started_ms,
          ended_ms, active, owner, lease_ms, tidy_ms)
        VALUES (
          @pool_id, @job_id, @name, @role_arn, @algorithm, @status, NULL, @place, @source, NULL, @size,
          0, 0, 0, 0, 0, 0, 0, @created_ms, NULL, NULL, NULL, NULL, 0, @tidy_ms)
        """;

    // Of two starts at once the unique index lets one through, and the other one's second look finds it.
    private const string Begin =
        """
        UPDATE user_import_job SET
          status = 'Pending', started_ms = @now, active = 1, tidy_ms = NULL, uploading = NULL,
          source = @source, size = @size
        WHERE pool_id = @pool_id AND job_id = @job_id AND status = 'Created'
          AND NOT EXISTS (SELECT 1 FROM user_import_job other WHERE other.active = 1)
        """;

    // Whoever carries the job out ends it after the batch at hand; a job that nobody has in hands ends now.
    private const string End =
        """
        UPDATE user_import_job SET
          status = CASE WHEN lease_ms > @now THEN 'Stopping' ELSE 'Stopped' END,
          message = CASE WHEN lease_ms > @now THEN message ELSE @message END,
          ended_ms = CASE WHEN lease_ms > @now THEN ended_ms ELSE @now END,
          tidy_ms = CASE WHEN lease_ms > @now THEN tidy_ms ELSE @now END,
          active = CASE WHEN lease_ms > @now THEN active ELSE NULL END
        WHERE pool_id = @pool_id AND job_id = @job_id AND status IN ('Pending', 'InProgress')
        """;

    /// <summary>The job; null where there is none.</summary>
    public Task<ImportJob?> Find(string poolId, string jobId, CancellationToken cancellation) => database
        .Sql(ById)
        .With("pool_id", poolId)
        .With("job_id", jobId)
        .First(ImportJobRows.Read, cancellation);

    /// <summary>Up to <paramref name="limit"/> jobs of a pool, the newest first.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<ImportJob>> List(
        string poolId, ImportCursor? after, int limit, CancellationToken cancellation) => await database
        .Sql(Newest)
        .With("pool_id", poolId)
        .With("created_ms", after?.CreatedMs ?? long.MaxValue)
        .With("job_id", after?.JobId ?? "")
        .With("limit", limit)
        .All(ImportJobRows.Read, cancellation);

    /// <summary>The active job of the command line about this file; null where there is none.</summary>
    /// <param name="source">What tells one file from another.</param>
    public Task<ImportJob?> FindOfCommand(string poolId, string source, CancellationToken cancellation) =>
        database.Sql(OfCommand)
            .With("pool_id", poolId)
            .With("source", source)
            .First(ImportJobRows.Read, cancellation);

    /// <summary>How many jobs a pool has, ended ones included, as the transaction leaves it.</summary>
    public async Task<long> Count(
        Transaction transaction, string poolId, CancellationToken cancellation) =>
        await transaction.Sql(CountOfPool).With("pool_id", poolId).Number(cancellation) ?? 0;

    /// <summary>Are users being added to the pool, or about to be?</summary>
    public async Task<bool> IsActive(string poolId, CancellationToken cancellation) =>
        await database.Sql(ActiveOfPool).With("pool_id", poolId).Number(cancellation) is not null;

    /// <summary>Adds a job that waits for its file and its start.</summary>
    public Task Insert(Transaction transaction, ImportJob job, CancellationToken cancellation) => transaction
        .Sql(Add)
        .WithKey(job)
        .With("name", job.Name)
        .With("role_arn", job.LogsRoleArn)
        .With("algorithm", job.Algorithm)
        .With("status", job.Status)
        .With("place", ImportJobRows.Word(job.Place))
        .With("source", job.Source)
        .With("size", job.Size)
        .With("created_ms", job.CreatedAt)
        .With("tidy_ms", job.ExpiresAt)
        .Execute(cancellation);

    /// <summary>Starts the job with the file that it names; false where it waits no longer, or another job
    /// of whatever pool is active.</summary>
    public async Task<bool> TryStart(
        Transaction transaction, ImportJob job, DateTimeOffset now, CancellationToken cancellation) =>
        await transaction.Sql(Begin)
            .WithKey(job)
            .With("now", now)
            .With("source", job.Source)
            .With("size", job.Size)
            .Execute(cancellation) == 1;

    /// <summary>Has the job stopped; false where it is neither waiting nor running.</summary>
    public async Task<bool> TryStop(
        Transaction transaction, ImportJob job, DateTimeOffset now, CancellationToken cancellation) =>
        await transaction.Sql(End)
            .WithKey(job)
            .With("now", now)
            .With("message", ImportWords.Stopped)
            .Execute(cancellation) == 1;
}

/// <summary>Where a page of jobs ends.</summary>
public sealed record ImportCursor(long CreatedMs, string JobId);
