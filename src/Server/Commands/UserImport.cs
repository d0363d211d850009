using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Imports;
using Lifeguard.Operations.Imports;
using Lifeguard.Server.Settings;
using Lifeguard.Storage;

namespace Lifeguard.Server.Commands;

/// <summary>
/// An import that the command line carries out itself, on the database alone, by the rules of all imports.
/// What it has done is in the database batch by batch, so the same command goes on where it was interrupted;
/// a file is known by its content.
/// </summary>
internal sealed class UserImport(IServiceProvider parts)
{
    private const int RowsBetweenLines = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ImportJobStore jobs = parts.GetRequiredService<ImportJobStore>();
    private readonly TimeProvider clock = parts.GetRequiredService<TimeProvider>();

    /// <summary>Imports the file; exit code 1 where a row failed, or nothing came of it. Rows of users there
    /// are already fail nobody: who imports a file again has some.</summary>
    public async Task<int> Run(
        string poolId, FileInfo given, string? algorithm, FileInfo? errors, CancellationToken cancellation)
    {
        if (given.Length > ImportJob.MaxFileBytes)
            throw new SettingsException($"--file: longer than {ImportJob.MaxFileBytes} bytes.");
        var rejected = errors is null ? null : new RejectedRows(errors);
        rejected?.MustBeNew();
        await using var content = given.Open(FileMode.Open, FileAccess.Read, FileShare.Read);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
        var pool = await parts.GetRequiredService<PoolStore>().Get(poolId, cancellation);
        var source = $"{algorithm ?? "none"}:{digest}";
        var job = await jobs.FindOfCommand(pool.Id, source, cancellation)
            ?? await Start(pool, given.Name, algorithm, source, content.Length, cancellation);

        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var onInterrupt = On(PosixSignal.SIGINT, interruption);
        using var onTermination = On(PosixSignal.SIGTERM, interruption);
        try
        {
            job = await Carry(job, new LocalFile(content.SafeFileHandle), interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            Terminal.Complain(
                $"Interrupted. The same command goes on; {job.Id} can also be ended by StopUserImportJob.");
            return 1;
        }

        content.Position = 0;
        await Report(job, rejected, content, cancellation);
        return job is { Status: UserImportJobStatusType.Succeeded, Progress.Failed: 0 } ? 0 : 1;
    }

    private async Task<ImportJob> Start(
        UserPool pool, string name, string? algorithm, string source, long size,
        CancellationToken cancellation)
    {
        if (pool.Settings.AutoVerifiedAttributes is not { Count: > 0 })
            throw ImportWords.NoAutoVerifiedAttribute();
        var job = new ImportJob
        {
            PoolId = pool.Id,
            Id = $"import-{parts.GetRequiredService<RandomSource>().Alphanumeric(10)}",
            Name = name.Length <= 128 ? name : name[..128],
            LogsRoleArn = "arn:aws:iam::000000000000:role/command-line",
            Algorithm = algorithm,
            Status = UserImportJobStatusType.Created,
            CreatedAt = clock.GetUtcNow(),
            Place = ImportPlace.Command,
            Source = source,
            Size = size,
        };
        await parts.GetRequiredService<Database>().Write(
            async transaction =>
            {
                if (!await parts.GetRequiredService<PoolStore>().Hold(transaction, pool.Id, cancellation))
                    throw Reject.PoolNotFound(pool.Id);
                await jobs.Insert(transaction, job, cancellation);
                if (await jobs.Count(transaction, pool.Id, cancellation) > ImportJob.MaxPerPool)
                    throw ImportWords.TooManyJobs();
                if (!await jobs.TryStart(transaction, job, clock.GetUtcNow(), cancellation))
                    throw ImportWords.AnotherIsActive();
            },
            cancellation);
        return job;
    }

    /// <summary>The job at its end.</summary>
    private async Task<ImportJob> Carry(ImportJob job, ImportFile file, CancellationToken stopping)
    {
        var runs = parts.GetRequiredService<RunImports>();
        Terminal.Complain($"Importing as {job.Id}; stop-user-import-job ends it.");
        var patience = clock.GetTimestamp();
        while (!await runs.Run(job, file, Show, stopping))
        {
            if (await jobs.Find(job.PoolId, job.Id, stopping) is not { IsActive: true }) break;
            // An earlier call that was killed keeps the job for a moment.
            if (clock.GetElapsedTime(patience) > 2 * RunImports.Lease)
                throw new SettingsException($"{job.Id} is being carried out by another process.");
            await Task.Delay(Pause, clock, stopping);
        }

        return await jobs.Find(job.PoolId, job.Id, stopping) ?? throw ImportWords.JobNotFound(job.Id);
    }

    private static void Show(ImportProgress progress)
    {
        if (progress.Rows % RowsBetweenLines == 0)
            Terminal.Complain($"{progress.Rows:N0} rows: {Counts(progress)}");
    }

    private async Task Report(
        ImportJob job, RejectedRows? rejected, Stream content, CancellationToken cancellation)
    {
        Terminal.Say($"{job.Status}: {Counts(job.Progress)}. {job.Message}");
        if (job.Progress.Skipped + job.Progress.Failed == 0) return;
        if (rejected is null)
            Terminal.Say($"Which: lifeguard user import-errors --pool {job.PoolId} --job {job.Id}");
        else
            await rejected.Write(new ImportErrors(parts), job, content, cancellation);
    }

    private static string Counts(ImportProgress progress) =>
        $"{progress.Imported:N0} imported, {progress.Skipped:N0} skipped, {progress.Failed:N0} failed";

    private static PosixSignalRegistration On(PosixSignal signal, CancellationTokenSource interruption) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            interruption.Cancel();
        });

    private sealed class LocalFile(Microsoft.Win32.SafeHandles.SafeFileHandle handle) : ImportFile
    {
        public override ValueTask<int> Read(
            long offset, Memory<byte> into, CancellationToken cancellation) =>
            RandomAccess.ReadAsync(handle, into, offset, cancellation);
    }
}
