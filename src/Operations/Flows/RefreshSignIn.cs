using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>REFRESH_TOKEN_AUTH: new ID and access tokens for an earlier sign-in.</summary>
public sealed class RefreshSignIn(RedeemRefreshToken redeem)
{
    public async Task<SignInStep> Start(SignInRequest request, Call call)
    {
        var presented = await redeem.Open(
            request.Pool, request.Client, request.Required("REFRESH_TOKEN"), call);
        MustKnowSecret(request, presented.Token, presented.Holder?.User);
        try
        {
            // ClientMetadata of a call that begins a flow does not reach the trigger (doc).
            return SignInStep.SignedIn(await redeem.Redeem(
                presented, request.Optional("DEVICE_KEY"), clientMetadata: null, call));
        }
        catch (ApiException refusal) when (refusal.Code == Errors.RefreshTokenReuseException)
        {
            // It was replaced while the client rotated tokens; this flow has no word of its own for that.
            throw Reject.RefreshTokenRevoked();
        }
    }

    /// <summary>The hash of a refresh is made over the user name or the sub; USERNAME is accepted too, since
    /// some clients send it (observed).</summary>
    private static void MustKnowSecret(SignInRequest request, RefreshToken token, User? user)
    {
        var (client, hash) = (request.Client, request.Optional("SECRET_HASH"));
        string[] names = [user?.Username ?? token.Sub, token.Sub, request.Optional("USERNAME") ?? token.Sub];
        // A wrong hash has words of its own here (observed); a missing or needless one has not.
        if (client.IsConfidential && hash is not null && !ResolveClient.KnowsSecret(client, hash, names))
            throw Reject.NotAuthorized($"SecretHash does not match for the client: {client.Id}");
        ResolveClient.MustKnowSecret(client, hash, names);
    }
}
