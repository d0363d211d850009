using System.Text.Json;
using System.Text.Unicode;

namespace Lifeguard.Domain.Federation;

/// <summary>JSON that a provider has written, read within bounds.</summary>
public static class ForeignJson
{
    /// <summary>Far above any answer of a provider.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly JsonDocumentOptions Strict =
        new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The object; null where it is none, names a member twice, or holds what is no
    /// Unicode.</summary>
    public static JsonElement? Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxBytes || !Utf8.IsValid(json.Span)) return null;
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
            MustBeReadable(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what a lone surrogate escape causes.
            return null;
        }
    }

    /// <summary>The text of a member; null where it is none, or empty.</summary>
    public static string? Text(this JsonElement document, string name) =>
        document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text
                ? text
                : null;

    // The parser bounds the depth.
    private static void MustBeReadable(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String) _ = element.GetString();
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray()) MustBeReadable(item);
        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var member in element.EnumerateObject())
        {
            _ = member.Name;
            MustBeReadable(member.Value);
        }
    }
}
