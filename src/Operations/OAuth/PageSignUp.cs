using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.OAuth;

/// <summary>Lets somebody who has registered on the pages of a domain go on to the app without signing in
/// anew.</summary>
public sealed class PageSignUp(
    UserStore users, ResolveUser resolve, SignUpSessions sessions, PageSignIn signIn)
{
    /// <summary>The session of the registration.</summary>
    public async Task<string> Begin(UserPool pool, AppClient client, string sub, Call call)
    {
        var user = await users.FindBySub(pool.Id, sub, call.Cancelled)
            ?? throw Reject.UserNotFound();
        return sessions.BeginOnPages(client, user, call.Now);
    }

    /// <summary>Is the account confirmed already that the session's owner has registered under this name?
    /// Who has the session made the account, and may be told, however long ago that was; nobody else is told
    /// which accounts there are.</summary>
    public async Task<bool> IsConfirmed(
        AppClient client, UserPool pool, string name, string session, Call call)
    {
        if (sessions.RegisteredOnPages(session, client) is not { } sub) return false;
        var user = await resolve.Find(pool, name, call.Cancelled);
        return user?.Sub == sub && user.Status != UserStatusType.Unconfirmed;
    }

    /// <summary>The sign-in, once the registration is confirmed.</summary>
    public Task<SignInStep> SignIn(
        AppClient client, UserPool pool, string name, string session, IReadOnlyList<int> levels, Call call) =>
        signIn.AfterSignUp(client, pool, name, session, levels, call);
}
