using Lifeguard.Contract;
using Lifeguard.Domain.Imports;

namespace Lifeguard.Operations.Imports;

/// <summary>Import jobs as answers show them.</summary>
public sealed class ImportView(ImportLinks links)
{
    public UserImportJobType Of(ImportJob job) => new()
    {
        JobName = job.Name,
        JobId = job.Id,
        UserPoolId = job.PoolId,
        PreSignedUrl = links.Of(job),
        CreationDate = job.CreatedAt,
        StartDate = job.StartedAt,
        CompletionDate = job.EndedAt,
        Status = job.Status,
        CloudWatchLogsRoleArn = job.LogsRoleArn,
        ImportedUsers = job.Progress.Imported,
        SkippedUsers = job.Progress.Skipped,
        FailedUsers = job.Progress.Failed,
        CompletionMessage = job.Message,
        PasswordHashingAlgorithm = job.Algorithm,
    };
}
