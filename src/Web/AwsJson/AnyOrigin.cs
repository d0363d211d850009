using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.AwsJson;

/// <summary>
/// Cross-origin rules of the API. Browsers call it from everywhere, and never with cookies, so any origin is
/// let in and credentials are never allowed (observed).
/// </summary>
internal static class AnyOrigin
{
    private const string Exposed = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";
    private const string TwoDays = "172800";
    private const int LongestEcho = 2048;

    /// <summary>Marks an answer as readable by any page.</summary>
    public static void Allow(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = Exposed;
    }

    /// <summary>Answers a preflight.</summary>
    public static Task Preflight(HttpContext context, string method = "POST")
    {
        Allow(context);
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = method;
        headers.AccessControlMaxAge = TwoDays;
        var asked = context.Request.Headers.AccessControlRequestHeaders.ToString();
        if (asked.Length is > 0 and <= LongestEcho && HeaderText.IsPlain(asked))
            headers.AccessControlAllowHeaders = asked;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
