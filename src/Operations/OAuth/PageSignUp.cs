using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.OAuth;

/// <summary>Lets somebody who has registered on the pages of a domain go on to the app without signing in
/// anew.</summary>
public sealed class PageSignUp(UserStore users, SignUpSessions sessions, PageSignIn signIn)
{
    /// <summary>The session of the registration.</summary>
    public async Task<string> Begin(UserPool pool, AppClient client, string sub, Call call)
    {
        var user = await users.FindBySub(pool.Id, sub, call.Cancelled)
            ?? throw Reject.UserNotFound();
        return sessions.BeginOnPages(client, user, call.Now);
    }

    /// <summary>The sign-in, once the registration is confirmed.</summary>
    public Task<SignInStep> SignIn(
        AppClient client, UserPool pool, string name, string session, IReadOnlyList<int> levels, Call call) =>
        signIn.AfterSignUp(client, pool, name, session, levels, call);
}
