using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Takes a custom sign-in on as the pool's define trigger says: to a challenge of its own, to one that the
/// service has, to tokens, or to a refusal. It is asked until it has given its verdict; what is due after
/// that (a new password that it has not asked for, the remembered device) is due here as everywhere.
/// </summary>
public sealed class DefineSignIn(
    ChallengeTriggers triggers, PasswordVerifier verifier, FindUserFactors find, PoseChallenge pose,
    ChallengeSessions sessions, CompleteSignIn complete, UserAfterTrigger after, Database database)
{
    /// <summary>Stands in the history for the A of SRP, which the client sends as it begins (doc).</summary>
    public const string SrpA = "SRP_A";

    /// <summary>The next step.</summary>
    /// <param name="clientPublic">A, where the call that begins the sign-in has sent it.</param>
    /// <param name="name">What a name that nobody has was typed as.</param>
    /// <exception cref="ApiException">NotAuthorizedException: the trigger ends the sign-in;
    /// MFAMethodNotFoundException; one of the three trigger errors; and what the end of a sign-in is refused
    /// with.</exception>
    public async Task<SignInStep> Next(
        SignInRequest request, SignInUser who, SignInProgress progress, Call call,
        byte[]? clientPublic = null, string? name = null)
    {
        var subject = Subject(request, who, name);
        var verdict = await triggers.Define(subject, progress, call);
        if (verdict.Fails) throw Reject.WrongPassword();
        (who, progress) = await After(request, who, progress, call);
        if (verdict.IssuesTokens)
            return await complete.Next(request, LetIn(request, who, call), progress.WithVerdict(), call);
        switch (verdict.Challenge)
        {
            case ChallengeNameType.CustomChallenge:
                var made = await triggers.Create(subject, progress, call);
                (who, progress) = await After(request, who, progress, call);
                return Custom(request, who, progress, made, call);
            case ChallengeNameType.PasswordVerifier when clientPublic is not null:
                return await verifier.Pose(request, who, progress, clientPublic, call);
            case ChallengeNameType.SmsMfa or ChallengeNameType.SoftwareTokenMfa:
                return await Factor(request, LetIn(request, who, call), progress, verdict.Challenge, call);
            // Only who has proved the temporary password may replace it before the verdict.
            case ChallengeNameType.NewPasswordRequired when progress.HasPassword
                && who.User is { Status: UserStatusType.ForceChangePassword }:
                var posed = pose.NewPassword(request, LetIn(request, who, call), progress, call);
                return await complete.Commit(posed, write: null, call);
            default:
                throw Unusable();
        }
    }

    /// <summary>After the password was proved, or replaced: the second factor that every password brings with
    /// it comes without anybody asking for it, and the trigger is asked once it is answered (doc). A
    /// remembered device that stands in for it is proved last, as wherever triggers decide (doc).</summary>
    /// <param name="write">What the answer has to store; null for nothing.</param>
    public async Task<SignInStep> AfterPassword(
        SignInRequest request, User user, SignInProgress progress, Call call,
        Func<Transaction, Task>? write = null)
    {
        if (await complete.SecondFactor(request, user, progress, call, write) is { } step) return step;
        if (write is not null) await database.Write(write, call.Cancelled);
        return await Next(request, SignInUser.Of(user), progress, call);
    }

    /// <summary>After a temporary password was replaced: the trigger is told of it where it has still to give
    /// its verdict (doc).</summary>
    /// <param name="user">As <paramref name="write"/> leaves the user.</param>
    public Task<SignInStep> AfterNewPassword(
        SignInRequest request, User user, SignInProgress progress, Call call, Func<Transaction, Task> write)
    {
        progress = progress with { HasNewPassword = true };
        if (!progress.IsDefinedByTriggers) return complete.Next(request, user, progress, call, write);
        var past = new PastChallenge(ChallengeNameType.NewPasswordRequired, Passed: true, Metadata: null);
        return AfterPassword(request, user, progress.With(past), call, write);
    }

    /// <summary>After a second factor was answered well: on to what the trigger says, or else to what every
    /// sign-in comes to.</summary>
    /// <param name="factor">The trigger is told of it, also where it was set up just now.</param>
    /// <param name="write">What the answer has to store.</param>
    public async Task<SignInStep> AfterFactor(
        SignInRequest request, User user, ChallengeSession session, string factor, Call call,
        Func<Transaction, Task> write)
    {
        var progress = session.Progress.WithSecondFactor(AuthMethods.Of(factor));
        if (!progress.IsDefinedByTriggers) return await complete.Next(request, user, progress, call, write);
        // Before the functions are asked: what they say must not bring a code that was taken back to life.
        await database.Write(write, call.Cancelled);
        var past = new PastChallenge(factor, Passed: true, Metadata: null);
        return await Next(request, SignInUser.Of(user), progress.With(past), call);
    }

    /// <summary>Whom the functions are asked about.</summary>
    /// <param name="name">What a name that nobody has was typed as.</param>
    public static ChallengeSubject Subject(SignInRequest request, SignInUser who, string? name) => new(
        request.Pool, request.Client, who.User, who.User?.Username ?? name ?? who.Username,
        request.ClientMetadata);

    /// <summary>The user, if it is one whom the gate lets in: triggers overrule neither that nor the fact
    /// that a name is nobody's.</summary>
    private static User LetIn(SignInRequest request, SignInUser who, Call call)
    {
        if (who.User is not { } user) throw Reject.WrongPassword();
        SignInGate.AfterPassword(request.Pool, user, call.Now);
        return user;
    }

    private async Task<(SignInUser Who, SignInProgress Progress)> After(
        SignInRequest request, SignInUser who, SignInProgress progress, Call call)
    {
        var now = await after.Of(request.Client, who, call);
        return (now, after.Since(who.User, now.User, progress));
    }

    private SignInStep Custom(
        SignInRequest request, SignInUser who, SignInProgress progress, CreatedChallenge made, Call call)
    {
        var pending = new PendingChallenge(ChallengeNameType.CustomChallenge)
        {
            PrivateParameters = made.Private,
            Metadata = made.Metadata,
        };
        var parameters = new Dictionary<string, string>(
            made.Public ?? new Dictionary<string, string>(), StringComparer.Ordinal)
        {
            ["USERNAME"] = who.Username,
        };
        return SignInStep.Challenged(
            pending.Name, parameters, sessions.Begin(request.Client, who, progress, pending, call.Now));
    }

    private async Task<SignInStep> Factor(
        SignInRequest request, User user, SignInProgress progress, string factor, Call call)
    {
        var factors = await find.Of(request.Pool, user, call);
        if (!factors.IsAsked(request.Pool, user, factor, progress)) throw Reject.NoSecondFactor();
        var posed = await pose.Factor(request, user, progress, factor, factors.SoftwareToken, call);
        return await complete.Commit(posed, write: null, call);
    }

    /// <summary>Neither a verdict nor a challenge that can be posed here. In own words.</summary>
    private static ApiException Unusable() => new(
        Errors.InvalidLambdaResponseException,
        "DefineAuthChallenge must name a challenge, issue tokens or fail authentication.");
}
