using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>REFRESH_TOKEN_AUTH: new ID and access tokens for an earlier sign-in. Writes nothing.</summary>
public sealed class RefreshSignIn(
    RefreshTokens refreshTokens, IssueTokens tokens, UserStore users, RevocationStore revocations,
    DeviceBinding devices)
{
    public async Task<SignInStep> Start(SignInRequest request, Call call)
    {
        var (pool, client) = (request.Pool, request.Client);
        var token = await refreshTokens.Open(request.Required("REFRESH_TOKEN"), client, call.Cancelled)
            ?? throw Reject.InvalidRefreshToken();
        var user = await users.FindBySub(pool.Id, token.Sub, call.Cancelled);
        MustKnowSecret(request, token, user);
        if (token.ExpiresAt <= call.Now) throw Reject.NotAuthorized("Refresh Token has expired");
        if (user is null || await IsRevoked(pool, user, token, call))
            throw Reject.NotAuthorized("Refresh Token has been revoked");
        await devices.MustMatch(pool, token.Origin, request.Optional("DEVICE_KEY"), call);
        SignInGate.AtRefresh(user);
        return SignInStep.SignedIn(await tokens.ForRefresh(pool, client, user, token.Origin, call));
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

    private async Task<bool> IsRevoked(UserPool pool, User user, RefreshToken token, Call call)
    {
        // A disabled user's sign-ins are all revoked; the refusal names the cause, as sign-in does.
        if (!user.Enabled) return false;
        return SignInGate.IsSignedOut(user, token.Origin.SignedInAt)
            || (token.Origin.OriginJti is { } origin
                && await revocations.IsRevoked(pool.Id, origin, call.Cancelled));
    }
}
