using System.Text;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.OAuth;

/// <summary>What all answers of a pool's domain have in common, those to machines and those to
/// people.</summary>
internal static class DomainAnswer
{
    /// <summary>The headers of every answer: no cache keeps it, and nobody frames it (doc).</summary>
    public static void Protect(HttpContext context, string requestId)
    {
        var headers = context.Response.Headers;
        headers["x-amz-cognito-request-id"] = requestId;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-cache, no-store, max-age=0, must-revalidate";
        headers.Pragma = "no-cache";
        headers.Expires = "0";
    }

    /// <summary>An address as a header can hold it: callback URLs may have any letters (doc), headers have
    /// those of ASCII (RFC 3986 §2.5).</summary>
    public static string Written(string address)
    {
        if (Ascii.IsValid(address)) return address;
        var text = new StringBuilder(address.Length);
        foreach (var rune in address.EnumerateRunes())
            text.Append(rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        return text.ToString();
    }
}
