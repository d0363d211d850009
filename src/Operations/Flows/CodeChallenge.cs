using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>SMS_MFA and EMAIL_OTP: the user types the code that was sent as second factor. The contact it
/// went to is verified by that (doc).</summary>
public sealed class CodeChallenge(
    OpenChallenge open, SignInTries tries, SignInCodes codes, FindUserFactors find, DefineSignIn define,
    UserStore users)
{
    public async Task<SignInStep> Answer(string challenge, SignInRequest request, Call call)
    {
        var parameter = challenge + "_CODE";
        var (session, user) = await open.Open(request, challenge, call, parameter);
        await MustStillBeAsked(request.Pool, user, session, call);
        var destination = session.Pending.NewContact ?? CodeDestination.ForFactor(user, challenge)
            ?? throw Reject.SessionInvalid();
        await tries.Take(session, call);
        if (!codes.Matches(session, destination, request.Required(parameter)))
            throw Reject.SignInCodeMismatch();

        var proved = Proved(user, session.Pending, destination, call.Now);
        try
        {
            return await define.AfterFactor(request, proved, session, challenge, call, Write);
        }
        catch (ConflictException)
        {
            await tries.Return(session, call);
            throw;
        }
        catch (AliasTakenException taken)
        {
            throw Reject.AliasExists(taken.Kind, given: true);
        }

        async Task Write(Transaction transaction)
        {
            await open.Spend(transaction, session, call);
            await tries.Clear(transaction, session, call);
            if (proved != user) await users.Update(transaction, proved, request.Pool, call.Cancelled);
        }
    }

    /// <summary>A factor that the user or the pool has given up since proves nothing any more; one that is
    /// being set up must still be missing.</summary>
    /// <exception cref="ApiException">NotAuthorizedException.</exception>
    public async Task MustStillBeAsked(UserPool pool, User user, ChallengeSession session, Call call)
    {
        var factors = await find.Of(pool, user, call);
        var isAsked = session.Pending.NewContact is null
            ? factors.IsAsked(pool, user, session.Pending.Name, session.Progress)
            : SignInPlan.Of(pool, user, factors, session.Progress) is NextStep.SetUpFactor;
        if (!isAsked) throw Reject.SessionInvalid();
    }

    /// <summary>The user with the contact verified, and switched on as factor where it was set up.</summary>
    private static User Proved(
        User user, PendingChallenge pending, CodeDestination destination, DateTimeOffset now)
    {
        var flag = AttributeNames.VerifiedFlag(destination.Attribute);
        if (pending.NewContact is null && user.Attributes.IsTrue(flag)) return user;
        return user with
        {
            Attributes = user.Attributes.With(destination.Attribute, destination.Value).With(flag, true),
            Mfa = pending.NewContact is null ? user.Mfa : user.Mfa.With(pending.Name),
            ModifiedAt = now,
        };
    }
}
