using Lifeguard.Operations.OAuth;
using Lifeguard.Web.Pages.ManagedLogin;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary>The pages that belong to an authorization request: each checks it anew, since it comes from the
/// address.</summary>
internal sealed class LoginGate(PageGate gate, CheckAuthorization check, PageStyles styles)
{
    /// <summary>Answers with a page that may hold a form.</summary>
    public Task Enter(HttpContext context, Func<AuthorizedVisit, Task<PageAnswer>> page) =>
        gate.Enter(context, async visit =>
        {
            var (client, request) = await check.Check(visit.Pool, visit.Query, visit.Call);
            return await styles.Has(visit, client)
                ? await page(new(visit, client, request))
                : PageStyles.Unavailable();
        });

    /// <summary>Answers with a page for the pool's own users. Where the client takes none of them there is
    /// only the sign-in page, with its other ways.</summary>
    public Task EnterOwn(HttpContext context, Func<AuthorizedVisit, Task<PageAnswer>> page) =>
        Enter(context, at => at.IsOpenToOwnUsers ? page(at) : Begin(at));

    /// <summary>Answers with a page that only follows another one: who comes to it by its address begins at
    /// the sign-in.</summary>
    public Task Follow(HttpContext context, Func<AuthorizedVisit, Task<PageAnswer>> page) =>
        EnterOwn(context, at => at.Form is null ? Begin(at) : page(at));

    /// <summary>The same for a page that is there again by its address, as far as that tells what it
    /// shows.</summary>
    public Task Follow(
        HttpContext context, Func<AuthorizedVisit, PageAnswer?> again,
        Func<AuthorizedVisit, Task<PageAnswer>> page) =>
        Follow(context, at => Task.FromResult(again(at)), page);

    /// <inheritdoc cref="Follow(HttpContext, Func{AuthorizedVisit, PageAnswer?}, Func{AuthorizedVisit,
    /// Task{PageAnswer}})" />
    public Task Follow(
        HttpContext context, Func<AuthorizedVisit, Task<PageAnswer?>> again,
        Func<AuthorizedVisit, Task<PageAnswer>> page) =>
        EnterOwn(context, async at => at.Form is not null
            ? await page(at)
            : await again(at) ?? await Begin(at));

    private static Task<PageAnswer> Begin(AuthorizedVisit at) =>
        Task.FromResult(PageAnswer.To(at.Visit.To(PagePaths.SignIn)));
}
