using System.Text.Json;

namespace Lifeguard.Clients;

/// <summary>What the API answered.</summary>
/// <param name="ErrorType">Such as <c>UserNotFoundException</c>; null for success.</param>
public sealed record ApiAnswer(int Status, string? ErrorType, string? Message, JsonElement Body)
{
    internal static ApiAnswer Read(int status, string text)
    {
        using var document = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        var body = document.RootElement.Clone();
        if (status == 200) return new(status, null, null, body);
        var type = body.TryGetProperty("__type", out var named) ? named.GetString()!.Split('#')[^1] : "";
        var message = body.TryGetProperty("message", out var words) ? words.GetString() : null;
        return new(status, type, message, body);
    }
}
