using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Mfa;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Mfa;

/// <summary>
/// Puts the secret that AssociateSoftwareToken has handed out into use, once a code shows that the user has
/// it. With a session it is switched on as second factor too; a signed-in user sets the preference apart.
/// </summary>
/// <remarks>Wrong codes are not counted: whoever may guess here was handed the secret itself.</remarks>
public sealed class VerifySoftwareToken(
    Database database, FindTokenOwner find, SoftwareTokenStore tokens, UserStore users, OpenChallenge open,
    ChallengeSessions sessions, TypedTotp typed)
    : IPublicOperation<VerifySoftwareTokenRequest, VerifySoftwareTokenResponse>
{
    public async Task<VerifySoftwareTokenResponse> Execute(VerifySoftwareTokenRequest request, Call call)
    {
        var owner = await find.Find(request.AccessToken, request.Session, call);
        var token = await tokens.Find(owner.Pool.Id, owner.User.Sub, call.Cancelled);
        if (token is not { Pending: { } secret }) throw Reject.SoftwareTokenNotSetUp();
        var step = typed.StepOf(secret, request.UserCode, call) ?? throw Reject.SoftwareTokenNotEnabled();
        var verified = token.Verify(request.FriendlyDeviceName, step);
        return new()
        {
            Status = VerifySoftwareTokenResponseType.Success,
            Session = owner.Session is { } session
                ? await GoOn(owner, session, verified, call)
                : await Keep(verified, call),
        };
    }

    private async Task<string?> Keep(SoftwareToken verified, Call call)
    {
        await database.Write(
            transaction => tokens.Save(transaction, verified, call.Cancelled), call.Cancelled);
        return null;
    }

    private async Task<string> GoOn(
        TokenOwner owner, ChallengeSession session, SoftwareToken verified, Call call)
    {
        var (pool, client, user, _) = owner;
        var changed = user with
        {
            Mfa = user.Mfa.With(ChallengeNameType.SoftwareTokenMfa),
            ModifiedAt = call.Now,
        };
        await database.Write(
            async transaction =>
            {
                await open.Spend(transaction, session, call);
                await tokens.Save(transaction, verified, call.Cancelled);
                await users.Update(transaction, changed, pool, call.Cancelled);
            },
            call.Cancelled);
        return sessions.Begin(
            client, user, session.Progress, session.Pending with { HasNewSoftwareToken = true }, call.Now);
    }
}
