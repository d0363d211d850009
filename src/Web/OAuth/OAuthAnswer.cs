using System.Text.Json;
using Lifeguard.Operations.OAuth;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.OAuth;

/// <summary>Answers of the OAuth endpoints. Pages of any origin may read them, as with the service, and no
/// cache keeps them (doc).</summary>
internal static class OAuthAnswer
{
    private const string ContentType = "application/json;charset=UTF-8";
    private const string AnyOrigin = "*";

    /// <summary>The headers of every answer.</summary>
    public static void Protect(HttpContext context, string requestId)
    {
        DomainAnswer.Protect(context, requestId);
        context.Response.Headers.XXSSProtection = "1; mode=block";
        context.Response.Headers.AccessControlAllowOrigin = AnyOrigin;
    }

    public static Task Send(HttpContext context, Action<Utf8JsonWriter> write) =>
        Send(context, StatusCodes.Status200OK, write);

    /// <summary>Says no (RFC 6749 §5.2).</summary>
    public static Task Refuse(HttpContext context, OAuthException refusal)
    {
        if (refusal.Challenge is { } challenge) context.Response.Headers.WWWAuthenticate = challenge;
        return Send(context, refusal.Status, writer =>
        {
            writer.WriteString("error", refusal.Error);
            if (refusal.Description is { } description) writer.WriteString("error_description", description);
        });
    }

    /// <summary>Sends an object with what <paramref name="write"/> writes.</summary>
    public static Task Send(HttpContext context, int status, Action<Utf8JsonWriter> write) =>
        JsonAnswer.Send(context, status, ContentType, JsonAnswer.Bytes(writer =>
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }));
}
