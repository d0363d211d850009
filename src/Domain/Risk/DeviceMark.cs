using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Domain.Risk;

/// <summary>By what a client's description of itself is recognised: without its version numbers, which change
/// every few weeks. A hash, since such a description may say anything.</summary>
public static class DeviceMark
{
    private const int Bytes = 12;

    /// <summary>The mark; one of its own for clients that say nothing.</summary>
    public static string Of(string userAgent)
    {
        var lasting = string.Concat(userAgent.Where(c => !char.IsAsciiDigit(c) && c is not ('.' or '_')));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lasting)).AsSpan(0, Bytes));
    }
}
