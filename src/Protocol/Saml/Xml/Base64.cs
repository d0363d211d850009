using System.Diagnostics.CodeAnalysis;

namespace Lifeguard.Protocol.Saml.Xml;

/// <summary>Base64 as XML has it: white space may stand anywhere (RFC 2045 §6.8).</summary>
internal static class Base64
{
    public static bool TryRead(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        var buffer = new byte[text.Length / 4 * 3 + 3];
        var isBase64 = Convert.TryFromBase64String(text, buffer, out var length);
        bytes = isBase64 ? buffer[..length] : null;
        return isBase64;
    }
}
