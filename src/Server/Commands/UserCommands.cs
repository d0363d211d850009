using System.CommandLine;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Imports;
using Lifeguard.Server.Settings;
using Lifeguard.Storage;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard user …</c></summary>
internal static class UserCommands
{
    public static Command Create() => new("user", "Users of a pool")
    {
        Import(),
        Errors(),
    };

    private static Command Import()
    {
        var command = new Command(
            "import",
            "Adds the users of a CSV file to a pool; called again after an interruption, it goes on. "
            + "Exit code 1 where a row failed, or none became a user; a row of a user who is there already "
            + "is skipped and fails nothing");
        var pool = Pool();
        var file = new Option<FileInfo>("--file") { Description = "The CSV file", Required = true };
        var algorithm = new Option<string?>("--hash-algorithm")
        {
            Description = "Of the hashes in the column password_hash: "
                + string.Join(", ", PasswordHashingAlgorithmType.All),
        };
        var errors = new Option<FileInfo?>("--errors")
        {
            Description = "New file for the rows that failed, as they were and with the header, to be mended "
                + "and imported again; why each failed or was skipped is in FILE.reasons.csv beside it",
        };
        command.Add(pool);
        command.Add(file);
        command.Add(algorithm);
        command.Add(errors);
        var options = new SettingOptions(command);
        return command.Does((given, cancellation) => Administration.Run(
            options,
            given,
            (parts, stop) => new UserImport(parts).Run(
                given.GetValue(pool)!, given.GetValue(file)!, Algorithm(given.GetValue(algorithm)),
                given.GetValue(errors), stop),
            cancellation));
    }

    private static Command Errors()
    {
        var command = new Command("import-errors", "Shows the rows of an import that did not become users");
        var pool = Pool();
        var job = new Option<string>("--job")
        {
            Description = "Id of the job, such as import-TZqNQvDRnW",
            Required = true,
        };
        command.Add(pool);
        command.Add(job);
        var options = new SettingOptions(command);
        return command.Does((given, cancellation) => Administration.Run(
            options,
            given,
            async (parts, stop) =>
            {
                var (poolId, jobId) = (given.GetValue(pool)!, given.GetValue(job)!);
                await parts.GetRequiredService<PoolStore>().Get(poolId, stop);
                var known = await parts.GetRequiredService<ImportJobStore>().Find(poolId, jobId, stop)
                    ?? throw ImportWords.JobNotFound(jobId);
                await new ImportErrors(parts).Write(known, Terminal.Say, stop);
                return 0;
            },
            cancellation));
    }

    private static Option<string> Pool() => new("--pool") { Description = "Id of the pool", Required = true };

    private static string? Algorithm(string? text)
    {
        if (text is null) return null;
        var name = text.ToUpperInvariant();
        return PasswordHashingAlgorithmType.All.Contains(name)
            ? name
            : throw new SettingsException(
                $"--hash-algorithm takes one of {string.Join(", ", PasswordHashingAlgorithmType.All)}.");
    }
}
