using System.Text;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.OAuth;
using Lifeguard.Operations.Federation;
using Lifeguard.Operations.OAuth;
using Lifeguard.Web.OAuth;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary>What the addresses have in common to which providers send browsers back: the app's request is
/// checked anew, the user is found or made, and the app gets its answer, or learns why there is
/// none.</summary>
internal sealed class ProviderArrival(
    PageGate gate, CheckAuthorization check, FederatedSignIn signIn, BrowserArrival arrival)
{
    /// <summary>An assertion may have 100,000 characters (doc), twice encoded, and encrypted
    /// besides.</summary>
    private const int MaxFormBytes = 512 * 1024;

    /// <summary>Answers with what comes of <paramref name="arrive"/>, which happens once: what a browser
    /// brings back is good once.</summary>
    /// <param name="methods">That the address takes.</param>
    public async Task Answer(
        HttpContext context, IReadOnlyList<string> methods, Func<PageVisit, Task<ArrivedUser>> arrive)
    {
        ArrivedUser? arrived = null;
        await gate.Receive(context, methods, MaxFormBytes, async visit =>
        {
            arrived ??= await Telling(null, () => arrive(visit));
            return await arrival.Finish(
                visit, arrived.App.Client, arrived.App.Request, arrived.User.SignIn, arrived.Session);
        });
    }

    /// <summary>Answers with a page or an address.</summary>
    public Task Answer(
        HttpContext context, IReadOnlyList<string> methods, Func<PageVisit, Task<PageAnswer>> page) =>
        gate.Receive(context, methods, MaxFormBytes, visit => Telling(null, () => page(visit)));

    /// <summary>The app that sent somebody to a provider, from the request as it was then.</summary>
    /// <exception cref="AuthorizationException">It may not ask so any more.</exception>
    public async Task<FederatedApp> App(PageVisit visit, string query)
    {
        var parameters = UrlEncodedForm.Read(Encoding.UTF8.GetBytes(query));
        var (client, request) = await check.Check(visit.Pool, new(query, parameters), visit.Call);
        return new(client, request);
    }

    /// <summary>The user; the app learns where it does not come to that.</summary>
    /// <param name="who">Says who it is, which takes the provider.</param>
    public Task<ArrivedUser> SignIn(
        PageVisit visit, FederatedApp app,
        Func<Task<(IdentityProvider Provider, FederatedProfile Profile, SamlSession? Session)>> who) =>
        Telling(app.Request.ReturnTo, async () =>
        {
            var (provider, profile, session) = await who();
            var user = await signIn.Complete(
                new(visit.Pool, app.Client, provider, profile), visit.Call);
            return new ArrivedUser(app, user, session);
        });

    /// <summary>Refusals as the pages of a domain have them.</summary>
    private static async Task<T> Telling<T>(ReturnAddress? app, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (FederationException refusal)
        {
            throw new AuthorizationException(refusal.Error, refusal.Description, app);
        }
    }
}

/// <summary>For whom somebody signs in.</summary>
internal sealed record FederatedApp(AppClient Client, AuthorizationRequest Request);

/// <summary>Who has come back from a provider.</summary>
/// <param name="Session">At a SAML provider; null at any other.</param>
internal sealed record ArrivedUser(FederatedApp App, FederatedUser User, SamlSession? Session);
