using System.Security.Cryptography;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Imports;

namespace Lifeguard.Operations.Imports;

/// <summary>One job on its way, from where it stands to its end.</summary>
internal sealed class ImportRun(
    ImportRows rows, ImportLog record, ImportFile file, Action<ImportProgress> onProgress)
{
    /// <summary>How the job ends; null where it is no longer in these hands.</summary>
    public async Task<(string Status, string Message)?> ToEnd(ImportJob job, CancellationToken stopping)
    {
        try
        {
            return await Read(job, stopping);
        }
        catch (FileRefusedException refused)
        {
            return (UserImportJobStatusType.Failed, refused.Message);
        }
        catch (CryptographicException)
        {
            return (UserImportJobStatusType.Failed, ImportWords.FileUnreadable);
        }
    }

    private async Task<(string Status, string Message)?> Read(ImportJob job, CancellationToken stopping)
    {
        if (await rows.PoolOf(job, stopping) is not { } pool) return PoolGone;
        var lines = new LineReader(file, FilePosition.Start);
        var first = await lines.Next(stopping);
        var header = ImportHeader.Read(pool, job.Algorithm, first is { Number: 1 } line ? line.Values : null);
        await record.CatchUp(pool, job, file, stopping);
        if (job.Progress.Position != FilePosition.Start) lines = new(file, job.Progress.Position);

        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            var batch = await rows.Take(pool, header, job, lines, stopping);
            if (batch.Count == 0) return EndOf(job.Progress);
            if (await rows.Write(pool, job, batch, lines.Position, stopping) is not { } written)
                return await WhyNot(job, stopping);
            job = written.Job;
            await record.Write(pool, job, written.Outcomes, stopping);
            onProgress(job.Progress);
        }
    }

    private async Task<(string Status, string Message)?> WhyNot(ImportJob job, CancellationToken stopping)
    {
        if (await rows.PoolOf(job, stopping) is null) return PoolGone;
        return await rows.Find(job, stopping) is { Status: UserImportJobStatusType.Stopping }
            ? (UserImportJobStatusType.Stopped, ImportWords.Stopped)
            : null;
    }

    /// <summary>A job of which nothing came has failed; otherwise what failed is told by the counters (own
    /// reading of the service's "too many").</summary>
    private static (string Status, string Message) EndOf(ImportProgress progress) =>
        progress.Imported == 0 && progress.Rows > 0
            ? (UserImportJobStatusType.Failed, ImportWords.TooManyFailed)
            : (UserImportJobStatusType.Succeeded, ImportWords.Succeeded);

    private static (string Status, string Message) PoolGone =>
        (UserImportJobStatusType.Failed, ImportWords.PoolDeleted);
}
