using System.Text.Json;
using Lifeguard.Domain.Clients;

namespace Lifeguard.Web.OAuth;

/// <summary>Reads what an app says of itself, in JSON. Members that nobody here knows are passed over
/// (RFC 7591 §2).</summary>
internal static class MetadataJson
{
    private const int MostEntries = 100;

    private static readonly JsonDocumentOptions Bounded = new()
    {
        MaxDepth = 8,
        AllowDuplicateProperties = false,
    };

    /// <summary>The metadata.</summary>
    /// <exception cref="RegistrationException">invalid_client_metadata: it is no JSON object, or a member is
    /// of another type.</exception>
    public static AppMetadata Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Bounded);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw Malformed();
            return new()
            {
                ClientName = Text(root, "client_name"),
                RedirectUris = List(root, "redirect_uris") ?? [],
                GrantTypes = List(root, "grant_types"),
                ResponseTypes = List(root, "response_types"),
                AuthenticationMethod = Text(root, "token_endpoint_auth_method") ?? DynamicClients.Basic,
                Scope = Text(root, "scope"),
            };
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw Malformed();
        }
    }

    private static string? Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null) return null;
        return member.ValueKind == JsonValueKind.String ? member.GetString() : throw Malformed();
    }

    private static List<string>? List(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null) return null;
        var isList = member.ValueKind == JsonValueKind.Array && member.GetArrayLength() <= MostEntries;
        return isList ? [.. member.EnumerateArray().Select(Entry)] : throw Malformed();
    }

    private static string Entry(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.String ? entry.GetString()! : throw Malformed();

    private static RegistrationException Malformed() =>
        RegistrationException.Metadata("The metadata are no JSON object, or a member is of another type.");
}
