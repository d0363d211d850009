using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>How an answer leaves: its messages go to their transports, and where its time would tell whether
/// there is somebody of a name it leaves at a tick, with the messages after it. What a call has committed
/// leaves also where it is refused afterwards.</summary>
public sealed class DeliverAnswer(AnswerTicks ticks, MessageDelivery delivery)
{
    /// <summary>The answer of <paramref name="act"/>, once it may leave.</summary>
    /// <param name="declared">The errors that may be told of a message.</param>
    public async Task<T> Of<T>(Func<Task<T>> act, IReadOnlyList<string> declared, Call call)
    {
        var beginning = ticks.Begin();
        T answer;
        try
        {
            answer = await act();
        }
        catch (Exception failure)
        {
            // Nobody waits for it: the caller is told of what went wrong first.
            DeliverAfterAnswer(beginning, call);
            if (call.HidesExistence && failure is ApiException) await ticks.Await(beginning, call.Cancelled);
            throw;
        }

        if (!call.HidesExistence)
        {
            await delivery.Deliver(call, declared);
            return answer;
        }

        // Before the wait, so that nothing is left to do between the tick and the answer.
        DeliverAfterAnswer(beginning, call);
        await ticks.Await(beginning, call.Cancelled);
        return answer;
    }

    private void DeliverAfterAnswer(long beginning, Call call) => delivery.DeliverAfter(
        () => call.HidesExistence ? ticks.PassAnswer(beginning) : Task.CompletedTask, call);
}
