using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>EMAIL_OTP and SMS_OTP as first factor: the user types the code that was sent. The contact it went
/// to is verified by that, and a user who was not confirmed yet is (doc).</summary>
public sealed class FirstFactorCode(
    OpenFirstFactor open, OpenChallenge sessions, SignInTries tries, SignInCodes codes,
    CompleteSignIn complete, UserStore users, PoolTriggers triggers)
{
    public async Task<SignInStep> Answer(string challenge, SignInRequest request, Call call)
    {
        var parameter = challenge + "_CODE";
        var (session, offer) = await open.Open(request, challenge, call, parameter);
        await tries.Take(session, call);
        // A contact that was taken away, or never was, gets no code right.
        if (offer.DestinationOf(challenge) is not { } destination
            || !codes.Matches(session, destination, request.Required(parameter)))
            throw Reject.SignInCodeMismatch();

        var user = offer.Found.User!;
        var proved = Proved(user, destination, call.Now);
        SignInGate.AfterPassword(request.Pool, proved, call.Now);
        return await Complete(request, session, destination, user, proved, call);
    }

    private async Task<SignInStep> Complete(
        SignInRequest request, ChallengeSession session, CodeDestination destination, User user, User proved,
        Call call)
    {
        var method = destination.Medium == DeliveryMedium.Sms ? AuthMethods.Sms : AuthMethods.EmailCode;
        try
        {
            return await complete.Next(
                request, proved, session.Progress.WithFirstFactor(method), call, Write,
                proved.Status == user.Status ? null : Tell);
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
            await sessions.Spend(transaction, session, call);
            await tries.Clear(transaction, session, call);
            if (proved != user) await users.Update(transaction, proved, request.Pool, call.Cancelled);
        }

        // Nobody but this call ever tells of the confirmation, so it comes before whatever may refuse.
        Task Tell() => triggers.PostConfirmation(
            request.Pool, request.Client, "PostConfirmation_ConfirmSignUp", proved, request.ClientMetadata,
            call);
    }

    private static User Proved(User user, CodeDestination destination, DateTimeOffset now)
    {
        var flag = AttributeNames.VerifiedFlag(destination.Attribute);
        if (user.Status == UserStatusType.Unconfirmed) user = user.Confirm(now);
        return user.Attributes.IsTrue(flag)
            ? user
            : user with { Attributes = user.Attributes.With(flag, true), ModifiedAt = now };
    }
}
