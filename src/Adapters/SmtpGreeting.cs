using System.Net;

namespace Lifeguard.Adapters;

/// <summary>How this host introduces itself to a mail server.</summary>
internal static class SmtpGreeting
{
    /// <summary>By its full name, or by its address where it has none (RFC 5321 §4.1.4). Many servers take
    /// nothing from who says a name without a dot, which could be anybody's.</summary>
    /// <param name="configured">What the operator has it say; null for nothing.</param>
    /// <param name="hostName">The system's name of the host.</param>
    /// <param name="local">The host's end of the connection.</param>
    /// <returns>A domain, or an address literal (RFC 5321 §4.1.3).</returns>
    public static string Of(string? configured, string hostName, IPAddress local)
    {
        if (configured is null) return IsFullName(hostName) ? hostName : Literal(local);
        return IPAddress.TryParse(configured, out var address) ? Literal(address) : configured;
    }

    private static bool IsFullName(string name) =>
        name.Contains('.') && !name.EndsWith('.') && Uri.CheckHostName(name) == UriHostNameType.Dns
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');

    private static string Literal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        // A zone says something on this host only.
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? $"[{new IPAddress(bytes)}]" : $"[IPv6:{new IPAddress(bytes)}]";
    }
}
