using Lifeguard.Domain;
using Lifeguard.Domain.Imports;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>The import job that an administrator names.</summary>
public sealed class FindImportJob(ImportJobStore jobs)
{
    /// <summary>The job as it is at the instant of the call.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException.</exception>
    public async Task<ImportJob> Get(UserPool pool, string jobId, Call call) =>
        (await jobs.Find(pool.Id, jobId, call.Cancelled))?.At(call.Now)
        ?? throw ImportWords.JobNotFound(jobId);
}
