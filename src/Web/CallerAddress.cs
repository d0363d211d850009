using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Lifeguard.Web;

/// <summary>Whose call it is, by address.</summary>
internal static class CallerAddress
{
    private const string ForwardedFor = "X-Forwarded-For";
    private const int LongestAddress = 64;

    /// <summary>
    /// The address of the connection or, behind a proxy, the one that the proxy saw: the last of
    /// <c>X-Forwarded-For</c>, since all before it came from the caller. Where that is no address the
    /// connection's counts, so that a malformed header gains nothing.
    /// </summary>
    public static string Of(HttpContext context, bool isBehindProxy)
    {
        var connection = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var forwarded = isBehindProxy ? Last(context.Request.Headers[ForwardedFor]) : null;
        return Printed(forwarded ?? connection);
    }

    private static IPAddress? Last(StringValues headers)
    {
        if (headers.Count == 0 || headers[^1] is not { } header) return null;
        return Parse(header.AsSpan(header.LastIndexOf(',') + 1).Trim());
    }

    /// <summary>An address, or one with a port: <c>192.0.2.1:4711</c>, <c>[2001:db8::1]:4711</c>.</summary>
    private static IPAddress? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LongestAddress) return null;
        if (text[0] == '[')
        {
            var end = text.IndexOf(']');
            if (end < 0 || !IsPort(text[(end + 1)..])) return null;
            return Strict(text[1..end], AddressFamily.InterNetworkV6);
        }

        var colon = text.IndexOf(':');
        if (colon >= 0 && colon == text.LastIndexOf(':'))
            return IsPort(text[colon..]) ? Strict(text[..colon], AddressFamily.InterNetwork) : null;
        return Strict(text, colon < 0 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6);
    }

    private static bool IsPort(ReadOnlySpan<char> text) => text.IsEmpty
        || (text[0] == ':'
            && ushort.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static IPAddress? Strict(ReadOnlySpan<char> text, AddressFamily family)
    {
        if (!IPAddress.TryParse(text, out var address) || address.AddressFamily != family) return null;
        // The framework also takes "1", "0x7f.1" and octal forms, which no proxy writes.
        if (family == AddressFamily.InterNetwork && !text.SequenceEqual(address.ToString())) return null;
        return address;
    }

    private static string Printed(IPAddress address) =>
        (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
