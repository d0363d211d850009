using Lifeguard.Domain.Effects;

namespace Lifeguard.Worlds;

/// <summary>The world outside, as a test plays it: nobody answers by default.</summary>
public sealed class ScriptedHttp : IOutboundHttp
{
    /// <summary>Answers requests; null where nobody does.</summary>
    public Func<OutboundRequest, OutboundAnswer>? Answer { get; set; }

    /// <summary>Answers requests when it likes; null where <see cref="Answer"/> does.</summary>
    public Func<OutboundRequest, Task<OutboundAnswer>>? AnswerLater { get; set; }

    public Task<OutboundAnswer> Send(OutboundRequest request, CancellationToken cancellation) =>
        (AnswerLater, Answer) switch
        {
            ({ } later, _) => later(request),
            (null, { } answer) => Task.FromResult(answer(request)),
            _ => throw new HttpRequestException("Nobody answers."),
        };
}
