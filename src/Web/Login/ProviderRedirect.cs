using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.OAuth;
using Lifeguard.Operations.Federation;
using Lifeguard.Operations.OAuth;
using Lifeguard.Storage;

namespace Lifeguard.Web.Login;

/// <summary>Sends browsers to identity providers. What for is remembered, and the browser is given what it
/// has to show again.</summary>
internal sealed class ProviderRedirect(FederationBegin begin, IdentityProviderStore providers)
{
    /// <summary>To sign in there.</summary>
    /// <exception cref="AuthorizationException">The client does not offer the provider.</exception>
    public async Task<PageAnswer> Begin(
        PageVisit visit, AppClient client, AuthorizationRequest request, IdentityProvider provider)
    {
        var start = new FederationStart(
            visit.Pool, client, provider, request, visit.At.Address, Browser(visit));
        try
        {
            return Go(visit, await begin.Begin(start, visit.Call));
        }
        catch (FederationException refusal)
        {
            throw new AuthorizationException(refusal.Error, refusal.Description, request.ReturnTo);
        }
    }

    /// <summary>To sign out there; null where the provider takes no sign-outs.</summary>
    /// <param name="onward">Where the browser goes when it is back.</param>
    public async Task<PageAnswer?> SignOut(PageVisit visit, BrowserSession session, string onward)
    {
        if (session is not { Saml: { } saml, SignIn.Provider: { } name }) return null;
        var provider = await providers.Find(visit.Pool.Id, name, visit.Call.Cancelled);
        if (provider is not { IsSaml: true }) return null;
        var begun = await begin.BeginSignOut(
            new(visit.Pool, provider, saml, visit.At.Address, onward, Browser(visit)), visit.Call);
        return begun is null ? null : Go(visit, begun);
    }

    private static PageAnswer Go(PageVisit visit, BegunFederation begun) =>
        PageAnswer.To(begun.Address.AbsoluteUri)
            .With(_ => StateCookies.Set(visit.Context, visit.At, begun.Browser));

    private static string? Browser(PageVisit visit) =>
        StateCookies.Of(visit.Context) is [var first, ..] ? first : null;
}
