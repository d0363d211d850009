using Lifeguard.Domain;
using Lifeguard.Domain.Branding;
using Lifeguard.Domain.Domains;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Branding;

/// <summary>How the pages of app clients look.</summary>
public sealed class FindPageTheme(LoginStyleStore styles, UICustomizationStore customizations)
{
    /// <summary>The theme of a client's pages at a domain; null for managed login of a client without a
    /// style: its pages are unavailable (observed), or look as <see cref="PageThemes.Default"/>.</summary>
    /// <param name="managedLoginVersion">Of the domain.</param>
    public async Task<PageTheme?> Of(
        AppClient client, int managedLoginVersion, CancellationToken cancellation)
    {
        if (managedLoginVersion != DomainRules.ManagedLogin)
            return PageThemes.Classic(await customizations.Look(client.PoolId, client.Id, cancellation));
        if (await styles.FindByClient(client.PoolId, client.Id, cancellation) is not { } style) return null;
        return PageThemes.Managed(
            style.Settings, await styles.Assets(client.PoolId, client.Id, cancellation));
    }
}
