using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Operations.OAuth;

namespace Lifeguard.Operations.Federation;

/// <summary>A pool as SAML 2.0 service provider.</summary>
public sealed class SamlFederation
{
    /// <summary>Where a browser is sent to sign in at the provider.</summary>
    /// <param name="domainAddress">Of the domain that the browser came to, without a slash at its end.</param>
    /// <param name="relayState">Comes back with the answer, letter for letter.</param>
    /// <param name="requestId">Letters, digits, <c>.</c>, <c>-</c> and <c>_</c>; never the same again. The
    /// answer to it is good with this id alone.</param>
    /// <param name="asksAgain">The provider is to ask who it is even where it knows.</param>
    public Task<Uri> Begin(
        UserPool pool, IdentityProvider provider, string domainAddress, string relayState, string requestId,
        Call call, bool asksAgain = false) => throw new NotImplementedException();

    /// <summary>What the provider's answer says, believed once and never again.</summary>
    /// <param name="samlResponse">The field <c>SAMLResponse</c> of the form, in base64.</param>
    /// <param name="requestId">As <see cref="Begin"/> was given it; null where nobody asked and the provider
    /// began by itself, which it may with <c>IDPInit</c> alone.</param>
    /// <exception cref="OAuthException">With error and description as the app is to get them.</exception>
    public Task<SamlAnswer> Receive(
        UserPool pool, IdentityProvider provider, string domainAddress, string samlResponse,
        string? requestId, Call call) => throw new NotImplementedException();

    /// <summary>Where a browser is sent to sign out at the provider; null where it is not to be, or the
    /// provider has no such place.</summary>
    public Task<Uri?> BeginLogout(
        UserPool pool, IdentityProvider provider, string domainAddress, SamlSession session,
        string relayState, string requestId, Call call) => throw new NotImplementedException();

    /// <summary>Has the provider signed the user out? False where it says that it did not, or not
    /// everywhere.</summary>
    /// <exception cref="OAuthException">It is not the provider's answer to that request.</exception>
    public Task<bool> CheckLogout(
        UserPool pool, IdentityProvider provider, string domainAddress, SamlLogoutResponse response,
        string requestId, Call call) => throw new NotImplementedException();

    /// <summary>What the pool says of itself as service provider (saml-metadata-2.0 §2.4.4): an extension,
    /// the service publishes nothing of the kind.</summary>
    public Task<string> Metadata(UserPool pool, string domainAddress, Call call) =>
        throw new NotImplementedException();
}
