namespace Lifeguard.Domain.Imports;

/// <summary>What became of a row of a CSV file.</summary>
/// <param name="Line">Its number in the file, where the header is line 1.</param>
/// <param name="Reason">Without what stands in the row.</param>
public sealed record RowOutcome(long Line, RowFate Fate, string Reason)
{
    /// <summary>The line of the log (doc).</summary>
    public string LogLine => $"[{Word}] Line Number {Line} - {Reason}";

    /// <summary>In capitals, as logs have it.</summary>
    public string Word => Fate switch
    {
        RowFate.Succeeded => "SUCCEEDED",
        RowFate.Skipped => "SKIPPED",
        _ => "FAILED",
    };

    public static RowOutcome Succeeded(long line) => new(line, RowFate.Succeeded, ImportWords.RowSucceeded);

    public static RowOutcome Skipped(long line) => new(line, RowFate.Skipped, ImportWords.UserExists);

    public static RowOutcome Failed(long line, string reason) => new(line, RowFate.Failed, reason);
}

/// <summary>What can become of a row.</summary>
public enum RowFate
{
    /// <summary>It is a user now.</summary>
    Succeeded,

    /// <summary>There was such a user before.</summary>
    Skipped,

    /// <summary>It could not become a user.</summary>
    Failed,
}
