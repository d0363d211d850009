using System.Net;
using System.Net.Sockets;

namespace Lifeguard.Adapters;

/// <summary>
/// Tells addresses of the public internet from all others. What is not known to be public counts as inner:
/// loopback, private and shared networks, link-local with its metadata services, multicast, documentation,
/// and IPv6 forms that carry an IPv4 address around the check (IANA special-purpose address registries, RFC
/// 6890).
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] InnerV4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // Azure's host agent answers on a public-looking address from inside every virtual machine.
        "168.63.129.16/32");

    /// <summary>All global unicast addresses that have been given out so far (RFC 4291 §2.4).</summary>
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    /// <summary>Protocol assignments with Teredo, documentation, 6to4, documentation.</summary>
    private static readonly IPNetwork[] InnerV6 =
        Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /// <summary>IPv4 behind a translator, as DNS64 names it (RFC 6052 §2.1).</summary>
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>May a request whose address comes from outside go there?</summary>
    public static bool Includes(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return Includes(address.MapToIPv4());
        if (address.AddressFamily is AddressFamily.InterNetwork) return !IsWithin(address, InnerV4);
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return false;
        if (Translated.Contains(address)) return Includes(new(address.GetAddressBytes().AsSpan(12)));
        return GlobalV6.Contains(address) && !IsWithin(address, InnerV6);
    }

    private static bool IsWithin(IPAddress address, IPNetwork[] networks) =>
        Array.Exists(networks, network => network.Contains(address));

    private static IPNetwork[] Networks(params string[] texts) => Array.ConvertAll(texts, IPNetwork.Parse);
}
