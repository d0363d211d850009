using System.Text.Json;
using Lifeguard.Protocol.Jose;

namespace Lifeguard.Protocol.WebAuthn;

/// <summary>What the browser says it asked the authenticator for, and on which page (WebAuthn §5.8.1).
/// </summary>
internal sealed record ClientData(string Type, byte[] Challenge, string Origin, bool IsCrossOrigin)
{
    public const int MaxLength = 8 * 1024;

    public const string Create = "webauthn.create";

    public const string Get = "webauthn.get";

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = 8,
    };

    /// <summary>Members that are not known are allowed: clients add some of their own.</summary>
    /// <exception cref="WebAuthnException">Malformed.</exception>
    public static ClientData Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxLength) throw WebAuthnException.Malformed();
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw WebAuthnException.Malformed();
            return StrictBase64Url.TryDecode(Text(root, "challenge"), out var challenge)
                ? new(Text(root, "type"), challenge, Text(root, "origin"), IsFramed(root))
                : throw WebAuthnException.Malformed();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not UTF-8.
            throw WebAuthnException.Malformed();
        }
    }

    /// <exception cref="WebAuthnException">Asked for something else, with another challenge, or on a page
    /// that is not the relying party's.</exception>
    public void MustBe(string type, Ceremony expected)
    {
        if (Type != type) throw WebAuthnException.Malformed();
        if (!Challenge.AsSpan().SequenceEqual(expected.Challenge))
            throw new WebAuthnException(WebAuthnFailure.OtherChallenge);
        // Nobody signs in inside a frame of somebody else's page.
        if (IsCrossOrigin || !expected.RelyingParty.Owns(Origin))
            throw new WebAuthnException(WebAuthnFailure.OtherOrigin);
    }

    private static bool IsFramed(JsonElement root)
    {
        if (root.TryGetProperty("topOrigin", out _)) return true;
        return root.TryGetProperty("crossOrigin", out var given) && given.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw WebAuthnException.Malformed(),
        };
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw WebAuthnException.Malformed();
}
