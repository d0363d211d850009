namespace Lifeguard.Domain.Effects;

/// <summary>
/// Takes the logs that the service delivers to administrators: results of imports, failed notifications,
/// authentication events. A seam: standard output, a file, an HTTP endpoint.
/// </summary>
public interface ILogSink
{
    /// <summary>Hands lines over; returns once the sink has taken them.</summary>
    /// <exception cref="DeliveryException">The sink refused them, or could not be reached.</exception>
    Task Write(LogBatch batch, CancellationToken cancellation);
}

/// <summary>Lines for one stream of one destination, in their order.</summary>
/// <param name="Destination">The ARN of a pool's configuration (log group, bucket, stream), or the name of
/// the log group where the service itself names one.</param>
/// <param name="Stream">Within the destination, what belongs together: one import job, one pool.</param>
/// <param name="Lines">One entry each, without a line break at the end.</param>
public sealed record LogBatch(string Destination, string Stream, IReadOnlyList<string> Lines);
