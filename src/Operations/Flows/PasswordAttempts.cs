using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Counts wrong passwords: five are free, then a growing delay (doc). The count belongs to the user, whatever
/// alias, flow, client or node was used; on a node the attempts on one user come one after the other, so that
/// a burst of parallel guesses meets the delay too.
/// </summary>
public sealed class PasswordAttempts(SignInFailureStore failures, Database database) : IDisposable
{
    private const int Stripes = 256;

    private readonly SemaphoreSlim[] turns =
        [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Lets <paramref name="isRight"/> examine one password of the user.</summary>
    /// <exception cref="ApiException">NotAuthorizedException:
    /// wrong, or too many wrong ones lately.</exception>
    public async Task Judge(string poolId, string sub, Func<Task<bool>> isRight, Call call)
    {
        var turn = turns[(uint)string.GetHashCode(sub, StringComparison.Ordinal) % Stripes];
        await turn.WaitAsync(call.Cancelled);
        try
        {
            var earlier = await failures.Find(poolId, sub, call.Cancelled);
            if (earlier?.IsLocked(call.Now) == true) throw Reject.PasswordAttemptsExceeded();
            if (!await isRight())
            {
                await failures.Record(poolId, sub, call.Now, call.Cancelled);
                throw Reject.WrongPassword();
            }

            if (earlier is null) return;
            await database.Write(
                transaction => failures.Clear(transaction, poolId, sub, call.Cancelled), call.Cancelled);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        foreach (var turn in turns) turn.Dispose();
    }
}
