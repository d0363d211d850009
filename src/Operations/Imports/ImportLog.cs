using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Imports;
using Lifeguard.Storage;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Lifeguard.Operations.Imports;

/// <summary>
/// Tells the administrators what became of each row, after it is committed. At least once: what was committed
/// and perhaps not handed over before an interruption is handed over again. A sink that refuses does not
/// hold up the import.
/// </summary>
internal sealed partial class ImportLog(ILogSink sink, ImportProgressStore jobs, ILogger log)
{
    /// <summary>Hands over what became of a batch.</summary>
    public Task Write(
        UserPool pool, ImportJob job, IReadOnlyList<RowOutcome> outcomes, CancellationToken cancellation) =>
        Send(pool, job, [.. outcomes.Select(outcome => outcome.LogLine)], cancellation);

    /// <summary>Hands over what may not have been before the job was taken up.</summary>
    public async Task CatchUp(
        UserPool pool, ImportJob job, ImportFile file, CancellationToken cancellation)
    {
        var from = job.Logged;
        var until = job.Progress.Position.Line;
        if (from.Line >= until) return;
        var lines = new LineReader(file, from);
        // What may not have been handed over is one batch.
        var exceptions = await jobs.Rows(job, from.Line, ImportRows.BatchSize, cancellation);
        var outcomes = exceptions.ToDictionary(outcome => outcome.Line);
        var told = new List<RowOutcome>(ImportRows.BatchSize);
        while (await lines.Next(cancellation) is { } line && line.Number <= until)
        {
            // The header.
            if (line.Number == 1) continue;
            told.Add(outcomes.GetValueOrDefault(line.Number) ?? RowOutcome.Succeeded(line.Number));
        }

        await Write(pool, job, told, cancellation);
    }

    private async Task Send(
        UserPool pool, ImportJob job, IReadOnlyList<string> lines, CancellationToken cancellation)
    {
        var batch = new LogBatch(
            $"/aws/cognito/userpools/{pool.Id}/{pool.Name}", $"{job.Id}/{job.Name}", [.. lines]);
        try
        {
            await sink.Write(batch, cancellation);
        }
        catch (DeliveryException refusal)
        {
            LogRefused(log, refusal, job.Id);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "What became of some rows of import job {JobId} could not be logged")]
    private static partial void LogRefused(ILogger log, Exception refusal, string jobId);
}
