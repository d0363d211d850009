using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Dev;

/// <summary>Bodies of the test controls.</summary>
internal static class ControlBody
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>The JSON object in the body, an empty one for an empty body; null for anything
    /// else.</summary>
    public static async Task<JsonElement?> Read(HttpContext context)
    {
        if (await RequestBody.Read(context, MaxBytes) is not { } body) return null;
        try
        {
            using var document = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object ? root.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Status 400 with a hint at what is understood.</summary>
    public static Task Refuse(HttpContext context, string understood) =>
        JsonAnswer.Refuse(context, 400, $"The body must be {understood}");

    /// <summary>Status 204.</summary>
    public static Task Done(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
