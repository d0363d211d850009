namespace Lifeguard.Domain.Effects;

/// <summary>
/// Every HTTP request that leaves the server. A seam; the real thing filters addresses and bounds time, size
/// and redirects, so that a configured or federated URL cannot be turned against the inner network.
/// </summary>
public interface IOutboundHttp
{
    /// <summary>Sends one request and reads the whole answer.</summary>
    /// <exception cref="HttpRequestException">No answer came, or it broke a bound.</exception>
    Task<OutboundAnswer> Send(OutboundRequest request, CancellationToken cancellation);
}

/// <summary>One outgoing request.</summary>
/// <param name="Trust">Whose address this is, hence whether inner addresses are allowed.</param>
public sealed record OutboundRequest(
    HttpMethod Method,
    Uri Address,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    ReadOnlyMemory<byte> Body,
    OutboundTrust Trust);

/// <summary>Whose address an outgoing request goes to.</summary>
public enum OutboundTrust
{
    /// <summary>From the operator's settings: any address.</summary>
    Operator,

    /// <summary>From a pool's configuration or a foreign document: public addresses only.</summary>
    Foreign,
}

/// <summary>The whole answer: status, headers, body.</summary>
public sealed record OutboundAnswer(
    int Status, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);
