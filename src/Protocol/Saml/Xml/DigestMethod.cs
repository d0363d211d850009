using System.Security.Cryptography;

namespace Lifeguard.Protocol.Saml.Xml;

/// <summary>Ways to digest; SHA-1 is not among them.</summary>
internal static class DigestMethod
{
    /// <summary>The digest by the method of an identifier (RFC 9231 §2.1).</summary>
    /// <exception cref="SamlException">Algorithm.</exception>
    public static byte[] Digest(string? identifier, ReadOnlySpan<byte> data) => identifier switch
    {
        "http://www.w3.org/2001/04/xmlenc#sha256" => SHA256.HashData(data),
        "http://www.w3.org/2001/04/xmldsig-more#sha384" => SHA384.HashData(data),
        "http://www.w3.org/2001/04/xmlenc#sha512" => SHA512.HashData(data),
        _ => throw new SamlException(SamlFailure.Algorithm),
    };
}
