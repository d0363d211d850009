using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Judges a code that a user has typed. The try is counted, durably, before the code is looked at: parallel
/// guesses cannot get more than the allowed number evaluated. Wrong ones count by the hour as well, so that
/// asking for ever new codes does not buy ever new tries.
/// </summary>
public sealed class RedeemCode(Database database, CodeStore codes, IssueCode issue, HourlyLimits limits)
{
    /// <summary>The code, once it is the right one and still good. It is not used up yet:
    /// <see cref="Redeem"/> does that together with what it allows.</summary>
    /// <param name="planted">What is guessed at where there is no code; null for nothing. It stands for
    /// names that nobody has, so with it only who holds a code hears that it has expired: when that happens
    /// would tell all others that one was sent, and to whom.</param>
    /// <exception cref="ApiException">ExpiredCodeException, LimitExceededException,
    /// CodeMismatchException.</exception>
    public async Task<ConfirmationCode> Judge(
        string poolId, string sub, CodeKind kind, string digits, Call call, ConfirmationCode? planted = null)
    {
        await limits.MustBeWithin(poolId, sub, WrongOf(kind), call);
        var isHidden = planted is not null;
        var code = await codes.TakeTry(poolId, sub, kind, call.Cancelled, planted) switch
        {
            CodeTry.Taken taken => taken.Code,
            CodeTry.Exhausted when isHidden => throw Reject.LimitExceeded(),
            CodeTry.Exhausted => throw await Exhausted(poolId, sub, kind, call),
            _ => throw Reject.CodeExpired(),
        };
        var isRight = issue.Matches(code, digits);
        if (code.ExpiresAt <= call.Now && (isRight || !isHidden)) throw Reject.CodeExpired();
        if (isRight) return code;
        await limits.Count(poolId, sub, WrongOf(kind), call);
        throw Reject.CodeMismatch();
    }

    /// <summary>Takes the try back: the code was right, only what came with it was not.</summary>
    public Task ReturnTry(ConfirmationCode code, Call call) => codes.ReturnTry(code, call.Cancelled);

    /// <summary>Uses the code up, in the transaction of what it allows; a second use finds it gone. Where
    /// that comes to nothing for another reason, the right code has cost no try.</summary>
    /// <exception cref="ApiException">ExpiredCodeException: somebody was faster.</exception>
    /// <exception cref="AliasTakenException">As <paramref name="act"/> says.</exception>
    /// <exception cref="ConflictException">As <paramref name="act"/> says.</exception>
    public async Task Redeem(ConfirmationCode code, Func<Transaction, Task> act, Call call)
    {
        try
        {
            await database.Write(
                async transaction =>
                {
                    if (!await codes.Consume(transaction, code, call.Cancelled)) throw Reject.CodeExpired();
                    await act(transaction);
                },
                call.Cancelled);
        }
        catch (Exception stopped) when (stopped is AliasTakenException or ConflictException)
        {
            await ReturnTry(code, call);
            throw;
        }
    }

    /// <summary>Waiting helps no more once the code has
    /// expired: then another one must be asked for.</summary>
    private async Task<ApiException> Exhausted(string poolId, string sub, CodeKind kind, Call call)
    {
        var code = await codes.Find(poolId, sub, kind, call.Cancelled);
        return code?.ExpiresAt > call.Now ? Reject.LimitExceeded() : Reject.CodeExpired();
    }

    private static AttemptKind WrongOf(CodeKind kind) => kind switch
    {
        CodeKind.SignUp => AttemptKind.WrongSignUpCode,
        CodeKind.Reset => AttemptKind.WrongResetCode,
        _ => AttemptKind.WrongVerificationCode,
    };
}
