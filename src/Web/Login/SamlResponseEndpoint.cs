using Lifeguard.Domain.Federation;
using Lifeguard.Domain.Limits;
using Lifeguard.Operations;
using Lifeguard.Operations.Federation;
using Lifeguard.Storage;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary><c>POST /saml2/idpresponse</c>: where SAML providers send browsers back to, or send them to begin
/// with (saml-bindings-2.0 §3.5).</summary>
internal sealed class SamlResponseEndpoint(
    ProviderArrival arrival, FederationAnswers answers, SamlFederation saml, IdentityProviderStore providers,
    RateLimits rates)
{
    private static readonly string[] Methods = [HttpMethods.Post];

    /// <summary>Answers whatever comes to the path.</summary>
    public Task Handle(HttpContext context) => arrival.Answer(context, Methods, visit =>
    {
        if (visit.Form?["SAMLResponse"] is not { } response || visit.Form["RelayState"] is not { } relay)
            throw ProviderErrors.LostSaml();
        // A query has an equals sign, and no state that was sent along has.
        return relay.Contains('=') ? Begin(visit, response, relay) : Take(visit, response, relay);
    });

    /// <summary>The answer to a request of the pool's.</summary>
    private async Task<ArrivedUser> Take(PageVisit visit, string response, string relay)
    {
        var state = await answers.Take(visit.Pool, relay, StateCookies.Of(visit.Context), visit.Call)
            ?? throw ProviderErrors.LostSaml();
        var app = await arrival.App(visit, state.Query);
        return await arrival.SignIn(visit, app, async () => await Receive(
            visit, await answers.Asked(state, app.Client, visit.Call), response, state.SamlRequestId));
    }

    /// <summary>The provider begins: its relay state is the request that an app would have sent
    /// (doc).</summary>
    private async Task<ArrivedUser> Begin(PageVisit visit, string response, string relay)
    {
        await rates.Enter(RateCategory.UserFederation, visit.Call.Now, visit.Call.Cancelled);
        var app = await arrival.App(visit, relay);
        var name = await NameIn(visit, app) ?? throw ProviderErrors.LostSaml();
        return await arrival.SignIn(visit, app, async () => await Receive(
            visit, await answers.Offered(name, app.Client, visit.Call), response, requestId: null));
    }

    private async Task<string?> NameIn(PageVisit visit, FederatedApp app)
    {
        if (app.Request.Provider is { } name) return name;
        return app.Request.ProviderIdentifier is { } identifier
            ? (await providers.FindByIdentifier(visit.Pool.Id, identifier, visit.Call.Cancelled))?.Name
            : null;
    }

    private async Task<(IdentityProvider, FederatedProfile, SamlSession?)> Receive(
        PageVisit visit, IdentityProvider provider, string response, string? requestId)
    {
        if (!provider.IsSaml || (requestId is null && !provider.BeginsSignIns))
            throw ProviderErrors.LostSaml();
        var answer = await saml.Receive(
            visit.Pool, provider, visit.At.Address, response, requestId, visit.Call);
        return (provider, answer.Profile, answer.Session);
    }
}
