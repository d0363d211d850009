using Lifeguard.Contract;

namespace Lifeguard.Domain.Imports;

/// <summary>A job that adds the users of a CSV file to a pool.</summary>
public sealed record ImportJob
{
    /// <summary>The most jobs of a pool, ended ones included (doc).</summary>
    public const int MaxPerPool = 1000;

    /// <summary>The most users in a file (doc).</summary>
    public const int MaxRows = 500_000;

    /// <summary>The longest file in bytes (doc).</summary>
    public const long MaxFileBytes = 100L * 1024 * 1024;

    /// <summary>A job that was not started for so long never will be (doc: 24 to 48 hours).</summary>
    public static readonly TimeSpan StartLimit = TimeSpan.FromHours(24);

    public required string PoolId { get; init; }

    /// <summary>Such as <c>import-TZqNQvDRnW</c>.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>As given; whoever takes the logs decides what it means.</summary>
    public required string LogsRoleArn { get; init; }

    /// <summary>Of the hashes in the file; null where it brings none.</summary>
    public string? Algorithm { get; init; }

    /// <summary>One of <see cref="UserImportJobStatusType"/>.</summary>
    public required string Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended; null before.</summary>
    public string? Message { get; init; }

    /// <summary>Who keeps the file.</summary>
    public required ImportPlace Place { get; init; }

    /// <summary>Which of several uploads the file is; null while there is none.</summary>
    public string? Source { get; init; }

    /// <summary>Length of the file in bytes.</summary>
    public long Size { get; init; }

    /// <summary>How far it has come.</summary>
    public ImportProgress Progress { get; init; } = ImportProgress.None;

    /// <summary>Up to here the logs are known to have been handed over.</summary>
    public FilePosition Logged { get; init; } = FilePosition.Start;

    /// <summary>Being carried out, or about to be.</summary>
    public bool IsActive => Status is UserImportJobStatusType.Pending
        or UserImportJobStatusType.InProgress
        or UserImportJobStatusType.Stopping;

    /// <summary>When it expires unless it is started before.</summary>
    public DateTimeOffset ExpiresAt => CreatedAt + StartLimit;

    /// <summary>The job as it is at <paramref name="now"/>: expired where nobody has started it in
    /// time.</summary>
    public ImportJob At(DateTimeOffset now) => Status == UserImportJobStatusType.Created && now >= ExpiresAt
        ? this with
        {
            Status = UserImportJobStatusType.Expired,
            EndedAt = ExpiresAt,
            Message = ImportWords.Expired,
        }
        : this;

    /// <exception cref="ApiException">PreconditionNotMetException.</exception>
    public void MustBeStartable()
    {
        if (Status != UserImportJobStatusType.Created) throw ImportWords.NotStartable(Status);
    }

    /// <exception cref="ApiException">PreconditionNotMetException.</exception>
    public void MustBeStoppable()
    {
        if (Status is not (UserImportJobStatusType.Pending or UserImportJobStatusType.InProgress))
            throw ImportWords.NotStoppable(Status);
    }
}

/// <summary>Who keeps the file of a job.</summary>
public enum ImportPlace
{
    /// <summary>The database, sealed and in pieces.</summary>
    Database,

    /// <summary>A bucket of the operator's.</summary>
    S3,

    /// <summary>Whoever carries the job out from the command line.</summary>
    Command,
}

/// <summary>A place in a file: how many bytes and how many lines are before it.</summary>
public readonly record struct FilePosition(long Offset, long Line)
{
    public static readonly FilePosition Start;
}

/// <summary>How far a job has come, and what became of the rows so far.</summary>
public sealed record ImportProgress(FilePosition Position, long Imported, long Skipped, long Failed)
{
    public static readonly ImportProgress None = new(FilePosition.Start, 0, 0, 0);

    /// <summary>All rows so far.</summary>
    public long Rows => Imported + Skipped + Failed;
}
