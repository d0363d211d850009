using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;
using Lifeguard.Protocol.Srp;

namespace Lifeguard.Operations.Flows;

/// <summary>PASSWORD_VERIFIER as clients get it. All of its state is in SECRET_BLOCK, which is good for one
/// answer.</summary>
public sealed class PasswordVerifier(
    SrpExchange srp, SrpBlocks blocks, ChallengeSessions sessions, Sealer sealer, RandomSource random)
{
    private const string Purpose = "secret-block";

    /// <summary>The challenge, for known and unknown users alike.</summary>
    public async Task<SignInStep> Pose(
        SignInRequest request, SignInUser found, SignInProgress progress, byte[] clientPublic, Call call)
    {
        var client = request.Client;
        var (salt, verifier) = VerifierOf(request.Pool, found);
        var pair = await srp.Begin(verifier, call);
        var block = blocks.Seal(Purpose, client.PoolId, new(clientPublic, pair), writer =>
        {
            writer.WriteString("id", random.Id());
            writer.WriteString("client", client.Id);
            writer.WriteString("sub", found.Sub);
            writer.WriteNumber("exp", (call.Now + client.SessionLifetime).ToUnixTimeMilliseconds());
            SessionJson.WriteProgress(writer, progress);
        });
        return SignInStep.Challenged(
            ChallengeNameType.PasswordVerifier,
            new Dictionary<string, string>
            {
                ["SALT"] = SrpHex.Format(salt),
                ["SRP_B"] = SrpHex.Format(pair.Public),
                ["SECRET_BLOCK"] = block,
                ["USERNAME"] = found.Username,
                ["USER_ID_FOR_SRP"] = found.Username,
            },
            // Clients expect one in the midst of custom challenges, and where it is one choice of several:
            // with it they may change to another (observed).
            progress.IsDefinedByTriggers || progress.Flow == AuthFlowType.UserAuth
                ? sessions.Begin(client, found, progress, new(ChallengeNameType.PasswordVerifier), call.Now)
                : null);
    }

    /// <summary>The state in the block of an answer.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: not a block of this client, or too old; or a
    /// session of another sign-in was sent along.</exception>
    public OpenedBlock<PasswordClaim> Open(SignInRequest request, string blockText, Call call)
    {
        var client = request.Client;
        var opened = blocks.Open(Purpose, client.PoolId, blockText, Read);
        if (opened is null || opened.More.ClientId != client.Id || opened.More.ExpiresAt <= call.Now)
            throw Reject.WrongPassword();
        if (opened.More.Progress.IsDefinedByTriggers && request.Session is { } text)
        {
            var session = sessions.Open(text, client, ChallengeNameType.PasswordVerifier, call.Now);
            if (session.Progress.EventId != opened.More.Progress.EventId) throw Reject.SessionInvalid();
        }

        return opened;
    }

    /// <summary>Does the claim prove the user's password? Never for nobody.</summary>
    public async Task<bool> IsProved(
        UserPool pool, User? user, OpenedBlock<PasswordClaim> block, string signature, string timestamp,
        Call call)
    {
        var name = user?.Username ?? "";
        var (_, verifier) = VerifierOf(pool, new(user, block.More.Sub, name));
        var claim = new SrpClaim(pool.SrpName, name, block.Raw, signature, timestamp);
        return await srp.IsProved(claim, block.State, verifier, call)
            && user?.SignInPassword is { SrpVerifier.Length: > 0 };
    }

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

    private static PasswordClaim Read(JsonElement root) => new(
        root.GetProperty("id").GetString()!,
        root.GetProperty("client").GetString()!,
        root.GetProperty("sub").GetString()!,
        SessionJson.ReadProgress(root),
        DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("exp").GetInt64()));
}

/// <summary>Whose password is to be proved, in which sign-in.</summary>
public sealed record PasswordClaim(
    string Id, string ClientId, string Sub, SignInProgress Progress, DateTimeOffset ExpiresAt)
{
    /// <summary>Never prints its members.</summary>
    public override string ToString() => nameof(PasswordClaim);
}
