using Lifeguard.Contract;
using Lifeguard.Domain.Imports;

namespace Lifeguard.Storage;

/// <summary>
/// Import jobs as those see them who carry them out. A job is in one pair of hands at a time; who has it
/// renews the claim with each batch, in the transaction that holds the batch's users, so that a batch is
/// either whole with the progress it made or not there at all, whoever dies or is late.
/// </summary>
public sealed class ImportProgressStore(Database database)
{
    private const string ClaimWaiting =
        $"""
        UPDATE user_import_job SET
          status = CASE WHEN status = 'Pending' THEN 'InProgress' ELSE status END,
          owner = @owner, lease_ms = @until
        WHERE active = 1 AND place <> 'command' AND (owner = @owner OR lease_ms <= @now)
        RETURNING {ImportJobRows.Columns}
        """;

    private const string ClaimOne =
        $"""
        UPDATE user_import_job SET
          status = CASE WHEN status = 'Pending' THEN 'InProgress' ELSE status END,
          owner = @owner, lease_ms = @until
        WHERE active = 1 AND pool_id = @pool_id AND job_id = @job_id AND (owner = @owner OR lease_ms <= @now)
        RETURNING {ImportJobRows.Columns}
        """;

    private const string ById =
        $"SELECT {ImportJobRows.Columns} FROM user_import_job WHERE pool_id = @pool_id AND job_id = @job_id";

    private const string Renew =
        """
        UPDATE user_import_job SET lease_ms = @until
        WHERE pool_id = @pool_id AND job_id = @job_id AND owner = @owner AND status = 'InProgress'
          AND position = @position
          AND EXISTS (
            SELECT 1 FROM user_pool p WHERE p.pool_id = user_import_job.pool_id AND p.deleted_ms IS NULL)
        """;

    private const string Advanced =
        """
        UPDATE user_import_job SET
          position = @position, line = @line, logged_position = @logged_position, logged_line = @logged_line,
          imported = @imported, skipped = @skipped, failed = @failed
        WHERE pool_id = @pool_id AND job_id = @job_id
        """;

    private const string Ended =
        """
        UPDATE user_import_job SET
          status = CASE WHEN status = 'Stopping' THEN 'Stopped' ELSE @status END,
          message = CASE WHEN status = 'Stopping' THEN @stopped ELSE @message END,
          ended_ms = @now, tidy_ms = @now, active = NULL, owner = NULL, lease_ms = 0
        WHERE pool_id = @pool_id AND job_id = @job_id AND owner = @owner AND active = 1
        """;

    private const string LetGo =
        """
        UPDATE user_import_job SET owner = NULL, lease_ms = 0
        WHERE pool_id = @pool_id AND job_id = @job_id AND owner = @owner
        """;

    private const string RowsAfter =
        """
        SELECT line, outcome, reason FROM user_import_row
        WHERE pool_id = @pool_id AND job_id = @job_id AND line > @after ORDER BY line LIMIT @limit
        """;

    private const string Skipped = "skipped";
    private const string Failed = "failed";

    private static readonly ManyRows NewRows = new(
        "INSERT INTO user_import_row (pool_id, job_id, line, outcome, reason)",
        "(@pool_id#, @job_id#, @line#, @outcome#, @reason#)");

    /// <summary>The job as it is now; null where it is gone.</summary>
    public Task<ImportJob?> Find(ImportJob job, CancellationToken cancellation) =>
        database.Sql(ById).WithKey(job).First(ImportJobRows.Read, cancellation);

    /// <summary>Takes the job that waits for somebody to carry it out, if there is one.</summary>
    /// <param name="owner">Who takes it: a process.</param>
    public Task<ImportJob?> Claim(
        string owner, DateTimeOffset now, TimeSpan lease, CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(ClaimWaiting)
            .With("owner", owner)
            .With("now", now)
            .With("until", now + lease)
            .First(ImportJobRows.Read, cancellation),
        cancellation);

    /// <summary>Takes this job; null where somebody else has it, or it has ended.</summary>
    public Task<ImportJob?> Claim(
        ImportJob job, string owner, DateTimeOffset now, TimeSpan lease, CancellationToken cancellation) =>
        database.Write(
            transaction => transaction.Sql(ClaimOne)
                .WithKey(job)
                .With("owner", owner)
                .With("now", now)
                .With("until", now + lease)
                .First(ImportJobRows.Read, cancellation),
            cancellation);

    /// <summary>Renews the claim at the beginning of a batch; false where the job was stopped, or taken over
    /// and carried on, or its pool is gone.</summary>
    public async Task<bool> Hold(
        Transaction transaction,
        ImportJob job,
        string owner,
        DateTimeOffset until,
        CancellationToken cancellation) => await transaction.Sql(Renew)
        .WithKey(job)
        .With("owner", owner)
        .With("until", until)
        .With("position", job.Progress.Position.Offset)
        .Execute(cancellation) == 1;

    /// <summary>Notes how far the batch came, at its end.</summary>
    public Task Advance(Transaction transaction, ImportJob job, CancellationToken cancellation) => transaction
        .Sql(Advanced)
        .WithKey(job)
        .With("position", job.Progress.Position.Offset)
        .With("line", job.Progress.Position.Line)
        .With("logged_position", job.Logged.Offset)
        .With("logged_line", job.Logged.Line)
        .With("imported", job.Progress.Imported)
        .With("skipped", job.Progress.Skipped)
        .With("failed", job.Progress.Failed)
        .Execute(cancellation);

    /// <summary>Notes rows that did not become users.</summary>
    public Task Add(
        Transaction transaction,
        ImportJob job,
        IReadOnlyList<RowOutcome> rows,
        CancellationToken cancellation) => NewRows.Insert(
        transaction,
        rows,
        (statement, row, number) => statement
            .With("pool_id" + number, job.PoolId)
            .With("job_id" + number, job.Id)
            .With("line" + number, row.Line)
            .With("outcome" + number, row.Fate == RowFate.Skipped ? Skipped : Failed)
            .With("reason" + number, row.Reason),
        cancellation);

    /// <summary>Ends the job; one that was to be stopped is stopped. Nothing happens where somebody else has
    /// it.</summary>
    public Task End(
        ImportJob job,
        string owner,
        string status,
        string message,
        DateTimeOffset now,
        CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(Ended)
            .WithKey(job)
            .With("owner", owner)
            .With("status", status)
            .With("message", message)
            .With("stopped", ImportWords.Stopped)
            .With("now", now)
            .Execute(cancellation),
        cancellation);

    /// <summary>Leaves the job to whoever comes next.</summary>
    public Task Release(ImportJob job, string owner, CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(LetGo).WithKey(job).With("owner", owner).Execute(cancellation),
        cancellation);

    /// <summary>Rows that did not become users, in the order of the file.</summary>
    /// <param name="afterLine">The last one of the page before; 0 for the first page.</param>
    public async Task<IReadOnlyList<RowOutcome>> Rows(
        ImportJob job, long afterLine, int limit, CancellationToken cancellation) => await database
        .Sql(RowsAfter)
        .WithKey(job)
        .With("after", afterLine)
        .With("limit", limit)
        .All(
            row => new RowOutcome(
                row.Number(0), row.Text(1) == Skipped ? RowFate.Skipped : RowFate.Failed, row.Text(2)),
            cancellation);
}
