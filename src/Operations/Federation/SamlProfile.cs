using System.Buffers;
using System.Text.Json;
using Lifeguard.Domain.Federation;
using Lifeguard.Protocol.Saml;

namespace Lifeguard.Operations.Federation;

/// <summary>Assertions as profiles.</summary>
internal static class SamlProfile
{
    public static FederatedProfile Of(SamlAssertion assertion) => new(
        assertion.Subject.Value,
        assertion.Attributes.ToDictionary(one => one.Name, one => Text(one.Values), StringComparer.Ordinal),
        [new("samlResponse", Json(assertion.Attributes))]);

    /// <summary>Several values become one text (doc); empty for none.</summary>
    private static string Text(IReadOnlyList<string> values) =>
        values is [var only] ? only : ClaimText.List(values) ?? "";

    /// <summary>The attributes by name: one value as text, several as a list.</summary>
    private static JsonElement Json(IReadOnlyList<SamlAttribute> attributes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var attribute in attributes)
            {
                writer.WritePropertyName(attribute.Name);
                if (attribute.Values is [var only])
                {
                    writer.WriteStringValue(only);
                    continue;
                }

                writer.WriteStartArray();
                foreach (var value in attribute.Values) writer.WriteStringValue(value);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
