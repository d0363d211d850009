using Lifeguard.Domain.Federation;
using Lifeguard.Operations.Federation;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary><c>GET</c> and <c>POST /oauth2/idpresponse</c>: where providers of OpenID Connect and OAuth 2.0
/// send browsers back to, Apple by form.</summary>
internal sealed class ProviderResponseEndpoint(
    ProviderArrival arrival, FederationAnswers answers, OAuthFederation oauth)
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>Answers whatever comes to the path.</summary>
    public Task Handle(HttpContext context) => arrival.Answer(context, Methods, Arrive);

    private async Task<ArrivedUser> Arrive(PageVisit visit)
    {
        var answer = visit.Form?.Fields ?? visit.Query.Parameters ?? throw ProviderErrors.Lost();
        var state = await answers.Take(
            visit.Pool, answer.GetValueOrDefault("state"), StateCookies.Of(visit.Context), visit.Call)
            ?? throw ProviderErrors.Lost();
        var app = await arrival.App(visit, state.Query);
        return await arrival.SignIn(visit, app, async () =>
        {
            var provider = await answers.Asked(state, app.Client, visit.Call);
            if (provider.IsSaml) throw ProviderErrors.Lost();
            return (provider, await oauth.Receive(provider, state, answer, visit.Call), null);
        });
    }
}
