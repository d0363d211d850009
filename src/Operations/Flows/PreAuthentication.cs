using Lifeguard.Domain;
using Lifeguard.Operations.Triggers;

namespace Lifeguard.Operations.Flows;

/// <summary>Asks the pool's function whether a sign-in may begin: after the user is looked up and found not
/// to be locked, before anything is proved (doc).</summary>
public sealed class PreAuthentication(
    SignInTriggers triggers, PasswordAttempts attempts, UserAfterTrigger after)
{
    /// <summary>Who signs in, as the function has left them.</summary>
    /// <param name="name">The name that the client sent.</param>
    /// <exception cref="ApiException">NotAuthorizedException: locked; one of the three trigger errors;
    /// UserNotFoundException: the user is gone.</exception>
    public async Task<SignInUser> Ask(SignInRequest request, SignInUser found, string name, Call call)
    {
        var pool = request.Pool;
        if (!SignInTriggers.HasPreAuthentication(pool)) return found;
        await attempts.MustNotBeLocked(pool.Id, found.Sub, call);
        await triggers.PreAuthentication(
            pool, request.Client, found.User, name, request.ValidationData, call);
        return await after.Of(request.Client, found, call);
    }
}
