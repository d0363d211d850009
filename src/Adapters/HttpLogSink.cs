using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>
/// Log lines by HTTP: a signed POST of newline-delimited JSON. Any 2xx means taken; a 4xx other than 408 and
/// 429 is final; everything else is tried again, five times in all with growing pauses. A batch may therefore
/// come twice, where the answer to the first was lost.
/// </summary>
public sealed class HttpLogSink(
    IOutboundHttp http, Uri address, WebhookSignature signature, TimeProvider clock) : ILogSink
{
    /// <summary>How often a batch is sent at most.</summary>
    public const int Tries = 5;

    private const string ContentType = "application/x-ndjson";

    private readonly DeliveryHttp exchange = new("The log endpoint", http, clock);

    /// <inheritdoc/>
    public async Task Write(LogBatch batch, CancellationToken cancellation)
    {
        var body = LogRecords.Of(batch);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Post(body, cancellation);
                return;
            }
            catch (DeliveryException refused) when (!refused.IsPermanent && attempt < Tries)
            {
                await Task.Delay(PauseAfter(attempt), clock, cancellation);
            }
        }
    }

    /// <summary>1, 2, 4, 8 seconds.</summary>
    private static TimeSpan PauseAfter(int attempt) => TimeSpan.FromSeconds(1 << (attempt - 1));

    private async Task Post(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        // Signed anew each time: receivers refuse old signatures.
        var request = new OutboundRequest(
            HttpMethod.Post,
            address,
            signature.HeadersFor(body.Span, ContentType),
            body,
            OutboundTrust.Operator);
        var status = (await exchange.Send(request, cancellation)).Status;
        if (status is >= 200 and < 300) return;
        var isPermanent = status is >= 400 and < 500 and not 408 and not 429;
        throw new DeliveryException($"The log endpoint answered with status {status}.", isPermanent);
    }
}
