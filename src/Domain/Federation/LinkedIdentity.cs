using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lifeguard.Domain.Federation;

/// <summary>One identity of a user at an identity provider, as the attribute <c>identities</c> tells
/// it.</summary>
/// <param name="UserId">Who the user is there.</param>
/// <param name="Issuer">The entity id of a SAML provider; null for others (doc).</param>
/// <param name="IsPrimary">The user came into being by signing in with it.</param>
public sealed record LinkedIdentity(
    string UserId,
    string ProviderName,
    string ProviderType,
    string? Issuer,
    bool IsPrimary,
    DateTimeOffset LinkedAt)
{
    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Those of the attribute's text; null for none.</summary>
    public static IReadOnlyList<LinkedIdentity> Read(string? text)
    {
        if (text is null) return [];
        using var document = JsonDocument.Parse(text);
        return
        [
            .. document.RootElement.EnumerateArray().Select(one => new LinkedIdentity(
                one.GetProperty("userId").GetString()!,
                one.GetProperty("providerName").GetString()!,
                one.GetProperty("providerType").GetString()!,
                one.GetProperty("issuer").GetString(),
                one.GetProperty("primary").GetBoolean(),
                DateTimeOffset.FromUnixTimeMilliseconds(one.GetProperty("dateCreated").GetInt64()))),
        ];
    }

    /// <summary>The attribute's text.</summary>
    public static string Text(IEnumerable<LinkedIdentity> identities)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartArray();
            foreach (var one in identities)
            {
                one.WriteNames(writer);
                writer.WriteBoolean("primary", one.IsPrimary);
                writer.WriteNumber("dateCreated", one.LinkedAt.ToUnixTimeMilliseconds());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The value of the claim in ID tokens: there all but the issuer is text (observed).</summary>
    public static void WriteClaim(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartArray();
        foreach (var one in Read(text))
        {
            one.WriteNames(writer);
            writer.WriteString("primary", one.IsPrimary ? "true" : "false");
            writer.WriteString(
                "dateCreated",
                one.LinkedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteNames(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("userId", UserId);
        writer.WriteString("providerName", ProviderName);
        writer.WriteString("providerType", ProviderType);
        writer.WriteString("issuer", Issuer);
    }
}
