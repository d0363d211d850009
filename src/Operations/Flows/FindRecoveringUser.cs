using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// The user whom a public confirmation or recovery call names. Clients that hide
/// existence get a stand-in for unknown names, and for users in a state that would
/// tell them apart: the call then runs the same course, and comes to nothing.
/// </summary>
public sealed class FindRecoveringUser(ResolveUser users, FindSignInUser standIns)
{
    /// <param name="isHidden">Whom such clients must not tell apart from nobody.</param>
    /// <exception cref="ApiException">UserNotFoundException,
    /// only for clients that reveal existence.</exception>
    public async Task<SignInUser> Find(
        UserPool pool,
        AppClient client,
        string name,
        Func<User, bool> isHidden,
        CancellationToken cancellation)
    {
        var user = await users.Find(pool, name, cancellation);
        if (user is null && !client.HidesUserExistence) throw Reject.UsernameClientNotFound();
        return user is null || (client.HidesUserExistence && isHidden(user))
            ? new(null, standIns.StandInId(pool, name), name)
            : new(user, user.Sub, user.Username);
    }
}
