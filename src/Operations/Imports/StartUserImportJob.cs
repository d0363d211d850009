using Lifeguard.Contract;
using Lifeguard.Domain.Imports;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Imports;

/// <summary>Starts a job whose file has been uploaded. It is carried out in the background; no other job of
/// the deployment can be started meanwhile.</summary>
public sealed class StartUserImportJob(
    Database database, PoolStore pools, ImportJobStore jobs, FindImportJob find, S3Bucket bucket,
    ImportView view)
    : IAdminOperation<StartUserImportJobRequest, StartUserImportJobResponse>
{
    public async Task<StartUserImportJobResponse> Execute(StartUserImportJobRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var job = await find.Get(pool, request.JobId, call);
        job.MustBeStartable();
        if (pool.Settings.AutoVerifiedAttributes is not { Count: > 0 })
            throw ImportWords.NoAutoVerifiedAttribute();
        job = await WithFile(job, call);

        var isStarted = await database.Write(
            transaction => jobs.TryStart(transaction, job, call.Now, call.Cancelled), call.Cancelled);
        if (!isStarted)
        {
            // Somebody else was faster, with this job or with another.
            (await find.Get(pool, job.Id, call)).MustBeStartable();
            throw ImportWords.AnotherIsActive();
        }

        return new()
        {
            UserImportJob = view.Of(
                job with { Status = UserImportJobStatusType.Pending, StartedAt = call.Now }),
        };
    }

    /// <summary>The job with the file it will read, which is from now on this very one.</summary>
    private async Task<ImportJob> WithFile(ImportJob job, Call call)
    {
        if (job.Place == ImportPlace.Database)
            return job.Source is not null ? job : throw ImportWords.NoFile();
        try
        {
            var file = await bucket.Find(job, call.Cancelled) ?? throw ImportWords.NoFile();
            if (file.Size > ImportJob.MaxFileBytes) throw ImportWords.FileTooLong();
            return job with { Source = file.Tag, Size = file.Size };
        }
        catch (Exception failure) when (failure is HttpRequestException or FileRefusedException)
        {
            throw ImportWords.FileOutOfReach();
        }
    }
}
