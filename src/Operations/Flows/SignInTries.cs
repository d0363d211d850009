using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Counts the codes that are tried in sign-ins, each durably before it is looked at: those of one sign-in,
/// whichever of its sessions they come with, and those of a user in an hour, in whatever sign-ins and by
/// whatever factors. So neither parallel guesses nor ever new sign-ins buy more than the limit.
/// </summary>
public sealed class SignInTries(AttemptStore attempts, Database database, AttemptLimits limits)
{
    /// <summary>Codes that one sign-in may try; then it has to begin anew.</summary>
    public const int PerSignIn = 5;

    private const string OfUser = "sign-in-code";

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Takes a try; only then may a code be compared.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: the sign-in has had its tries;
    /// TooManyRequestsException: the user has.</exception>
    public async Task Take(ChallengeSession session, Call call)
    {
        var (pool, sub) = (session.PoolId, session.Sub);
        // Spares a write for what is beyond the limit anyway.
        var earlier = await attempts.Find(pool, sub, OfUser, call.Now, call.Cancelled);
        if (earlier >= limits.SignInCodes) throw Reject.TooManySignInCodes();
        await database.Write(
            async transaction =>
            {
                // A refusal takes back what the same transaction has counted.
                if (!await Count(transaction, session, OfSignIn(session), PerSignIn, call))
                    throw Reject.SessionExpired();
                if (!await Count(transaction, session, OfUser, limits.SignInCodes, call))
                    throw Reject.TooManySignInCodes();
            },
            call.Cancelled);
    }

    /// <summary>Takes the try back: the code was right, and what it allows has to be done again.</summary>
    public Task Return(ChallengeSession session, Call call) => database.Write(
        async transaction =>
        {
            foreach (var kind in Kinds(session))
            {
                await attempts.Uncount(
                    transaction, session.PoolId, session.Sub, kind, call.Cancelled);
            }
        },
        call.Cancelled);

    /// <summary>Forgets all tries, after a right code.</summary>
    public async Task Clear(Transaction transaction, ChallengeSession session, Call call)
    {
        foreach (var kind in Kinds(session))
            await attempts.Clear(transaction, session.PoolId, session.Sub, kind, call.Cancelled);
    }

    private Task<bool> Count(
        Transaction transaction, ChallengeSession session, string kind, int limit, Call call) =>
        attempts.Count(
            transaction, session.PoolId, session.Sub, kind, limit, Window, call.Now, call.Cancelled);

    private static string[] Kinds(ChallengeSession session) => [OfSignIn(session), OfUser];

    private static string OfSignIn(ChallengeSession session) => $"{OfUser}/{session.Progress.EventId}";
}
