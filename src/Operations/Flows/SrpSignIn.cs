using System.Buffers;
using System.Text;
using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;
using Lifeguard.Protocol.Srp;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// USER_SRP_AUTH: the client proves the password without sending it (RFC 5054 with the service's own key
/// derivation). Between the two legs all state travels in SECRET_BLOCK, sealed and good for one answer.
/// </summary>
public sealed class SrpSignIn(
    FindSignInUser find, PreAuthentication preAuthentication, PasswordAttempts attempts,
    CompleteSignIn complete, ComputeQueue queue, SrpEphemerals ephemerals, Sealer sealer, RandomSource random,
    UserStore users, SpentStore spent, Database database, ChallengeSessions sessions)
{
    private const string Purpose = "secret-block";

    /// <summary>How far a client's clock may be off; the service
    /// documents only "seconds", clients need more.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>The first leg: PASSWORD_VERIFIER with salt
    /// and B, for known and unknown users alike.</summary>
    public async Task<SignInStep> Start(string flow, SignInRequest request, Call call)
    {
        var name = request.Required("USERNAME");
        request.Required("SRP_A");
        ResolveClient.MustKnowSecret(request.Client, request.Optional("SECRET_HASH"), name);
        MustBeClientPublic(request);

        var (pool, client) = (request.Pool, request.Client);
        var found = await find.Find(pool, client, name, call.Cancelled);
        if (found.User is { } known) SignInGate.BeforePassword(client, known);
        SignInGate.MustHavePassword(client, found.User);
        await preAuthentication.Ask(request, found, name, call);
        var ephemeral = ephemerals.Take();
        var progress = SignInProgress.Begin(flow, request.Optional("DEVICE_KEY"), random, call.Now);
        return await Challenge(request, found, progress, ephemeral, call);
    }

    /// <summary>PASSWORD_VERIFIER for somebody who was found. Where it is one choice of several, it comes
    /// with a session, with which the client may change to another (observed).</summary>
    public Task<SignInStep> Challenge(
        SignInRequest request, SignInUser found, SignInProgress progress, Call call) =>
        Challenge(request, found, progress, ephemerals.Take(), call);

    private async Task<SignInStep> Challenge(
        SignInRequest request, SignInUser found, SignInProgress progress, SrpEphemeral ephemeral, Call call)
    {
        var client = request.Client;
        var a = MustBeClientPublic(request);
        var (salt, verifier) = VerifierOf(request.Pool, found);
        var pair = await queue.Run(() => ephemeral.For(verifier), call.Cancelled);
        var block = Seal(client, found.Sub, progress, a, pair, call.Now);
        return SignInStep.Challenged(
            ChallengeNameType.PasswordVerifier,
            new Dictionary<string, string>
            {
                ["SALT"] = SrpHex.Format(salt),
                ["SRP_B"] = SrpHex.Format(pair.Public),
                ["SECRET_BLOCK"] = Convert.ToBase64String(block),
                ["USERNAME"] = found.Username,
                ["USER_ID_FOR_SRP"] = found.Username,
            },
            progress.Flow == AuthFlowType.UserAuth
                ? sessions.Begin(client, found, progress, new(ChallengeNameType.PasswordVerifier), call.Now)
                : null);
    }

    /// <summary>The second leg: the proof.</summary>
    public async Task<SignInStep> Answer(SignInRequest request, Call call)
    {
        var name = request.Required("USERNAME");
        var claim = request.Required("PASSWORD_CLAIM_SIGNATURE");
        var blockText = request.Required("PASSWORD_CLAIM_SECRET_BLOCK");
        var timestamp = request.Required("TIMESTAMP");
        ResolveClient.MustKnowSecret(request.Client, request.Optional("SECRET_HASH"), name);

        var pool = request.Pool;
        if (Open(request.Client, blockText, out var raw) is not { } state || state.ExpiresAt <= call.Now)
            throw Reject.WrongPassword();
        call.SignIn = (state.Progress.EventId, state.Progress.DeviceKey);
        var user = await users.FindBySub(pool.Id, state.Sub, call.Cancelled);
        await attempts.Judge(
            pool.Id,
            state.Sub,
            async () =>
            {
                var isRight = await IsProved(pool, user, state, raw, timestamp, claim, call);
                // Each block is good for one proof, right or wrong, whatever becomes of the sign-in then.
                var isFirst = await Spend(pool.Id, state, call);
                return isRight && (isFirst ? true : throw Reject.WrongPassword());
            },
            call);
        SignInGate.AfterPassword(pool, user!, call.Now);
        SignInGate.MustNotBeSignedOut(user!, state.Progress);
        // Some clients name their device only here (doc).
        var progress = state.Progress.On(request.Optional("DEVICE_KEY"))
            .WithFirstFactor(AuthMethods.Password);
        return await complete.Next(request, user!, progress, call);
    }

    private static byte[] MustBeClientPublic(SignInRequest request) =>
        SrpServer.TryParseA(request.Required("SRP_A"), out var a)
            ? a
            : throw Reject.InvalidParameter("Invalid SRP_A value.");

    private async Task<bool> IsProved(
        UserPool pool, User? user, SrpState state, byte[] raw, string timestamp, string claim, Call call)
    {
        var isTimely = SrpTimestamp.TryParse(timestamp, out var at)
            && (at - call.Now).Duration() <= ClockTolerance;
        var (_, verifier) = VerifierOf(pool, new(user, state.Sub, user?.Username ?? ""));
        var expected = await queue.Run(
            () => SrpServer.ClaimSignature(
                SrpServer.SessionKey(state.ClientPublic, state.Pair.Public, state.Pair.Secret, verifier),
                pool.SrpName,
                user?.Username ?? "",
                raw,
                timestamp),
            call.Cancelled);
        return SrpServer.IsClaim(claim, expected)
            && isTimely
            && user?.SignInPassword is { SrpVerifier.Length: > 0 };
    }

    private Task<bool> Spend(string poolId, SrpState use, Call call) => database.Write(
        transaction => spent.TrySpend(transaction, poolId, use.Id, use.ExpiresAt, call.Cancelled),
        call.Cancelled);

    /// <summary>Salt and verifier; for nobody, and for users without a password, ones that always stay the
    /// same and that no password fits.</summary>
    private (byte[] Salt, byte[] Verifier) VerifierOf(UserPool pool, SignInUser found)
    {
        if (found.User?.SignInPassword is { SrpVerifier.Length: > 0 } password)
            return (password.SrpSalt, password.SrpVerifier);
        var salt = SrpSalt.From(
            sealer.Pseudonym("srp-salt", pool, found.Sub).AsSpan(0, SrpSalt.ByteLength));
        return (salt, sealer.Pseudonym("srp-verifier", pool, found.Sub));
    }

    private byte[] Seal(
        AppClient client, string sub, SignInProgress progress, byte[] clientPublic, SrpKeyPair pair,
        DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("id", random.Id());
            writer.WriteString("client", client.Id);
            writer.WriteString("sub", sub);
            writer.WriteBase64String("A", clientPublic);
            writer.WriteBase64String("b", pair.Secret);
            writer.WriteBase64String("B", pair.Public);
            writer.WriteNumber("exp", (now + client.SessionLifetime).ToUnixTimeMilliseconds());
            SessionJson.WriteProgress(writer, progress);
            writer.WriteEndObject();
        }

        return sealer.Seal(Purpose, client.PoolId, buffer.WrittenSpan);
    }

    private SrpState? Open(AppClient client, string blockText, out byte[] raw)
    {
        raw = new byte[(blockText.Length * 3 / 4) + 3];
        if (!Convert.TryFromBase64String(blockText, raw, out var length)) return null;
        raw = raw[..length];
        if (sealer.Open(Purpose, client.PoolId, raw) is not { } content) return null;
        using var document = JsonDocument.Parse(content);
        var root = document.RootElement;
        return root.GetProperty("client").GetString() != client.Id
            ? null
            : new(
                root.GetProperty("id").GetString()!,
                root.GetProperty("sub").GetString()!,
                SessionJson.ReadProgress(root),
                root.GetProperty("A").GetBytesFromBase64(),
                new(root.GetProperty("b").GetBytesFromBase64(), root.GetProperty("B").GetBytesFromBase64()),
                DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("exp").GetInt64()));
    }

    private sealed record SrpState(
        string Id, string Sub, SignInProgress Progress, byte[] ClientPublic, SrpKeyPair Pair,
        DateTimeOffset ExpiresAt)
    {
        public override string ToString() => nameof(SrpState);
    }
}
