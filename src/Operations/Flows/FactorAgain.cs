using System.Diagnostics.CodeAnalysis;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// On the pages of a domain, a second factor that is asked for or being set up sends another code, or makes
/// way for another one. The API has no such steps: its clients begin the sign-in anew.
/// </summary>
public sealed class FactorAgain(
    ChallengeSessions sessions, OpenChallenge open, CodeChallenge challenge, FindUserFactors find,
    SignInCodes codes, PoseChallenge pose, CompleteSignIn complete, WeighSignIn risks, HourlyLimits limits)
{
    /// <summary>The challenge of the session with another code.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: no session that awaits the code of a second
    /// factor; LimitExceededException: enough codes were sent anew in this hour; one of the three trigger
    /// errors.</exception>
    public async Task<SignInStep> Resend(SignInRequest request, Call call)
    {
        request = request with { Pool = call.Seen(request.Pool) };
        var (session, user) = await Open(request, call);
        var (name, contact) = (session.Pending.Name, session.Pending.NewContact);
        var destination = contact ?? CodeDestination.ForFactor(user, name) ?? throw Reject.SessionInvalid();
        await challenge.MustStillBeAsked(request.Pool, user, session, call);
        await limits.MustBeWithin(user.PoolId, user.Sub, AttemptKind.Resend, call);
        var posed = await codes.Pose(
            request, user, session.Progress, new(name, destination, IsNewContact: contact is not null), call);
        return await complete.Commit(
            posed,
            transaction => limits.Count(transaction, user.PoolId, user.Sub, AttemptKind.Resend, call),
            call);
    }

    /// <summary>The choice of a factor once more: of one to be asked for, or of one to be set up.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: no session that awaits a second
    /// factor; MFAMethodNotFoundException: there is none any more.</exception>
    public async Task<SignInStep> OtherWays(SignInRequest request, Call call)
    {
        request = request with { Pool = call.Seen(request.Pool) };
        var (session, user) = await Open(request, call);
        var factors = await find.Of(request.Pool, user, call);
        var progress = session.Progress;
        var isSetUp = session.Pending is { NewContact: not null } or { Name: ChallengeNameType.MfaSetup };
        if (isSetUp)
        {
            return SignInPlan.Of(request.Pool, user, factors, progress) is NextStep.SetUpFactor(var choice)
                ? pose.SetUp(request, user, progress, choice, call).Step
                : throw Reject.SessionInvalid();
        }

        var asked = factors.Asked(request.Pool, user, progress);
        return asked.Count > 0
            ? pose.Choice(request, user, progress, asked, call).Step
            : throw Reject.NoSecondFactor();
    }

    private async Task<OpenedChallenge> Open(SignInRequest request, Call call)
    {
        await risks.MustComeFromElsewhere(request, call);
        var awaited = sessions.Find(request.Session ?? "", request.Client)?.Pending.Name;
        if (!IsOfSecondFactor(awaited)) throw Reject.SessionInvalid();
        var opened = await open.Open(request, awaited, call);
        // The code of a first factor has the same name.
        return opened.Session.Progress.HasFirstFactor ? opened : throw Reject.SessionInvalid();
    }

    private static bool IsOfSecondFactor([NotNullWhen(true)] string? name) =>
        name is ChallengeNameType.SelectMfaType or ChallengeNameType.MfaSetup
        || UserFactors.InOrder.Contains(name);
}
