using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// MFA_SETUP: a user without a second factor, in a pool that demands one, goes on with an authenticator that
/// VerifySoftwareToken has taken in this sign-in, or names an address or number, which then gets a code.
/// </summary>
public sealed class FactorSetUpChallenge(
    OpenChallenge open, FindUserFactors find, SignInCodes codes, DefineSignIn define,
    CompleteSignIn complete)
{
    public async Task<SignInStep> Answer(SignInRequest request, Call call)
    {
        var (session, user) = await open.Open(request, ChallengeNameType.MfaSetup, call);
        return session.Pending.HasNewSoftwareToken
            ? await GoOn(request, user, session, call)
            : await SetUp(request, user, session, call);
    }

    private async Task<SignInStep> GoOn(
        SignInRequest request, User user, ChallengeSession session, Call call)
    {
        var factors = await find.Of(request.Pool, user, call);
        var isStillThere = factors.Active(request.Pool, user).Contains(ChallengeNameType.SoftwareTokenMfa);
        if (!isStillThere) throw Reject.SessionInvalid();
        return await define.AfterFactor(
            request,
            user,
            session,
            ChallengeNameType.SoftwareTokenMfa,
            call,
            transaction => open.Spend(transaction, session, call));
    }

    private async Task<SignInStep> SetUp(
        SignInRequest request, User user, ChallengeSession session, Call call)
    {
        var (factor, contact) = Contact(request) ?? throw Reject.SessionInvalid();
        var factors = await find.Of(request.Pool, user, call);
        var mayBeSetUp = SignInPlan.Of(request.Pool, user, factors, session.Progress)
            is NextStep.SetUpFactor { Factors: var choice } && choice.Contains(factor);
        if (!mayBeSetUp) throw Reject.NoSecondFactor();
        MustBeWritable(request, contact);

        var posed = await codes.Pose(
            request, user, session.Progress, new(factor, contact, IsNewContact: true), call);
        return await complete.Commit(posed, transaction => open.Spend(transaction, session, call), call);
    }

    private static (string Factor, CodeDestination Contact)? Contact(SignInRequest request)
    {
        if (request.Optional("EMAIL") is { } email)
            return (ChallengeNameType.EmailOtp, new(AttributeNames.Email, email));
        if (request.Optional("PHONE_NUMBER") is { } number)
            return (ChallengeNameType.SmsMfa, new(AttributeNames.PhoneNumber, number));
        return null;
    }

    /// <summary>Nothing that is there is overwritten: with an address of the user's own the factor would have
    /// been asked for, not set up.</summary>
    private static void MustBeWritable(SignInRequest request, CodeDestination contact)
    {
        var name = contact.Attribute;
        if (!request.Client.MayWrite(name)) throw AttributeSchema.NotWritable();
        AttributeSchema.Of(request.Pool).Admit(UserAttributes.Empty.With(name, contact.Value));
    }
}
