using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>Exchanges with somebody who delivers for the server, ten seconds at most for each.</summary>
/// <param name="name">Whom administrators read of where there is no answer.</param>
internal sealed class DeliveryHttp(string name, IOutboundHttp http, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Sends and reads the whole answer, whatever its status.</summary>
    /// <exception cref="DeliveryException">There was no answer; a later try may get one.</exception>
    public async Task<OutboundAnswer> Send(OutboundRequest request, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await http.Send(request, either.Token);
        }
        catch (HttpRequestException)
        {
            throw new DeliveryException($"{name} could not be reached.", permanent: false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DeliveryException($"{name} did not answer in time.", permanent: false);
        }
    }
}
