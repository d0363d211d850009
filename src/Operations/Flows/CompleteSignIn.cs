using Lifeguard.Domain;
using Lifeguard.Domain.Devices;
using Lifeguard.Domain.SignIns;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Takes a sign-in on after a step: to the next challenge, or to tokens, as <see cref="SignInPlan"/> says.
/// Every flow ends here.
/// </summary>
public sealed class CompleteSignIn(
    FindUserFactors find, FindDevice devices, DeviceOfSignIn deviceOf, WeighSignIn risks, PoseChallenge pose,
    IssueTokens tokens, SignInTriggers triggers, UserAfterTrigger after, TrackSessions sessions,
    MessageDelivery delivery, Database database)
{
    /// <summary>The next step of a user whom the gate has let through.</summary>
    /// <param name="user">As <paramref name="write"/> leaves the user.</param>
    /// <param name="progress">With what the step has proved.</param>
    /// <param name="write">What the step itself has to store, such as the session it uses up; committed
    /// together with the message of the next challenge. Null for nothing.</param>
    /// <param name="then">What follows as soon as that is committed, before the sign-in goes on, such as the
    /// function that hears of a confirmation: it may change the user. Null for nothing.</param>
    /// <exception cref="ApiException">NotAuthorizedException: too risky; MFAMethodNotFoundException,
    /// ResourceNotFoundException for a device that was forgotten meanwhile, one of the three trigger errors,
    /// and what <paramref name="write"/> throws.</exception>
    public async Task<SignInStep> Next(
        SignInRequest request, User user, SignInProgress progress, Call call,
        Func<Transaction, Task>? write = null, Func<Task>? then = null)
    {
        var (device, factors) = await Known(request, user, progress, call);
        progress = await risks.Weigh(request, user, factors, progress, call);
        var next = SignInPlan.Of(request.Pool, user, factors, progress);
        if (next is NextStep.IssueTokens)
        {
            var used = deviceOf.Of(request, user, device, call);
            return await SignIn(request, user, progress, used, write, then, call);
        }

        var challenge = next switch
        {
            NextStep.ReplacePassword => await Commit(
                pose.NewPassword(request, user, progress, call), write, call),
            NextStep.ProveDevice => await AskDevice(request, user, progress, device!, write, call),
            var step => await Commit(
                await Factor(step, request, user, progress, factors, call), write, call),
        };
        if (then is not null) await then();
        return challenge;
    }

    /// <summary>The second factor that a proved password calls for before the triggers of a custom sign-in
    /// are asked on; null where nothing of it is due yet.</summary>
    /// <param name="user">As <paramref name="write"/> leaves the user.</param>
    /// <param name="write">As of <see cref="Next"/>; not called where there is no step.</param>
    /// <exception cref="ApiException">MFAMethodNotFoundException, one of the three trigger errors, and what
    /// <paramref name="write"/> throws.</exception>
    public async Task<SignInStep?> SecondFactor(
        SignInRequest request, User user, SignInProgress progress, Call call,
        Func<Transaction, Task>? write = null)
    {
        var (_, factors) = await Known(request, user, progress, call);
        return SignInPlan.Of(request.Pool, user, factors, progress) switch
        {
            NextStep.ReplacePassword or NextStep.ProveDevice or NextStep.IssueTokens => null,
            var step => await Commit(
                await Factor(step, request, user, progress, factors, call), write, call),
        };
    }

    private async Task<(Device? Device, UserFactors Factors)> Known(
        SignInRequest request, User user, SignInProgress progress, Call call)
    {
        var device = await devices.Of(request.Pool, user.Sub, progress.DeviceKey, call);
        var factors = await find.Of(request.Pool, user, call);
        return (device, factors with { RemembersDevice = device?.CanProve == true });
    }

    private async Task<PosedChallenge> Factor(
        NextStep step, SignInRequest request, User user, SignInProgress progress, UserFactors factors,
        Call call) => step switch
        {
            NextStep.AnswerFactor(var factor) =>
                await pose.Factor(request, user, progress, factor, factors.SoftwareToken, call),
            NextStep.ChooseFactor(var choice) => pose.Choice(request, user, progress, choice, call),
            NextStep.SetUpFactor(var choice) => pose.SetUp(request, user, progress, choice, call),
            NextStep.NoFactorLeft => throw Reject.NoSecondFactor(),
            _ => throw new InvalidOperationException("A new kind of step is not handled."),
        };

    /// <summary>Hands out a challenge once its message and what the step has to store are
    /// committed.</summary>
    public async Task<SignInStep> Commit(PosedChallenge posed, Func<Transaction, Task>? write, Call call)
    {
        // Most challenges send nothing, and beginning a sign-in then writes nothing.
        if (posed.Message is null && write is null) return posed.Step;
        await database.Write(
            async transaction =>
            {
                if (write is not null) await write(transaction);
                if (posed.Message is { } message) await delivery.Commit(transaction, message, call);
            },
            call.Cancelled);
        return posed.Step;
    }

    private async Task<SignInStep> AskDevice(
        SignInRequest request, User user, SignInProgress progress, Device device,
        Func<Transaction, Task>? write, Call call)
    {
        var posed = pose.Device(request, user, progress, device.Key, call);
        return await Commit(posed, Write, call);

        async Task Write(Transaction transaction)
        {
            if (write is not null) await write(transaction);
            await deviceOf.Await(transaction, device, posed.Step.Session!, call);
        }
    }

    private async Task<SignInStep> SignIn(
        SignInRequest request, User user, SignInProgress progress, UsedDevice? device,
        Func<Transaction, Task>? write, Func<Task>? then, Call call)
    {
        if (request.IsOnPages) return await Arrive(request, user, progress, write, then, call);
        var (pool, client) = (request.Pool, request.Client);
        var origin = tokens.Origin(pool, client, progress with { DeviceKey = device?.Device.Key }, call);
        Func<Transaction, Task>? keep = device is null
            ? write
            : Both(write, transaction => deviceOf.Store(transaction, device, call));
        Func<Transaction, Task>? track = pool.Sessions.IsOn
            ? transaction => sessions.Add(transaction, pool, client, user, origin, call)
            : null;
        // There is no session before the triggers let the user in.
        var isTold = SignInTriggers.HasPostAuthentication(pool);
        var mayBeKeptOut = isTold || then is not null || TokenTriggers.Has(pool);
        await Write(mayBeKeptOut ? keep : Both(keep, track), call);
        var written = user;
        if (then is not null)
        {
            await then();
            user = await after.LetIn(pool, user, call);
        }

        await triggers.PostAuthentication(
            pool, client, user, device?.IsNew == true, request.ClientMetadata, call);
        if (isTold) user = await after.LetIn(pool, user, call);
        origin = after.Since(written, user, origin);
        var occasion = new TokenOccasion(TokenSource.Of(progress), request.ClientMetadata);
        (var issued, origin) = await tokens.ForSignIn(request, user, origin, occasion, call);
        if (mayBeKeptOut) await Write(track, call);
        return SignInStep.SignedIn(issued with { NewDeviceMetadata = device?.Metadata });
    }

    /// <summary>On pages: the tokens, their trigger and their session come when an app fetches
    /// them.</summary>
    private async Task<SignInStep> Arrive(
        SignInRequest request, User user, SignInProgress progress, Func<Transaction, Task>? write,
        Func<Task>? then, Call call)
    {
        await Write(write, call);
        var now = user;
        if (then is not null)
        {
            await then();
            now = await after.LetIn(request.Pool, now, call);
        }

        await triggers.PostAuthentication(
            request.Pool, request.Client, now, isNewDevice: false, request.ClientMetadata, call);
        if (SignInTriggers.HasPostAuthentication(request.Pool))
            now = await after.LetIn(request.Pool, now, call);
        return SignInStep.Arrived(now, after.Since(user, now, progress), call.Now);
    }

    private async Task Write(Func<Transaction, Task>? write, Call call)
    {
        if (write is not null) await database.Write(write, call.Cancelled);
    }

    private static Func<Transaction, Task>? Both(
        Func<Transaction, Task>? first, Func<Transaction, Task>? second)
    {
        if (first is null) return second;
        if (second is null) return first;
        return async transaction =>
        {
            await first(transaction);
            await second(transaction);
        };
    }
}
