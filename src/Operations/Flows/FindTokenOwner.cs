using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Whose authenticator is being set up: a signed-in user's, or that of a user whose sign-in has come
/// to MFA_SETUP.</summary>
public sealed class FindTokenOwner(
    AccessTokens tokens, ChallengeSessions sessions, OpenChallenge open, ClientStore clients, PoolStore pools,
    UserStore users, FindUserFactors find)
{
    /// <summary>The owner, by exactly one of the two.</summary>
    /// <exception cref="ApiException">InvalidParameterException: both or neither; NotAuthorizedException and
    /// what else the token or the session is refused with; SoftwareTokenMFANotFoundException: the pool
    /// takes no authenticators.</exception>
    public async Task<TokenOwner> Find(string? accessToken, string? session, Call call)
    {
        // The words are our own.
        if (accessToken is null == session is null)
            throw Reject.InvalidParameter("Exactly one of AccessToken and Session is required.");
        var owner = session is null ? await BySignIn(accessToken!, call) : await BySession(session, call);
        return owner.Pool.Factors.HasSoftwareToken ? owner : throw Reject.SoftwareTokenNotOffered();
    }

    private async Task<TokenOwner> BySignIn(string accessToken, Call call)
    {
        var signedIn = await tokens.Admit(accessToken, call);
        return new(signedIn.Pool, signedIn.Client, signedIn.User, null);
    }

    /// <summary>A session is good for this only as long as its user has nothing else to be asked for:
    /// otherwise the password alone would replace a second factor.</summary>
    private async Task<TokenOwner> BySession(string text, Call call)
    {
        var session = sessions.Open(text, ChallengeNameType.MfaSetup, call.Now);
        var client = await clients.Find(session.ClientId, call.Cancelled);
        var pool = await pools.Find(session.PoolId, call.Cancelled);
        if (client is null || pool is null || client.PoolId != pool.Id) throw Reject.SessionInvalid();
        var user = await users.FindBySub(pool.Id, session.Sub, call.Cancelled);
        await open.MustBeGood(pool, session, user, call);
        var factors = await find.Of(pool, user!, call);
        if (SignInPlan.Of(pool, user!, factors, session.Progress) is not NextStep.SetUpFactor)
            throw Reject.SessionInvalid();
        return new(pool, client, user!, session);
    }
}

/// <summary>Whose authenticator it is.</summary>
/// <param name="Session">The sign-in under way; null for a signed-in user.</param>
public sealed record TokenOwner(UserPool Pool, AppClient Client, User User, ChallengeSession? Session);
