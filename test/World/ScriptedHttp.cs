using Lifeguard.Domain.Effects;

namespace Lifeguard.Worlds;

/// <summary>The world outside, as a test plays it: nobody answers by default.</summary>
public sealed class ScriptedHttp : IOutboundHttp
{
    /// <summary>Answers requests; null where nobody does.</summary>
    public Func<OutboundRequest, OutboundAnswer>? Answer { get; set; }

    public Task<OutboundAnswer> Send(OutboundRequest request, CancellationToken cancellation) =>
        Answer is { } answer
            ? Task.FromResult(answer(request))
            : throw new HttpRequestException("Nobody answers.");
}
