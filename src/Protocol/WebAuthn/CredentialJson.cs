using System.Text.Json;
using Lifeguard.Protocol.Jose;

namespace Lifeguard.Protocol.WebAuthn;

/// <summary>Members that the JSON forms of both ceremonies share (WebAuthn §5.1.8).</summary>
internal static class CredentialJson
{
    /// <summary>The id, which stands there twice.</summary>
    public static byte[] Id(JsonElement credential)
    {
        if (Text(credential, "type") != "public-key") throw WebAuthnException.Malformed();
        var id = Bytes(credential, "rawId", CredentialId.MaxLength);
        return id.Length > 0 && Text(credential, "id") == Text(credential, "rawId")
            ? id
            : throw WebAuthnException.Malformed();
    }

    public static JsonElement Response(JsonElement credential) =>
        credential.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.Object
            ? response
            : throw WebAuthnException.Malformed();

    public static byte[] Bytes(JsonElement element, string name, int maxLength) =>
        OptionalBytes(element, name, maxLength) ?? throw WebAuthnException.Malformed();

    /// <summary>Null where the member is absent or null.</summary>
    public static byte[]? OptionalBytes(JsonElement element, string name, int maxLength)
    {
        if (OptionalText(element, name) is not { } text) return null;
        return text.Length <= (maxLength * 4 / 3) + 2 && StrictBase64Url.TryDecode(text, out var bytes)
            ? bytes
            : throw WebAuthnException.Malformed();
    }

    public static string? OptionalText(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => throw WebAuthnException.Malformed(),
        };
    }

    /// <summary>What <paramref name="read"/> makes of an object.</summary>
    /// <exception cref="WebAuthnException">Malformed.</exception>
    public static T Read<T>(JsonElement credential, Func<JsonElement, T> read)
    {
        if (credential.ValueKind != JsonValueKind.Object) throw WebAuthnException.Malformed();
        try
        {
            return read(credential);
        }
        catch (InvalidOperationException)
        {
            // Text that is not Unicode.
            throw WebAuthnException.Malformed();
        }
    }

    private static string Text(JsonElement element, string name) =>
        OptionalText(element, name) ?? throw WebAuthnException.Malformed();
}
