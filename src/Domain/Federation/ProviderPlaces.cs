using Lifeguard.Contract;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Domain.Federation;

/// <summary>Where identity providers may be: on the public internet, and by https. The operator may trust
/// hosts of the inner network besides, and name others in the place of those that everybody knows.</summary>
/// <param name="Trusted">Hosts that may be called at any address, and by plain http.</param>
/// <param name="Instead">What stands before the paths of a type's addresses instead of its own, by
/// <see cref="IdentityProviderTypeType"/>.</param>
public sealed record ProviderPlaces(IReadOnlySet<string> Trusted, IReadOnlyDictionary<string, Uri> Instead)
{
    /// <summary>None but public ones.</summary>
    public static ProviderPlaces Public { get; } = Trusting([]);

    /// <summary>These hosts besides public ones.</summary>
    public static ProviderPlaces Trusting(IEnumerable<string> hosts) => new(
        hosts.ToHashSet(StringComparer.OrdinalIgnoreCase), new Dictionary<string, Uri>());

    /// <summary>Is this the address of an endpoint that may be called: with a host, and without a name or
    /// password in front of it?</summary>
    public bool Allow(string text) =>
        text.Length <= FederationRefusals.MaxAddress
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Host.Length > 0 && address.UserInfo.Length == 0
        && IsSecure(text);

    /// <summary>Nobody on the way reads along, or it is the operator's own way.</summary>
    public bool IsSecure(string text) =>
        text.StartsWith("https://", StringComparison.Ordinal)
        || (text.StartsWith("http://", StringComparison.Ordinal)
            && Uri.TryCreate(text, UriKind.Absolute, out var address) && Trusts(address));

    /// <summary>Where an endpoint of a provider is called, and whose address that is.</summary>
    public (Uri Address, OutboundTrust Trust) Find(string type, string text)
    {
        var address = new Uri(text);
        if (Instead.GetValueOrDefault(type) is { } other)
            return (new(other, address.PathAndQuery), OutboundTrust.Operator);
        return (address, TrustOf(address));
    }

    public OutboundTrust TrustOf(Uri address) =>
        Trusts(address) ? OutboundTrust.Operator : OutboundTrust.Foreign;

    // Literal addresses of IPv6 are in brackets there, as people write them.
    private bool Trusts(Uri address) => Trusted.Contains(address.Host);
}
