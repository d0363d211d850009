using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>
/// A trigger behind a plain HTTP address: the event is a signed POST, a 2xx body is the event that comes
/// back, and an error status with <c>{"errorMessage": …}</c> is the function's own refusal.
/// </summary>
public sealed class WebhookTriggerInvoker(IOutboundHttp http, Uri address, WebhookSignature signature)
    : ITriggerInvoker
{
    /// <summary>Header with what stays the same when an event is handed over again.</summary>
    public const string MessageIdHeader = "X-Lifeguard-Message-Id";

    /// <inheritdoc/>
    public Task<TriggerAnswer> Invoke(
        string functionArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
        Post(payload, [], cancellation);

    /// <inheritdoc/>
    public Task<TriggerAnswer> Notify(
        string functionArn, ReadOnlyMemory<byte> payload, string messageId, CancellationToken cancellation) =>
        Post(payload, [new(MessageIdHeader, messageId)], cancellation);

    private async Task<TriggerAnswer> Post(
        ReadOnlyMemory<byte> payload, KeyValuePair<string, string>[] more, CancellationToken cancellation)
    {
        var request = new OutboundRequest(
            HttpMethod.Post, address, [.. signature.HeadersFor(payload.Span), .. more], payload,
            OutboundTrust.Operator);
        try
        {
            var answer = await http.Send(request, cancellation);
            if (answer.Status is >= 200 and < 300) return new TriggerAnswer.Returned(answer.Body);
            return answer.Status >= 400 && TriggerError.MessageOf(answer.Body) is { } message
                ? new TriggerAnswer.Failed(message)
                : TriggerError.OfStatus(answer.Status);
        }
        catch (HttpRequestException failure)
        {
            return TriggerError.OfFailure(failure);
        }
    }
}
