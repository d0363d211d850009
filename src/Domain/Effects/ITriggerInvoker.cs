namespace Lifeguard.Domain.Effects;

/// <summary>
/// Calls one Lambda trigger once, wherever it lives: AWS Lambda's Invoke API, an HTTP webhook, a program on
/// this machine. A seam; time-outs, repeats and the reading of the answer are the caller's.
/// </summary>
public interface ITriggerInvoker
{
    /// <summary>Sends <paramref name="payload"/> (a JSON event)
    /// to the function and returns what came back.</summary>
    Task<TriggerAnswer> Invoke(
        string functionArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation);

    /// <summary>Hands over an event whose answer nobody reads, as custom senders get them. Returns once it is
    /// taken; what comes back says no more than that.</summary>
    /// <param name="messageId">The same when the hand-over is repeated.</param>
    Task<TriggerAnswer> Notify(
        string functionArn, ReadOnlyMemory<byte> payload, string messageId, CancellationToken cancellation) =>
        Invoke(functionArn, payload, cancellation);
}

/// <summary>What a trigger call came to.</summary>
public abstract record TriggerAnswer
{
    private TriggerAnswer() { }

    /// <summary>The function returned <paramref name="Payload"/>.</summary>
    public sealed record Returned(ReadOnlyMemory<byte> Payload) : TriggerAnswer;

    /// <summary>The function raised an error with this message.</summary>
    public sealed record Failed(string ErrorMessage) : TriggerAnswer;

    /// <summary>The function could not be called; <paramref name="Error"/> names
    /// why, such as <c>AccessDeniedException</c>. <paramref name="MayRetry"/> is
    /// false where a repeat is pointless.</summary>
    public sealed record NotInvoked(string Error, bool MayRetry) : TriggerAnswer
    {
        /// <summary>Nobody has answered at all: no connection, or no answer in time.</summary>
        public bool IsUnreachable { get; init; }
    }
}
