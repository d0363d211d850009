using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>How an answer leaves: its messages go to their transports, and where its time would tell whether
/// there is somebody of a name it leaves at a tick, with the messages after it.</summary>
public sealed class DeliverAnswer(AnswerTicks ticks, MessageDelivery delivery)
{
    /// <summary>The answer of <paramref name="act"/>, once it may leave.</summary>
    /// <param name="declared">The errors that may be told of a message.</param>
    public async Task<T> Of<T>(Func<Task<T>> act, IReadOnlyList<string> declared, Call call)
    {
        var beginning = ticks.Begin();
        try
        {
            var answer = await act();
            if (!call.HidesExistence)
            {
                await delivery.Deliver(call, declared);
                return answer;
            }

            // Before the wait, so that nothing is left to do between the tick and the answer.
            delivery.DeliverAfter(() => ticks.PassAnswer(beginning), call);
            await ticks.Await(beginning, call.Cancelled);
            return answer;
        }
        catch (ApiException) when (call.HidesExistence)
        {
            await ticks.Await(beginning, call.Cancelled);
            throw;
        }
    }
}
