using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Passkeys;
using Lifeguard.Protocol.WebAuthn;

namespace Lifeguard.Operations.Flows;

/// <summary>What browsers are handed to ask an authenticator, in the JSON that they take as it is (WebAuthn
/// §5.1.8, §5.1.9), with the service's own members (observed).</summary>
internal static class PasskeyOptions
{
    private const int CreationMilliseconds = 60_000;
    private const int RequestMilliseconds = 180_000;

    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The bytes by which authenticators know the user.</summary>
    public static byte[] HandleOf(string sub) => Encoding.ASCII.GetBytes(sub);

    /// <summary>Whom an authenticator means by its bytes; null where they are not such.</summary>
    public static string? SubOf(byte[]? handle)
    {
        if (handle is not { Length: 36 }) return null;
        var text = Encoding.ASCII.GetString(handle);
        return Guid.TryParseExact(text, "D", out _) ? text : null;
    }

    /// <summary>For a new passkey. Authenticators that hold one of the user's already are to say so.
    /// </summary>
    public static JsonElement ForCreation(
        UserPool pool, User user, RelyingParty party, byte[] challenge, IReadOnlyList<Passkey> existing)
    {
        using var document = JsonDocument.Parse(Write(writer =>
        {
            WriteParty(writer, party);
            writer.WriteStartObject("user");
            writer.WriteString("id", Base64Url.EncodeToString(HandleOf(user.Sub)));
            writer.WriteString("name", user.Username);
            writer.WriteString("displayName", user.Username);
            writer.WriteEndObject();
            writer.WriteString("challenge", Base64Url.EncodeToString(challenge));
            WriteAlgorithms(writer);
            writer.WriteNumber("timeout", CreationMilliseconds);
            writer.WriteStartArray("excludeCredentials");
            foreach (var passkey in existing) WriteDescriptor(writer, passkey, withTransports: false);
            writer.WriteEndArray();
            writer.WriteStartObject("authenticatorSelection");
            writer.WriteBoolean("requireResidentKey", true);
            writer.WriteString("residentKey", "required");
            writer.WriteString("userVerification", PasskeyRules.Verification(pool));
            writer.WriteEndObject();
        }));
        return document.RootElement.Clone();
    }

    /// <summary>For a proof, as the text that challenge parameters are.</summary>
    /// <param name="verification"><c>required</c> or <c>preferred</c>.</param>
    public static string ForRequest(
        RelyingParty party, byte[] challenge, IReadOnlyList<Passkey> passkeys, string verification) =>
        Encoding.UTF8.GetString(Write(writer =>
        {
            writer.WriteString("challenge", Base64Url.EncodeToString(challenge));
            writer.WriteNumber("timeout", RequestMilliseconds);
            writer.WriteString("rpId", party.Id);
            writer.WriteStartArray("allowCredentials");
            foreach (var passkey in passkeys) WriteDescriptor(writer, passkey, withTransports: true);
            writer.WriteEndArray();
            writer.WriteString("userVerification", verification);
        }).Span);

    private static void WriteParty(Utf8JsonWriter writer, RelyingParty party)
    {
        writer.WriteStartObject("rp");
        writer.WriteString("id", party.Id);
        writer.WriteString("name", party.Id);
        writer.WriteEndObject();
    }

    private static void WriteAlgorithms(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("pubKeyCredParams");
        foreach (var algorithm in PasskeyRules.Algorithms)
        {
            writer.WriteStartObject();
            writer.WriteString("type", "public-key");
            writer.WriteNumber("alg", algorithm);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteDescriptor(Utf8JsonWriter writer, Passkey passkey, bool withTransports)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "public-key");
        writer.WriteString("id", passkey.CredentialId);
        if (withTransports && passkey.Transports.Count > 0)
        {
            writer.WriteStartArray("transports");
            foreach (var transport in passkey.Transports) writer.WriteStringValue(transport);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
