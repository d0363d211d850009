using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.SignIns;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// The user of a sign-in as the pool's functions have left them. A function takes seconds and may call the
/// API itself: it, or anybody meanwhile, may have changed, disabled, reset, signed out or deleted the user.
/// What follows goes by what is so now.
/// </summary>
public sealed class UserAfterTrigger(UserStore users, WaysIn ways, RandomSource random)
{
    /// <summary>Who signs in, after a function was asked and before everything is proved. Where the user is
    /// gone, a client that hides existence goes on with a name that nobody has.</summary>
    /// <exception cref="ApiException">UserNotFoundException: the user is gone.</exception>
    public async Task<SignInUser> Of(AppClient client, SignInUser found, Call call)
    {
        if (found.User is not { } before) return found;
        if (await Read(before, call) is { } now) return SignInUser.Of(now);
        return client.HidesUserExistence ? found with { User = null } : throw Reject.UserNotFound();
    }

    /// <summary>The user of a sign-in of which everything is proved.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: the user is gone; and what the gate refuses
    /// with.</exception>
    public async Task<User> LetIn(UserPool pool, User before, Call call)
    {
        var now = await Read(before, call) ?? throw Reject.WrongPassword();
        SignInGate.AfterPassword(pool, now, call.Now);
        return now;
    }

    /// <summary>Whom another provider has named.</summary>
    /// <exception cref="FederationException">The user is gone, and what the gate refuses with.</exception>
    public async Task<User> LetInFederated(User before, Call call)
    {
        var now = await Read(before, call) ?? throw ProviderErrors.Of(Reject.UserNotFound());
        SignInGate.AtFederation(now);
        return now;
    }

    /// <summary>The user for whom tokens are made, or made anew.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: the user is gone or disabled, or the way of the
    /// sign-in is closed; PasswordResetRequiredException.</exception>
    public async Task<User> OfTokens(User before, TokenOrigin origin, Call call)
    {
        var now = await Read(before, call) ?? throw Reject.WrongPassword();
        SignInGate.AtToken(now, origin.EventId);
        return await ways.IsOpen(now, origin.EventId, call) ? now : throw Reject.WrongPassword();
    }

    /// <summary>The sign-in itself, which begins anew where the user was signed out everywhere while a
    /// function was asked: that ends what there was until then, not what comes of it.</summary>
    public SignInProgress Since(User? before, User? now, SignInProgress progress) =>
        EndOf(before, now) is { } end ? progress with { EventId = random.TimedId(end) } : progress;

    /// <summary>As the other, of what its tokens will share.</summary>
    public TokenOrigin Since(User before, User now, TokenOrigin origin)
    {
        if (EndOf(before, now) is not { } end) return origin;
        var eventId = RandomSource.IsFederated(origin.EventId)
            ? random.FederatedId(end, RandomSource.MarkOf(origin.EventId))
            : random.TimedId(end);
        return origin with { EventId = eventId };
    }

    /// <summary>Is it what <see cref="OfTokens"/> refuses with?</summary>
    public static bool Refuses(ApiException refusal) =>
        refusal.Code is Errors.NotAuthorizedException or Errors.PasswordResetRequiredException;

    private Task<User?> Read(User user, Call call) =>
        users.FindBySub(user.PoolId, user.Sub, call.Cancelled);

    private static DateTimeOffset? EndOf(User? before, User? now) =>
        now?.SignedOutAt is { } end && end != before?.SignedOutAt ? end : null;
}
