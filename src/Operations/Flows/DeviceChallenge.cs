using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Devices;
using Lifeguard.Protocol.Srp;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: a remembered device proves its secret, by SRP as
/// users prove their passwords.</summary>
public sealed class DeviceChallenge(
    OpenChallenge open, ResolveUser resolve, FindDevice devices, SrpExchange srp, SrpBlocks blocks,
    PasswordAttempts attempts, ChallengeSessions sessions, CompleteSignIn complete, Database database)
{
    private const string Purpose = "device-secret-block";

    private const string Key = "DEVICE_KEY";

    /// <summary>The first leg: takes A, and answers with salt and B.</summary>
    public async Task<SignInStep> AnswerSrp(SignInRequest request, Call call)
    {
        request = request with { Session = request.Session ?? await Awaited(request, call) };
        var (session, user) = await open.Open(request, ChallengeNameType.DeviceSrpAuth, call, Key, "SRP_A");
        var a = SrpExchange.ClientPublic(request.Required("SRP_A"));
        var device = await Provable(request, user, call);
        var pair = await srp.Begin(device.Secret!.Verifier, call);

        var pending = new PendingChallenge(ChallengeNameType.DevicePasswordVerifier);
        var next = sessions.Begin(request.Client, user, session.Progress, pending, call.Now);
        var block = blocks.Seal(
            Purpose, device.PoolId, new(a, pair), writer => writer.WriteString("session", next));
        var step = SignInStep.Challenged(
            ChallengeNameType.DevicePasswordVerifier,
            new Dictionary<string, string>
            {
                ["SALT"] = SrpHex.Format(device.Secret.Salt),
                ["SRP_B"] = SrpHex.Format(pair.Public),
                ["SECRET_BLOCK"] = block,
                ["USERNAME"] = user.Username,
                [Key] = device.Key,
            },
            next);
        return await complete.Commit(
            new(step, null), transaction => open.Spend(transaction, session, call), call);
    }

    /// <summary>The second leg: the proof. A wrong one counts as a wrong password does.</summary>
    public async Task<SignInStep> AnswerProof(SignInRequest request, Call call)
    {
        request.Required("USERNAME");
        var block = Open(request);
        var (session, user) = await open.Open(
            request with { Session = block.More }, ChallengeNameType.DevicePasswordVerifier, call, Key,
            "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP");
        var device = await Provable(request, user, call);
        var claim = new SrpClaim(
            device.GroupKey, device.Key, block.Raw, request.Required("PASSWORD_CLAIM_SIGNATURE"),
            request.Required("TIMESTAMP"));
        await attempts.Judge(
            user.PoolId,
            user.Sub,
            async () =>
            {
                if (await srp.IsProved(claim, block.State, device.Secret!.Verifier, call)) return true;
                await database.Write(
                    transaction => open.Spend(transaction, session, call), call.Cancelled);
                return false;
            },
            call);
        return await complete.Next(
            request, user, session.Progress.WithDevice(), call,
            transaction => open.Spend(transaction, session, call));
    }

    private async Task<string?> Awaited(SignInRequest request, Call call) =>
        request.Optional(Key) is { } key && request.Optional("USERNAME") is { } name
        && await resolve.Find(request.Pool, name, call.Cancelled) is { } user
            ? await devices.SessionAwaiting(request.Pool, user.Sub, key, call)
            : null;

    /// <summary>The block holds the session: some clients send none here (observed), and one that is sent
    /// must be the same.</summary>
    private OpenedBlock<string> Open(SignInRequest request)
    {
        var text = request.Required("PASSWORD_CLAIM_SECRET_BLOCK");
        var block = blocks.Open(
            Purpose, request.Client.PoolId, text, root => root.GetProperty("session").GetString()!)
            ?? throw Reject.WrongPassword();
        return request.Session is null || request.Session == block.More
            ? block
            : throw Reject.SessionInvalid();
    }

    /// <summary>The device that the answer names, as long as it is remembered. One that was exchanged for
    /// another between the legs fails the proof, whose verifier is then another.</summary>
    private async Task<Device> Provable(SignInRequest request, User user, Call call)
    {
        var device = await devices.Get(request.Pool, user, request.Required(Key), call);
        return device.CanProve ? device : throw Reject.SessionInvalid();
    }
}
