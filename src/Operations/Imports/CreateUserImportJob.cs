using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Imports;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Imports;

/// <summary>Creates a job that adds the users of a CSV file to the pool, and gives out the address where the
/// file goes. The job waits for the file, and then for its start.</summary>
public sealed class CreateUserImportJob(
    Database database, PoolStore pools, ImportJobStore jobs, S3Bucket bucket, ImportView view,
    RandomSource random)
    : IAdminOperation<CreateUserImportJobRequest, CreateUserImportJobResponse>
{
    public async Task<CreateUserImportJobResponse> Execute(CreateUserImportJobRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var job = new ImportJob
        {
            PoolId = pool.Id,
            Id = $"import-{random.Alphanumeric(10)}",
            Name = request.JobName,
            LogsRoleArn = request.CloudWatchLogsRoleArn,
            Algorithm = request.PasswordHashingAlgorithm,
            Status = UserImportJobStatusType.Created,
            CreatedAt = call.Now,
            Place = bucket.IsUsed ? ImportPlace.S3 : ImportPlace.Database,
        };
        await database.Write(
            async transaction =>
            {
                if (!await pools.Hold(transaction, pool.Id, call.Cancelled))
                    throw Reject.PoolNotFound(pool.Id);
                await jobs.Insert(transaction, job, call.Cancelled);
                if (await jobs.Count(transaction, pool.Id, call.Cancelled) > ImportJob.MaxPerPool)
                    throw ImportWords.TooManyJobs();
            },
            call.Cancelled);

        return new() { UserImportJob = view.Of(job) };
    }
}
