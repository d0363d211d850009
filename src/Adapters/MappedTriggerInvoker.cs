using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>Sends the functions that the settings name elsewhere, and all others to Lambda.</summary>
/// <param name="lambda">For every function without an entry.</param>
/// <param name="elsewhere">By ARN, or by function name, which then counts for every region and
/// account.</param>
public sealed class MappedTriggerInvoker(
    ITriggerInvoker lambda, IReadOnlyDictionary<string, ITriggerInvoker> elsewhere)
    : ITriggerInvoker, IDisposable
{
    /// <summary>Ends the processes of functions on this machine.</summary>
    public void Dispose()
    {
        foreach (var invoker in elsewhere.Values.OfType<IDisposable>()) invoker.Dispose();
    }

    /// <inheritdoc/>
    public Task<TriggerAnswer> Invoke(
        string functionArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
        Find(functionArn).Invoke(functionArn, payload, cancellation);

    /// <inheritdoc/>
    public Task<TriggerAnswer> Notify(
        string functionArn, ReadOnlyMemory<byte> payload, string messageId, CancellationToken cancellation) =>
        Find(functionArn).Notify(functionArn, payload, messageId, cancellation);

    private ITriggerInvoker Find(string functionArn) =>
        elsewhere.GetValueOrDefault(functionArn)
        ?? (LambdaArn.Read(functionArn) is { } arn ? elsewhere.GetValueOrDefault(arn.FunctionName) : null)
        ?? lambda;
}
