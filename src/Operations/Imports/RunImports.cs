using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Imports;
using Lifeguard.Storage;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Lifeguard.Operations.Imports;

/// <summary>
/// Carries out started jobs. Whatever node takes a job up, and however often it has to be taken up again,
/// each row comes to what it would have come to without an interruption, once.
/// </summary>
public sealed partial class RunImports(
    Database database, PoolStore pools, ImportProgressStore jobs, ImportFiles files, S3Bucket bucket,
    ImportedUsers users, ILogSink logs, RandomSource random, TimeProvider clock, ILogger<RunImports> log)
{
    /// <summary>A job whose holder has died is taken up by others after so long. Nothing else depends on it:
    /// a holder who is merely late finds out and lets go.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    private readonly string owner = random.Id();

    /// <summary>Carries out the job that waits; false where there was none, or it could not be brought to
    /// its end.</summary>
    public async Task<bool> Next(CancellationToken stopping)
    {
        var job = await jobs.Claim(owner, clock.GetUtcNow(), Lease, stopping);
        return job is not null && await Carry(job, files.Open(job), static _ => { }, stopping);
    }

    /// <summary>Carries out a job whose file is at hand; false where somebody else has it.</summary>
    public async Task<bool> Run(
        ImportJob job, ImportFile file, Action<ImportProgress> onProgress, CancellationToken stopping)
    {
        var claimed = await jobs.Claim(job, owner, clock.GetUtcNow(), Lease, stopping);
        return claimed is not null && await Carry(claimed, file, onProgress, stopping);
    }

    private async Task<bool> Carry(
        ImportJob job, ImportFile file, Action<ImportProgress> onProgress, CancellationToken stopping)
    {
        var rows = new ImportRows(database, pools, jobs, users, random, clock, owner);
        var record = new ImportLog(logs, jobs, log);
        try
        {
            var end = await new ImportRun(rows, record, file, onProgress).ToEnd(job, stopping);
            if (end is null) return false;
            await End(job, end.Value.Status, end.Value.Message, stopping);
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await jobs.Release(job, owner, CancellationToken.None);
            throw;
        }
    }

    private async Task End(ImportJob job, string status, string message, CancellationToken stopping)
    {
        await jobs.End(job, owner, status, message, clock.GetUtcNow(), stopping);
        if (job.Place != ImportPlace.S3) return;
        try
        {
            await bucket.Remove(job, stopping);
        }
        catch (HttpRequestException failure)
        {
            LogLeftBehind(log, failure, job.Id);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The file of import job {JobId} is still in its bucket")]
    private static partial void LogLeftBehind(ILogger log, Exception failure, string jobId);
}
