using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Gives new tokens for a refresh token, whatever way it came. Everything that ends a sign-in is looked at
/// here: expiry, revocation, sign-out, reuse, and what the gate says of the user.
/// </summary>
public sealed class RedeemRefreshToken(
    RefreshTokens refreshTokens, IssueTokens tokens, UserStore users, SpentStore spent,
    DeviceBinding devices, TrackSessions sessions, EndSignIn end, WaysIn ways, TokenRules rules,
    Database database)
{
    /// <summary>The token with its holder.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: it was not issued for this client.</exception>
    public async Task<PresentedToken> Open(UserPool pool, AppClient client, string text, Call call)
    {
        var token = await refreshTokens.Open(text, client, call.Cancelled)
            ?? throw Reject.InvalidRefreshToken();
        return new(pool, client, token, await users.FindHolder(
            pool.Id, token.Sub, token.Origin.Family, token.Id, call.Cancelled));
    }

    /// <summary>New tokens. A client that rotates refresh tokens gets one in place of this, which is used up
    /// in the same transaction; without rotation, and where no sessions are tracked, nothing is
    /// written.</summary>
    /// <param name="deviceKey">As the client sent it; null for none.</param>
    /// <param name="clientMetadata">For the trigger; null for none.</param>
    /// <exception cref="ApiException">NotAuthorizedException, RefreshTokenReuseException,
    /// PasswordResetRequiredException, one of the three trigger errors.</exception>
    public async Task<AuthenticationResultType> Redeem(
        PresentedToken presented, string? deviceKey, IReadOnlyDictionary<string, string>? clientMetadata,
        Call call)
    {
        var (pool, client, token, _) = presented;
        var holder = await MustBeGood(presented, deviceKey, call);
        // Before anything is used up: a refusal by the trigger leaves the token good.
        var fresh = await tokens.ForRefresh(
            pool, client, holder, token, new(TokenSource.RefreshTokens, clientMetadata), call);
        if (!client.RotatesRefreshTokens && !pool.Sessions.IsOn) return fresh;
        var replacedAt = await database.Write(
            async transaction =>
            {
                if (pool.Sessions.IsOn)
                    await sessions.Touch(transaction, client, holder.User, token.Origin, call);
                return client.RotatesRefreshTokens
                    ? await spent.SpendSince(
                        transaction, pool.Id, token.Id, token.ExpiresAt, call.Now, call.Cancelled)
                    : null;
            },
            call.Cancelled);
        await MustNotBeReused(presented, replacedAt, call);
        return fresh;
    }

    private async Task<TokenHolder> MustBeGood(PresentedToken presented, string? deviceKey, Call call)
    {
        var (pool, _, token, holder) = presented;
        if (token.ExpiresAt <= call.Now) throw Reject.RefreshTokenExpired();
        if (holder is null) throw Reject.RefreshTokenRevoked();
        // A disabled user's sign-ins are all revoked; the refusal names the cause, as sign-in does.
        if (!holder.User.Enabled) throw Reject.UserDisabled();
        if (holder.IsRevoked || SignInGate.IsSignedOut(holder.User, token.Origin.BeganAt))
            throw Reject.RefreshTokenRevoked();
        if (!await ways.IsOpen(holder.User, token.Origin.EventId, call)) throw Reject.RefreshTokenRevoked();
        // What decides is the transaction; this spares work that would come to nothing.
        await MustNotBeReused(presented, holder.ReplacedAt, call);
        await devices.MustMatch(pool, token.Origin, deviceKey, call);
        SignInGate.AtToken(holder.User, token.Origin.EventId);
        return holder;
    }

    private async Task MustNotBeReused(PresentedToken presented, DateTimeOffset? replacedAt, Call call)
    {
        if (replacedAt is not { } since) return;
        // Whoever began before the other one and is written after it comes later all the same.
        var age = call.Now > since ? call.Now - since : TimeSpan.Zero;
        if (age < presented.Client.RotationGrace) return;
        if (rules.EndsReusedSignIns)
            await end.Family(presented.Pool, presented.Token, isLinked: false, call);
        throw Reject.RefreshTokenReused();
    }
}

/// <summary>A refresh token of this client.</summary>
/// <param name="Holder">Null where the user is gone.</param>
public sealed record PresentedToken(UserPool Pool, AppClient Client, RefreshToken Token, TokenHolder? Holder);
