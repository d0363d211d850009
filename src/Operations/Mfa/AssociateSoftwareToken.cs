using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Mfa;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol.Totp;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Mfa;

/// <summary>
/// Hands out the secret of a new authenticator, which VerifySoftwareToken puts into use. One that is in use
/// goes on working until then; another one that was not finished is forgotten.
/// </summary>
public sealed class AssociateSoftwareToken(
    Database database, FindTokenOwner find, SoftwareTokenStore tokens, UserStore users,
    ChallengeSessions sessions, RandomSource random)
    : IPublicOperation<AssociateSoftwareTokenRequest, AssociateSoftwareTokenResponse>
{
    public async Task<AssociateSoftwareTokenResponse> Execute(
        AssociateSoftwareTokenRequest request, Call call)
    {
        var (pool, client, user, session) = await Find(request, call);
        var token = await tokens.Find(pool.Id, user.Sub, call.Cancelled)
            ?? new SoftwareToken { PoolId = pool.Id, Sub = user.Sub };
        var secret = random.Bytes(TotpCode.SecretLength);
        try
        {
            await database.Write(
                async transaction =>
                {
                    await users.MustBeCurrent(transaction, user, call.Cancelled);
                    await tokens.Save(transaction, token.Associate(secret), call.Cancelled);
                },
                call.Cancelled);
        }
        catch (ConflictException)
        {
            // Of two secrets handed out at once only one would ever work.
            throw Reject.ConcurrentModification("software token");
        }

        return new()
        {
            SecretCode = Base32.Encode(secret),
            Session = session is null
                ? null
                : sessions.Begin(client, user, session.Progress, session.Pending, call.Now),
        };
    }

    /// <summary>The operation declares none of these; the service names the cause all the same.</summary>
    private async Task<TokenOwner> Find(AssociateSoftwareTokenRequest request, Call call)
    {
        try
        {
            return await find.Find(request.AccessToken, request.Session, call);
        }
        catch (ApiException refusal) when (refusal.Code is Errors.UserNotFoundException
            or Errors.PasswordResetRequiredException or Errors.UserNotConfirmedException)
        {
            throw Reject.NotAuthorized(refusal.Text!);
        }
    }
}
