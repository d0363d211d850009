using Lifeguard.Contract;
using Lifeguard.Domain.Imports;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Imports;

/// <summary>Stops a started job for good. Users who were imported until then stay.</summary>
public sealed class StopUserImportJob(
    Database database, PoolStore pools, ImportJobStore jobs, FindImportJob find, ImportView view)
    : IAdminOperation<StopUserImportJobRequest, StopUserImportJobResponse>
{
    public async Task<StopUserImportJobResponse> Execute(StopUserImportJobRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var job = await find.Get(pool, request.JobId, call);
        job.MustBeStoppable();
        var isStopped = await database.Write(
            transaction => jobs.TryStop(transaction, job, call.Now, call.Cancelled), call.Cancelled);
        job = await find.Get(pool, job.Id, call);
        if (!isStopped) throw ImportWords.NotStoppable(job.Status);
        return new() { UserImportJob = view.Of(job) };
    }
}
