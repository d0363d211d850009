using System.Data.Common;
using Lifeguard.Domain.Imports;

namespace Lifeguard.Storage;

/// <summary>Import jobs as rows.</summary>
internal static class ImportJobRows
{
    /// <summary>What <see cref="Read"/> expects.</summary>
    public const string Columns =
        "pool_id, job_id, name, role_arn, algorithm, status, message, place, source, size, position, line, "
        + "logged_position, logged_line, imported, skipped, failed, created_ms, started_ms, ended_ms";

    public static ImportJob Read(DbDataReader row) => new()
    {
        PoolId = row.Text(0),
        Id = row.Text(1),
        Name = row.Text(2),
        LogsRoleArn = row.Text(3),
        Algorithm = row.TextOrNull(4),
        Status = row.Text(5),
        Message = row.TextOrNull(6),
        Place = Place(row.Text(7)),
        Source = row.TextOrNull(8),
        Size = row.Number(9),
        Progress = new(
            new(row.Number(10), row.Number(11)), row.Number(14), row.Number(15), row.Number(16)),
        Logged = new(row.Number(12), row.Number(13)),
        CreatedAt = row.Instant(17),
        StartedAt = row.InstantOrNull(18),
        EndedAt = row.InstantOrNull(19),
    };

    public static string Word(ImportPlace place) => place switch
    {
        ImportPlace.Database => "database",
        ImportPlace.S3 => "s3",
        _ => "command",
    };

    public static Statement WithKey(this Statement statement, ImportJob job) =>
        statement.With("pool_id", job.PoolId).With("job_id", job.Id);

    private static ImportPlace Place(string word) => word switch
    {
        "database" => ImportPlace.Database,
        "s3" => ImportPlace.S3,
        _ => ImportPlace.Command,
    };
}
