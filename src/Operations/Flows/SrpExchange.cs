using Lifeguard.Domain;
using Lifeguard.Protocol.Srp;

namespace Lifeguard.Operations.Flows;

/// <summary>The server's half of an SRP exchange, for users and devices alike.</summary>
public sealed class SrpExchange(ComputeQueue queue, SrpEphemerals ephemerals, OutsideTime outside)
{
    /// <summary>How far a client's clock may be off; the service
    /// documents only "seconds", clients need more.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>A, as a client sends it.</summary>
    /// <exception cref="ApiException">InvalidParameterException: it is none.</exception>
    public static byte[] ClientPublic(string hex) => SrpServer.TryParseA(hex, out var a)
        ? a
        : throw Reject.InvalidParameter("Invalid SRP_A value.");

    /// <summary>The server's key pair for one exchange.</summary>
    public Task<SrpKeyPair> Begin(byte[] verifier, Call call)
    {
        var ephemeral = ephemerals.Take();
        return queue.RunBriefly(() => ephemeral.For(verifier), call);
    }

    /// <summary>Is the claim the right one, and made about now? In a time that does not tell.</summary>
    public async Task<bool> IsProved(SrpClaim claim, SrpState state, byte[] verifier, Call call)
    {
        var isTimely = SrpTimestamp.TryParse(claim.Timestamp, out var at)
            && outside.Of(call).Any(now => (at - now).Duration() <= ClockTolerance);
        var expected = await queue.RunBriefly(
            () => SrpServer.ClaimSignature(
                SrpServer.SessionKey(state.ClientPublic, state.Pair.Public, state.Pair.Secret, verifier),
                claim.Group,
                claim.Id,
                claim.Block,
                claim.Timestamp),
            call);
        return SrpServer.IsClaim(claim.Signature, expected) && isTimely;
    }
}

/// <summary>What a client claims to know the password of.</summary>
/// <param name="Group">The pool's name, or a device's group key.</param>
/// <param name="Id">The user's name, or a device's key.</param>
/// <param name="Block">The raw bytes of SECRET_BLOCK.</param>
public sealed record SrpClaim(string Group, string Id, byte[] Block, string Signature, string Timestamp)
{
    /// <summary>Never prints its members.</summary>
    public override string ToString() => nameof(SrpClaim);
}

/// <summary>What the server has to remember between the two legs.</summary>
public sealed record SrpState(byte[] ClientPublic, SrpKeyPair Pair)
{
    /// <summary>Never prints its members.</summary>
    public override string ToString() => nameof(SrpState);
}
