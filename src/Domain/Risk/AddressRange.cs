using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Lifeguard.Domain.Risk;

/// <summary>Addresses that begin with the same bits, in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3): IPv4
/// or IPv6. Bits behind the prefix are of no meaning.</summary>
public sealed record AddressRange
{
    private const int Bits = 128;

    /// <summary>IPv4 addresses are the last 32 bits of their IPv6 form.</summary>
    private const int BitsBeforeV4 = 96;

    /// <summary>What one subscriber is given: /24 of IPv4, /48 of IPv6 (RFC 6177 §2).</summary>
    private const int NetworkBitsV4 = 24;

    private const int NetworkBitsV6 = 48;

    private AddressRange(UInt128 first, UInt128 last, bool isV4) => (First, Last, IsV4) = (first, last, isV4);

    internal UInt128 First { get; }

    internal UInt128 Last { get; }

    internal bool IsV4 { get; }

    /// <summary>The range; null where <paramref name="text"/> is none.</summary>
    public static AddressRange? Parse(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0 || Strict(text[..slash]) is not { } address) return null;
        var isV4 = address.AddressFamily == AddressFamily.InterNetwork;
        var isNumber = int.TryParse(
            text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length);
        if (!isNumber || text.Length > slash + 4 || length > (isV4 ? Bits - BitsBeforeV4 : Bits)) return null;
        // IPv4 addresses in the words of IPv6 are IPv4 addresses.
        return address.IsIPv4MappedToIPv6 && length >= BitsBeforeV4
            ? Around(address.MapToIPv4(), length - BitsBeforeV4)
            : Around(address, length);
    }

    /// <summary>The network that an address is in, in words that are the same for all its
    /// addresses.</summary>
    public static string NetworkOf(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed)) return address;
        var plain = Plain(parsed);
        var isV4 = plain.AddressFamily == AddressFamily.InterNetwork;
        var length = isV4 ? NetworkBitsV4 : NetworkBitsV6;
        var first = Around(plain, length).First;
        Span<byte> bytes = stackalloc byte[Bits / 8];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, first);
        return $"{new IPAddress(isV4 ? bytes[12..] : bytes)}/{length}";
    }

    /// <summary>Is the address in the range? One of the other family never is.</summary>
    public bool Contains(IPAddress address)
    {
        var plain = Plain(address);
        if ((plain.AddressFamily == AddressFamily.InterNetwork) != IsV4) return false;
        var number = Number(plain);
        return number >= First && number <= Last;
    }

    internal static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Bits / 8];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    internal static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>The address that a text stands for; null where it stands for none. Forms that only programs
    /// of old read, such as <c>0x7f.1</c>, are none.</summary>
    private static IPAddress? Strict(string text)
    {
        if (text.Contains('%') || !IPAddress.TryParse(text, out var address)) return null;
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return address.ToString() == text ? address : null;
        return text.Contains('[') ? null : address;
    }

    private static AddressRange Around(IPAddress address, int length)
    {
        var isV4 = address.AddressFamily == AddressFamily.InterNetwork;
        var free = Bits - length - (isV4 ? BitsBeforeV4 : 0);
        // Shifting by the whole width would shift by nothing.
        var mask = free == Bits ? UInt128.MaxValue : (UInt128.One << free) - 1;
        var number = Number(address);
        return new(number & ~mask, number | mask, isV4);
    }
}
