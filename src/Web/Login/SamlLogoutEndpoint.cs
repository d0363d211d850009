using Lifeguard.Domain.Federation;
using Lifeguard.Operations.Federation;
using Lifeguard.Storage;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary><c>POST</c> and <c>GET /saml2/logout</c>: where SAML providers send browsers back to that have
/// signed out there.</summary>
internal sealed class SamlLogoutEndpoint(
    ProviderArrival arrival, FederationAnswers answers, SamlFederation saml, IdentityProviderStore providers)
{
    private static readonly string[] Methods = [HttpMethods.Post, HttpMethods.Get];

    /// <summary>Answers whatever comes to the path. Nobody is signed in here any more, whatever the provider
    /// has come to.</summary>
    public Task Handle(HttpContext context) => arrival.Answer(context, Methods, async visit =>
    {
        var given = visit.Form?.Fields ?? visit.Query.Parameters ?? throw ProviderErrors.LostSaml();
        if (given.GetValueOrDefault("SAMLResponse") is not { Length: > 0 } response)
            throw ProviderErrors.LostSaml();
        var state = await answers.TakeSignOut(
            visit.Pool, given.GetValueOrDefault("RelayState"), StateCookies.Of(context), visit.Call);
        if (state?.SamlRequestId is not { } id) throw ProviderErrors.LostSaml();
        var provider = await providers.Find(visit.Pool.Id, state.ProviderName, visit.Call.Cancelled);
        if (provider?.Id != state.ProviderId) throw ProviderErrors.LostSaml();
        await saml.CheckLogout(
            visit.Pool,
            provider,
            visit.At.Address,
            visit.Form is null
                ? SamlLogoutResponse.Redirected(visit.Query.Text)
                : SamlLogoutResponse.Posted(response),
            id,
            visit.Call);
        return PageAnswer.To(state.Query);
    });
}
