using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Imports;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Imports;

/// <summary>Takes the file of a job at the address that its creation gave out. Until the job is started, a
/// later file replaces an earlier one.</summary>
public sealed class UploadFile(
    ImportLinks links, ImportJobStore jobs, ImportFileStore files, RandomSource random, TimeProvider clock)
{
    /// <summary>May this request bring a file? Judged before the first byte is read.</summary>
    /// <param name="query">As sent, without the question mark.</param>
    public async Task<UploadAnswer> Admit(
        UploadTarget target, string query, long? length, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        switch (links.Judge(target, query, now))
        {
            case LinkVerdict.Missing: return UploadAnswer.Denied("Access Denied");
            case LinkVerdict.Expired: return UploadAnswer.Denied("Request has expired");
            case LinkVerdict.Mismatch: return UploadAnswer.WrongSignature;
        }

        if (length > ImportJob.MaxFileBytes) return UploadAnswer.TooLarge;
        var job = (await jobs.Find(target.PoolId, target.JobId, cancellation))?.At(now);
        if (job is null) return UploadAnswer.NoJob;
        return job.Status == UserImportJobStatusType.Created
            ? new UploadAnswer.Admitted(job)
            : UploadAnswer.NotWaiting;
    }

    /// <summary>Takes the file, piece by piece; nothing of it counts unless all of it came.</summary>
    public async Task<UploadAnswer> Receive(ImportJob job, Stream body, CancellationToken cancellation)
    {
        var upload = random.Id();
        if (!await files.Begin(job, upload, cancellation)) return UploadAnswer.NotWaiting;
        var chunk = new byte[ImportFileStore.ChunkLength];
        long size = 0;
        for (var number = 0L; ; number++)
        {
            var count = await body.ReadAtLeastAsync(
                chunk, chunk.Length, throwOnEndOfStream: false, cancellation);
            size += count;
            if (size > ImportJob.MaxFileBytes) return UploadAnswer.TooLarge;
            if (count > 0 && !await files.Append(job, upload, number, chunk.AsMemory(0, count), cancellation))
                return UploadAnswer.Overtaken;
            if (count < chunk.Length) break;
        }

        return await files.Complete(job, upload, size, cancellation)
            ? new UploadAnswer.Taken(upload)
            : UploadAnswer.Overtaken;
    }
}

/// <summary>What an upload comes to.</summary>
public abstract record UploadAnswer
{
    private UploadAnswer() { }

    /// <summary>The file may come.</summary>
    public sealed record Admitted(ImportJob Job) : UploadAnswer;

    /// <summary>The file is here.</summary>
    /// <param name="Tag">Tells this upload from others.</param>
    public sealed record Taken(string Tag) : UploadAnswer;

    /// <summary>The file is not taken, in the words of S3 as far as it has some.</summary>
    public sealed record Refused(int Status, string Code, string Message) : UploadAnswer;

    internal static readonly Refused WrongSignature = new(
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. "
        + "Check your key and signing method.");

    internal static readonly Refused TooLarge = new(
        400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");

    internal static readonly Refused NoJob = new(404, "NoSuchKey", "The import job does not exist.");

    internal static readonly Refused NotWaiting = Denied("The import job no longer waits for a file.");

    internal static readonly Refused Overtaken = new(
        409,
        "OperationAborted",
        "A conflicting conditional operation is currently in progress against this resource. "
        + "Please try again.");

    internal static Refused Denied(string message) => new(403, "AccessDenied", message);
}
