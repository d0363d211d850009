using Lifeguard.Domain;
using Lifeguard.Domain.Branding;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Terms;

/// <summary>What pages for signing up link to.</summary>
public sealed class FindTermsLinks(TermsStore terms)
{
    /// <summary>The addresses of an app client's documents; null unless there are both.</summary>
    /// <param name="language">In which they are wanted, such as <c>pt-BR</c>.</param>
    public async Task<TermsLinks?> Of(AppClient client, string language, CancellationToken cancellation) =>
        TermsLinks.Of(await terms.Of(client.PoolId, client.Id, cancellation), language);
}
