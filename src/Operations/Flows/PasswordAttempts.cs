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
    private readonly Turns turns = new();

    /// <summary>Lets <paramref name="isRight"/> examine one password of the user.</summary>
    /// <exception cref="ApiException">NotAuthorizedException:
    /// wrong, or too many wrong ones lately.</exception>
    public async Task Judge(string poolId, string sub, Func<Task<bool>> isRight, Call call)
    {
        using var turn = await turns.Take(poolId + sub, call.Cancelled);
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

    /// <summary>Refuses a user who is locked, before anything else is asked.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: too many wrong passwords lately.</exception>
    public async Task MustNotBeLocked(string poolId, string sub, Call call)
    {
        var earlier = await failures.Find(poolId, sub, call.Cancelled);
        if (earlier?.IsLocked(call.Now) == true) throw Reject.PasswordAttemptsExceeded();
    }

    public void Dispose() => turns.Dispose();
}
