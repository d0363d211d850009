using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>SOFTWARE_TOKEN_MFA: the user types the code that the authenticator shows. Each is taken
/// once.</summary>
public sealed class SoftwareTokenChallenge(
    OpenChallenge open, SignInTries tries, FindUserFactors find, SoftwareTokenStore tokens,
    DefineSignIn define, TypedTotp typed)
{
    private const string Parameter = "SOFTWARE_TOKEN_MFA_CODE";

    public async Task<SignInStep> Answer(SignInRequest request, Call call)
    {
        var pool = request.Pool;
        var (session, user) = await open.Open(request, ChallengeNameType.SoftwareTokenMfa, call, Parameter);
        var factors = await find.Of(pool, user, call);
        if (pool.IsMfaOff) throw Reject.SessionInvalid();
        if (factors.SoftwareToken is not { Verified: { } secret } token) throw Reject.SoftwareTokenNotSetUp();
        if (!factors.IsAsked(pool, user, session.Pending.Name, session.Progress))
            throw Reject.SessionInvalid();

        await tries.Take(session, call);
        var step = typed.StepOf(secret, request.Required(Parameter), call)
            ?? throw Reject.SoftwareTokenMismatch();
        if (step <= token.LastStep) throw Reject.SoftwareTokenUsed();
        return await define.AfterFactor(request, user, session, session.Pending.Name, call, Write);

        async Task Write(Transaction transaction)
        {
            await open.Spend(transaction, session, call);
            if (!await tokens.TryTake(transaction, token, step, call.Cancelled))
                throw Reject.SoftwareTokenUsed();
            await tries.Clear(transaction, session, call);
        }
    }
}
