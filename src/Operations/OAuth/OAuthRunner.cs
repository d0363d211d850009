using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.OAuth;

/// <summary>Runs an OAuth endpoint as operations are run: again where somebody else changed its rows
/// meanwhile.</summary>
public sealed class OAuthRunner(Turns turns, ComputeQueue computations)
{
    /// <summary>What the endpoint comes to.</summary>
    /// <param name="subject">What requests that get into each other's way have in common.</param>
    /// <exception cref="OAuthException">The endpoint refuses, or others were always faster.</exception>
    public async Task<T> Run<T>(string subject, Func<Task<T>> endpoint, Call call)
    {
        try
        {
            return await RunAgain(subject, endpoint, call);
        }
        finally
        {
            computations.Notice(call);
        }
    }

    private async Task<T> RunAgain<T>(string subject, Func<Task<T>> endpoint, Call call)
    {
        for (var run = 1; ; run++)
        {
            using var turn = run == 1 ? null : await turns.Take(subject, call.Cancelled);
            try
            {
                return await endpoint();
            }
            catch (ConflictException) when (run < OperationRunner.MaxRuns)
            {
                call.Restart();
            }
            catch (ConflictException)
            {
                throw OAuthRefusals.TooManyRequests();
            }
            catch (ApiException refusal) when (refusal.Code == Errors.TooManyRequestsException)
            {
                throw OAuthRefusals.TooManyRequests();
            }
        }
    }
}
