using System.Data.Common;

namespace Lifeguard.Storage.Engines;

/// <summary>Everything in which the texts and errors of the two databases differ; all other SQL is
/// shared.</summary>
internal abstract class Dialect
{
    /// <summary><paramref name="script"/> with <c>$text</c>, <c>$bytes</c> and <c>$bigint</c> put in
    /// words.</summary>
    public abstract string ColumnTypes(string script);

    public abstract bool IsUniqueViolation(DbException error);

    public abstract bool IsMissingTable(DbException error);

    /// <summary>Does the disk take no more, or not from us? What is there can be read all the
    /// same.</summary>
    public abstract bool IsOfDisk(DbException error);

    /// <summary>Would the same unit of work, run again, have a chance? Unique violations aside.</summary>
    public abstract bool IsPassing(DbException error);
}
