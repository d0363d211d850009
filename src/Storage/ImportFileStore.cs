using Lifeguard.Domain;
using Lifeguard.Domain.Imports;

namespace Lifeguard.Storage;

/// <summary>
/// Uploaded files, sealed and in pieces, so that any node can carry out a job and a crash loses nothing. Each
/// upload has an id of its own: what counts is the last one that came in whole.
/// </summary>
public sealed class ImportFileStore(Database database, Sealer sealer)
{
    /// <summary>Length of a piece in bytes, that of the last one excepted.</summary>
    public const int ChunkLength = 256 * 1024;

    private const string Purpose = "import-file";

    private const string Begun =
        """
        UPDATE user_import_job SET uploading = @upload
        WHERE pool_id = @pool_id AND job_id = @job_id AND status = 'Created'
        """;

    private const string AddChunk =
        """
        INSERT INTO user_import_chunk (pool_id, job_id, upload, number, sealed)
        SELECT pool_id, job_id, uploading, CAST(@number AS bigint), @sealed FROM user_import_job
        WHERE pool_id = @pool_id AND job_id = @job_id AND uploading = @upload AND status = 'Created'
        """;

    private const string Completed =
        """
        UPDATE user_import_job SET source = @upload, size = @size, uploading = NULL
        WHERE pool_id = @pool_id AND job_id = @job_id AND uploading = @upload AND status = 'Created'
        """;

    private const string Superseded =
        """
        DELETE FROM user_import_chunk WHERE (pool_id, job_id, upload, number) IN (
          SELECT c.pool_id, c.job_id, c.upload, c.number FROM user_import_chunk c
          JOIN user_import_job j ON j.pool_id = c.pool_id AND j.job_id = c.job_id
          WHERE c.pool_id = @pool_id AND c.job_id = @job_id
            AND (j.source IS NULL OR c.upload <> j.source)
            AND (j.uploading IS NULL OR c.upload <> j.uploading)
          LIMIT @limit)
        """;

    private const string One =
        """
        SELECT sealed FROM user_import_chunk
        WHERE pool_id = @pool_id AND job_id = @job_id AND upload = @upload AND number = @number
        """;

    private const int RemovedAtOnce = 16;

    /// <summary>Begins an upload in place of one that is under way; false where the job no longer waits for
    /// a file.</summary>
    public async Task<bool> Begin(ImportJob job, string upload, CancellationToken cancellation)
    {
        var hasBegun = await database.Write(
            transaction => transaction.Sql(Begun)
                .WithKey(job)
                .With("upload", upload)
                .Execute(cancellation),
            cancellation) == 1;
        await RemoveSuperseded(job, cancellation);
        return hasBegun;
    }

    /// <summary>Adds a piece; false where another upload has begun, or the job no longer waits for
    /// one.</summary>
    public async Task<bool> Append(
        ImportJob job,
        string upload,
        long number,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellation)
    {
        var box = sealer.Seal(Purpose, Owner(job, upload, number), content.Span);
        return await database.Write(
            transaction => transaction.Sql(AddChunk)
                .WithKey(job)
                .With("upload", upload)
                .With("number", number)
                .With("sealed", box)
                .Execute(cancellation),
            cancellation) == 1;
    }

    /// <summary>Makes a whole upload the job's file; false as for <see cref="Append"/>.</summary>
    public async Task<bool> Complete(
        ImportJob job, string upload, long size, CancellationToken cancellation)
    {
        var isComplete = await database.Write(
            transaction => transaction.Sql(Completed)
                .WithKey(job)
                .With("upload", upload)
                .With("size", size)
                .Execute(cancellation),
            cancellation) == 1;
        await RemoveSuperseded(job, cancellation);
        return isComplete;
    }

    /// <summary>A piece of the job's file; null where it is missing.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It was tampered
    /// with.</exception>
    public async Task<byte[]?> Read(ImportJob job, long number, CancellationToken cancellation)
    {
        if (job.Source is not { } upload) return null;
        var box = await database.Sql(One)
            .WithKey(job)
            .With("upload", upload)
            .With("number", number)
            .First(row => row.Bytes(0), cancellation);
        return box is null ? null : sealer.MustOpen(Purpose, Owner(job, upload, number), box);
    }

    // A little at a time, so that the writer of SQLite is never held for long.
    private async Task RemoveSuperseded(ImportJob job, CancellationToken cancellation)
    {
        int removed;
        do
        {
            removed = await database.Write(
                transaction => transaction.Sql(Superseded)
                    .WithKey(job)
                    .With("limit", RemovedAtOnce)
                    .Execute(cancellation),
                cancellation);
        }
        while (removed == RemovedAtOnce);
    }

    private static string Owner(ImportJob job, string upload, long number) =>
        $"{job.PoolId}/{job.Id}/{upload}/{number}";
}
