using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Lifeguard.Protocol.Saml.Xml;

namespace Lifeguard.Protocol.Saml;

/// <summary>Messages in addresses (saml-bindings §3.4): deflated, in base64, the signature over the
/// characters of the query.</summary>
public static class RedirectBinding
{
    /// <summary>Characters of a query that are looked at.</summary>
    public const int MaxQuery = 64 * 1024;

    private const string Response = "SAMLResponse";
    private const string RelayState = "RelayState";
    private const string Algorithm = "SigAlg";
    private const string Signature = "Signature";
    private const string Packing = "SAMLEncoding";
    private const string Deflate = "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE";

    /// <summary>The address that takes a browser to the provider with a request.</summary>
    /// <param name="destination">Where the provider takes requests; may have a query of its own.</param>
    /// <param name="relayState">Comes back with the answer; empty for none.</param>
    /// <param name="key">Null where the request is not signed.</param>
    public static Uri Address(string destination, string request, string relayState, RSA? key)
    {
        var query = "SAMLRequest=" + Escaped(Convert.ToBase64String(Packed(request)));
        if (relayState.Length > 0) query += $"&{RelayState}={Escaped(relayState)}";
        if (key is not null)
        {
            query += $"&{Algorithm}={Escaped(SignatureMethod.RsaSha256)}";
            var signature = key.SignData(Ascii(query), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            query += $"&{Signature}={Escaped(Convert.ToBase64String(signature))}";
        }

        var end = destination.IndexOf('#', StringComparison.Ordinal);
        var address = end < 0 ? destination : destination[..end];
        return new($"{address}{(address.Contains('?') ? '&' : '?')}{query}");
    }

    /// <summary>The document of an answer that is signed by one of the keys.</summary>
    /// <param name="query">As it came, without the question mark.</param>
    /// <exception cref="SamlException">Malformed, TooLarge, NotSigned, Signature, Algorithm.</exception>
    internal static TreeElement Signed(string query, ProviderKeys keys)
    {
        if (query.Length > MaxQuery) throw new SamlException(SamlFailure.TooLarge);
        var given = Given(query);
        if (!given.TryGetValue(Response, out var response)
            || Value(given, Packing) is not (null or Deflate))
            throw SamlException.Malformed();
        if (Value(given, Signature) is not { } signature) throw new SamlException(SamlFailure.NotSigned);
        var method = SignatureMethod.Of(Value(given, Algorithm));
        // The order is the binding's, whatever the query's is; each value as it was spelled there.
        var signed = $"{Response}={response}";
        if (given.TryGetValue(RelayState, out var state)) signed += $"&{RelayState}={state}";
        signed += $"&{Algorithm}={given[Algorithm]}";
        if (!keys.Signed(method, Ascii(signed), Bytes(signature)))
            throw new SamlException(SamlFailure.Signature);
        return MessageForm.Read(Unpacked(Bytes(Value(given, Response)!)));
    }

    /// <summary>Each parameter as it is spelled; none twice.</summary>
    private static Dictionary<string, string> Given(string query)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var end = pair.IndexOf('=', StringComparison.Ordinal);
            if (end < 0 || !given.TryAdd(pair[..end], pair[(end + 1)..])) throw SamlException.Malformed();
        }

        return given;
    }

    private static string? Value(Dictionary<string, string> given, string name) =>
        given.TryGetValue(name, out var spelled) ? Uri.UnescapeDataString(spelled.Replace('+', ' ')) : null;

    private static byte[] Bytes(string text) =>
        Base64.TryRead(text, out var bytes) ? bytes : throw SamlException.Malformed();

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal))
            deflate.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    /// <summary>Not one byte more than a document may have, whatever it would unpack to.</summary>
    private static byte[] Unpacked(byte[] packed)
    {
        var bytes = new byte[MessageForm.MaxCharacters + 1];
        try
        {
            using var deflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
            var length = deflate.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length < bytes.Length ? bytes[..length] : throw new SamlException(SamlFailure.TooLarge);
        }
        catch (InvalidDataException)
        {
            throw SamlException.Malformed();
        }
    }

    private static string Escaped(string value) => Uri.EscapeDataString(value);

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
