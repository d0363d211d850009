using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// USER_SRP_AUTH: the client proves the password without sending it (RFC 5054 with the service's own key
/// derivation). Between the two legs all state travels in SECRET_BLOCK, sealed and good for one answer.
/// </summary>
public sealed class SrpSignIn(
    FindSignInUser find, PreAuthentication preAuthentication, PasswordAttempts attempts,
    PasswordVerifier verifier, FindDevice devices, CompleteSignIn complete, DefineSignIn define,
    RandomSource random, UserStore users, SpentStore spent, Database database)
{
    /// <summary>The first leg: PASSWORD_VERIFIER with salt
    /// and B, for known and unknown users alike.</summary>
    public async Task<SignInStep> Start(string flow, SignInRequest request, Call call)
    {
        var name = request.Required("USERNAME");
        request.Required("SRP_A");
        ResolveClient.MustKnowSecret(request.Client, request.Optional("SECRET_HASH"), name);
        SrpExchange.ClientPublic(request.Required("SRP_A"));

        var (pool, client) = (request.Pool, request.Client);
        var found = await find.Find(pool, client, name, call.Cancelled);
        if (found.User is { } known) SignInGate.BeforePassword(client, known);
        SignInGate.MustHavePassword(client, found.User);
        found = await preAuthentication.Ask(request, found, name, call);
        var progress = SignInProgress.Begin(
            flow, request.Optional("DEVICE_KEY"), random, found.Begins(call.Now));
        return await Challenge(request, found, progress, call);
    }

    /// <summary>PASSWORD_VERIFIER for somebody who was found.</summary>
    public Task<SignInStep> Challenge(
        SignInRequest request, SignInUser found, SignInProgress progress, Call call)
    {
        var a = SrpExchange.ClientPublic(request.Required("SRP_A"));
        return verifier.Pose(request, found, progress, a, call);
    }

    /// <summary>The second leg: the proof.</summary>
    public async Task<SignInStep> Answer(SignInRequest request, Call call)
    {
        var name = request.Required("USERNAME");
        var signature = request.Required("PASSWORD_CLAIM_SIGNATURE");
        var blockText = request.Required("PASSWORD_CLAIM_SECRET_BLOCK");
        var timestamp = request.Required("TIMESTAMP");
        ResolveClient.MustKnowSecret(request.Client, request.Optional("SECRET_HASH"), name);

        var pool = request.Pool;
        var block = verifier.Open(request, blockText, call);
        call.SignIn = (block.More.Progress.EventId, block.More.Progress.DeviceKey);
        var (sub, deviceKey) = (block.More.Sub, request.Optional("DEVICE_KEY"));
        var user = await users.FindBySub(pool.Id, sub, call.Cancelled);
        await attempts.Judge(
            pool.Id,
            sub,
            async () =>
            {
                var isRight = await verifier.IsProved(pool, user, block, signature, timestamp, call);
                // Who has proved the password may repeat the step without the device.
                if (isRight) await devices.MustBeKnown(pool, sub, deviceKey, call);
                // Each block is good for one proof, right or wrong, whatever becomes of the sign-in then.
                var isFirst = await Spend(pool.Id, block.More, call);
                return isRight && (isFirst ? true : throw Reject.WrongPassword());
            },
            call);
        // Some clients name their device only here (doc).
        return await GoOn(request, user!, block.More.Progress.On(deviceKey), call);
    }

    private async Task<SignInStep> GoOn(
        SignInRequest request, User user, SignInProgress progress, Call call)
    {
        SignInGate.AfterPassword(request.Pool, user, call.Now);
        SignInGate.MustNotBeSignedOut(user, progress);
        if (!progress.IsDefinedByTriggers)
            return await complete.Next(request, user, progress.WithFirstFactor(AuthMethods.Password), call);
        progress = progress.WithProof(AuthMethods.Password)
            .With(new PastChallenge(ChallengeNameType.PasswordVerifier, Passed: true, Metadata: null));
        return await define.AfterPassword(request, user, progress, call);
    }

    private Task<bool> Spend(string poolId, PasswordClaim use, Call call) => database.Write(
        transaction => spent.TrySpend(transaction, poolId, use.Id, use.ExpiresAt, call.Cancelled),
        call.Cancelled);
}
