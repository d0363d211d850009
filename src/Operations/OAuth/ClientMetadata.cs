using System.Text.Json;

namespace Lifeguard.Operations.OAuth;

/// <summary>The parameter <c>aws_client_metadata</c>: what a client tells the trigger.</summary>
internal static class ClientMetadata
{
    private static readonly JsonDocumentOptions Flat = new() { MaxDepth = 2 };

    /// <summary>The texts of a JSON object by their names.</summary>
    /// <exception cref="OAuthException">invalid_request: it is something else.</exception>
    public static IReadOnlyDictionary<string, string> Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Flat);
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.String) throw OAuthRefusals.InvalidRequest();
                metadata[member.Name] = member.Value.GetString()!;
            }

            return metadata;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw OAuthRefusals.InvalidRequest();
        }
    }
}
