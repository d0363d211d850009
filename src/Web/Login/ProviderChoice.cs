using System.Net;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.OAuth;
using Lifeguard.Storage;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Login;

/// <summary>With which identity providers one can sign in to an app client, and which one a request
/// means.</summary>
internal sealed class ProviderChoice(IdentityProviderStore providers)
{
    /// <summary>In the service's words (observed).</summary>
    public const string NotAvailable = "Login option is not available. Please try another one";

    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        [IdentityProviderTypeType.LoginWithAmazon] = "Amazon",
        [IdentityProviderTypeType.SignInWithApple] = "Apple",
    };

    /// <summary>The provider that a request names; null where it leaves the choice to the person. One that
    /// the client does not take is refused.</summary>
    public async Task<AskedProvider?> Asked(PageVisit visit, AppClient client, AuthorizationRequest request)
    {
        if (request.Provider is { } name)
        {
            if (name == PoolOffer.OwnUsers && client.Takes(name)) return new(name, null);
            return await Find(client, name, visit) is { } named ? new(name, named) : AskedProvider.Refused;
        }

        if (request.ProviderIdentifier is not { } identifier) return null;
        return await ByIdentifier(client, identifier, visit) is { } found
            ? new(found.Name, found)
            : AskedProvider.Refused;
    }

    /// <summary>What the sign-in page offers: a button for each provider; or, where there are several SAML
    /// providers and each is found by the domain of an address, one box for that address (doc).</summary>
    public async Task<OfferedProviders> Of(AuthorizedVisit at)
    {
        var (pool, cancellation) = (at.Pool.Id, at.Call.Cancelled);
        var names = at.Client.Settings.SupportedIdentityProviders ?? [];
        if (names.All(name => name == PoolOffer.OwnUsers)) return new([], []);
        var all = (await providers.List(pool, null, IdentityProvider.MaxProviders, cancellation))
            .Where(provider => names.Contains(provider.ProviderName!))
            .ToList();
        var saml = all.Where(provider => provider.ProviderType == IdentityProviderTypeType.Saml).ToList();
        var identifiable = saml.Count > 1 ? await providers.Identifiable(pool, cancellation) : [];
        return saml.Count > 1 && saml.All(each => identifiable.Contains(each.ProviderName!))
            ? new(Buttons(all.Except(saml)), await BehindBox(at, saml))
            : new(Buttons(all), []);

        List<ProviderButton> Buttons(IEnumerable<ProviderDescription> shown) =>
            [.. shown.Select(each => Button(at.Visit, each))];
    }

    /// <summary>The provider of an address, by its domain; null for none.</summary>
    public async Task<IdentityProvider?> ByEmail(AuthorizedVisit at, string email)
    {
        var domain = email[(email.LastIndexOf('@') + 1)..].Trim();
        return await ByIdentifier(at.Client, domain, at.Visit)
            ?? await ByIdentifier(at.Client, domain.ToLowerInvariant(), at.Visit);
    }

    /// <summary>Where the box for an address can lead to.</summary>
    private async Task<IReadOnlyList<string>> BehindBox(AuthorizedVisit at, List<ProviderDescription> saml)
    {
        var names = saml.Select(each => each.ProviderName!).ToHashSet(StringComparer.Ordinal);
        var stored = await providers.OfType(
            at.Pool.Id, IdentityProviderTypeType.Saml, at.Call.Cancelled);
        return
        [
            .. stored.Where(each => names.Contains(each.Name))
                .SelectMany(each => PageSender.Onward(each.SamlSignInAddress))
                .Distinct(),
        ];
    }

    private async Task<IdentityProvider?> ByIdentifier(AppClient client, string identifier, PageVisit visit)
    {
        if (!IsText(identifier)) return null;
        var found = await providers.FindByIdentifier(visit.Pool.Id, identifier, visit.Call.Cancelled);
        return found is not null && client.Takes(found.Name) ? found : null;
    }

    private async Task<IdentityProvider?> Find(AppClient client, string name, PageVisit visit) =>
        client.Takes(name)
            ? await providers.Find(visit.Pool.Id, name, visit.Call.Cancelled)
            : null;

    /// <summary>Not every database takes every character.</summary>
    private static bool IsText(string text) => text.Length is > 0 and <= 40 && !text.Contains('\0');

    private static ProviderButton Button(PageVisit visit, ProviderDescription provider) => new(
        provider.ProviderName!,
        Titles.GetValueOrDefault(provider.ProviderType!, provider.ProviderName!),
        provider.ProviderType!,
        Address(visit, provider.ProviderName!));

    private static string Address(PageVisit visit, string provider) =>
        $"{visit.To(AuthorizeEndpoint.Path)}&identity_provider={WebUtility.UrlEncode(provider)}";
}

/// <summary>The provider that a request names.</summary>
/// <param name="Provider">Null for the pool's own users.</param>
internal sealed record AskedProvider(string? Name, IdentityProvider? Provider)
{
    /// <summary>There is none of the name, or the client does not take it.</summary>
    public static readonly AskedProvider Refused = new(null, null);

    public bool IsRefused => Name is null;

    /// <summary>Back to the choice, with the words of the refusal (observed).</summary>
    public static string Refusal(PageVisit visit) =>
        $"{visit.To(PagePaths.SignIn)}&errorMessage={WebUtility.UrlEncode(ProviderChoice.NotAvailable)}";
}

/// <summary>What the sign-in page offers besides the form of the pool's own users.</summary>
/// <param name="Onward">Where a box for an address, whose domain tells the provider, can lead to, as
/// <see cref="PagePolicy"/> takes it; empty where there is no such box.</param>
internal sealed record OfferedProviders(
    IReadOnlyList<ProviderButton> Buttons, IReadOnlyList<string> Onward)
{
    /// <summary>There is a box for an address.</summary>
    public bool ByEmail => Onward.Count > 0;
}
