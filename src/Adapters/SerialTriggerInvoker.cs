using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>Has a function take one event after the other; those that come meanwhile wait.</summary>
public sealed class SerialTriggerInvoker(ITriggerInvoker function) : ITriggerInvoker, IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    /// <inheritdoc/>
    public async Task<TriggerAnswer> Invoke(
        string functionArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return await function.Invoke(functionArn, payload, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
