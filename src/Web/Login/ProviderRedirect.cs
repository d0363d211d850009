using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.OAuth;

namespace Lifeguard.Web.Login;

/// <summary>Sends browsers to identity providers, and back.</summary>
internal sealed class ProviderRedirect
{
    /// <summary>To sign in there.</summary>
    public Task<PageAnswer> Begin(
        PageVisit visit, AppClient client, AuthorizationRequest request, IdentityProvider provider) =>
        throw new NotSupportedException();

    /// <summary>To sign out there; null where the provider takes no sign-outs.</summary>
    public Task<PageAnswer?> SignOut(PageVisit visit, BrowserSession session, string onward) =>
        throw new NotSupportedException();
}
