using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Lifeguard.Protocol.Jose;

/// <summary>Reading and writing the JSON of JWS and JWE headers.</summary>
internal static class JoseHeader
{
    private const int MaxKidLength = 256;

    // Nothing that counts is nested; the rest is looked over, not into.
    private static readonly JsonDocumentOptions Strict =
        new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    // The characters + and / of a base64 key id stay as they are, as in the service's own headers.
    private static readonly JsonWriterOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ReadOnlySpan<(string Name, string Value)> members)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
                json.WriteString(name, value);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The algorithm and key id of a header. False when it is not one JSON object, names a member twice,
    /// lacks one of the two, or holds <c>crit</c>: no extension is understood here (RFC 7515 §4.1.11). All
    /// other members, jku, jwk and x5u above all, are ignored: keys come from the server's own store.
    /// </summary>
    public static bool TryRead(
        byte[] header, [NotNullWhen(true)] out string? algorithm, [NotNullWhen(true)] out string? kid) =>
        TryReadForeign(header, out algorithm, out kid) && kid is not null;

    /// <summary>The same for tokens of others, which need not name a key: null where they do not.</summary>
    public static bool TryReadForeign(
        byte[] header, [NotNullWhen(true)] out string? algorithm, out string? kid)
    {
        (algorithm, kid) = (null, null);
        if (!Utf8.IsValid(header))
            return false;
        try
        {
            using var document = JsonDocument.Parse(header, Strict);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || root.TryGetProperty("crit", out _))
                return false;
            algorithm = Text(root, "alg");
            kid = Text(root, "kid");
            return algorithm is not null && kid is null or { Length: > 0 and <= MaxKidLength };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what a lone surrogate escape causes.
            return false;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
