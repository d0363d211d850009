using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Lifeguard.Protocol.Jose;

/// <summary>Public keys as JSON (RFC 7517, RFC 7518 §6.3.1).</summary>
public static class Jwk
{
    /// <summary>
    /// Writes the public half of an RSA key as
    /// <c>{"alg":"RS256","e":"…","kid":"…","kty":"RSA","n":"…","use":"sig"}</c>, in that order (observed).
    /// </summary>
    public static void Write(Utf8JsonWriter json, RSA key, string kid) =>
        Write(json, key.ExportParameters(includePrivateParameters: false), kid);

    /// <summary>The same for a key at hand as numbers; its private members are not looked at.</summary>
    public static void Write(Utf8JsonWriter json, RSAParameters key, string kid)
    {
        json.WriteStartObject();
        json.WriteString("alg", Jws.Algorithm);
        json.WriteString("e", Base64Url.EncodeToString(key.Exponent));
        json.WriteString("kid", kid);
        json.WriteString("kty", "RSA");
        json.WriteString("n", Base64Url.EncodeToString(key.Modulus));
        json.WriteString("use", "sig");
        json.WriteEndObject();
    }
}
