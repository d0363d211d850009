using Lifeguard.Contract;

namespace Lifeguard.Domain.Imports;

/// <summary>
/// What imports say. The completion messages, and the reasons that the documentation quotes, are the
/// service's; all others are in own words.
/// </summary>
public static class ImportWords
{
    public const string Succeeded = "Import Job Completed Successfully.";
    public const string Stopped = "The Import Job was stopped by the developer.";
    public const string Expired = "The user import job has expired.";
    public const string TooManyFailed = "Too many users have failed or been skipped during the import.";
    public const string PoolDeleted = "The user pool was deleted.";
    public const string FileUnreadable = "The CSV file cannot be read.";
    public const string FileChanged = "The CSV file was changed after the job had been started.";

    public const string RowSucceeded = "The import succeeded.";
    public const string UserExists = "The user already exists.";
    public const string InternalFailure = "The user could not be imported because of an internal error.";

    public const string NotVerified =
        "The User Record does not set any of the auto verified attributes to true. "
        + "(Example: email_verified to true).";

    public static ApiException JobNotFound(string jobId) =>
        new(Errors.ResourceNotFoundException, $"User import job {jobId} does not exist.");

    public static ApiException TooManyJobs() => new(
        Errors.LimitExceededException, $"A user pool can have at most {ImportJob.MaxPerPool} import jobs.");

    public static ApiException NotStartable(string status) =>
        Precondition($"The import job cannot be started. Current status is {status}");

    public static ApiException NotStoppable(string status) =>
        Precondition($"The import job cannot be stopped. Current status is {status}");

    public static ApiException NoAutoVerifiedAttribute() =>
        Precondition("The user pool has no auto-verified attribute.");

    public static ApiException NoFile() => Precondition("No CSV file has been uploaded for the import job.");

    public static ApiException FileTooLong() =>
        Precondition($"The uploaded CSV file is longer than {ImportJob.MaxFileBytes} bytes.");

    public static ApiException FileOutOfReach() => Precondition("The uploaded CSV file cannot be reached.");

    public static ApiException AnotherIsActive() => Precondition("Another import job is active.");

    /// <summary>The pool cannot be changed or deleted while users are being added to it.</summary>
    public static ApiException InProgress() => new(
        Errors.UserImportInProgressException, "A user import job is in progress for the user pool.");

    private static ApiException Precondition(string message) =>
        new(Errors.PreconditionNotMetException, message);
}

/// <summary>The whole file is no good, so the job ends.</summary>
/// <param name="message">Becomes the job's completion message.</param>
public sealed class FileRefusedException(string message) : Exception(message);
