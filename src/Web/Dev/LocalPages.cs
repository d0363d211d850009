using System.Net;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Dev;

/// <summary>
/// Keeps web pages of others away from what only development has. In a developer's browser every page can
/// send requests to loopback, and with DNS rebinding (a name of its own that resolves to 127.0.0.1) it can
/// read the answers; both show in the headers <c>Host</c> and <c>Origin</c>, which pages cannot forge.
/// </summary>
internal static class LocalPages
{
    private const string Refusal = "Only for pages and programs of this machine.";
    private const int LongestHeader = 512;

    /// <summary>Lets only requests of this machine through to <paramref name="handle"/>; others get status
    /// 403. Pages on loopback, such as an application under development, may use it.</summary>
    public static RequestDelegate Only(RequestDelegate handle) => context =>
    {
        if (!IsLocal(context.Request)) return JsonAnswer.Refuse(context, 403, Refusal);
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0) return handle(context);

        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.Vary = "Origin";
        if (!HttpMethods.IsOptions(context.Request.Method)) return handle(context);
        headers.AccessControlAllowMethods = "GET, PUT, POST, DELETE";
        headers.AccessControlAllowHeaders = "content-type";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    private static bool IsLocal(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host)) return false;
        // Sent by browsers only; "none" is the address bar.
        if (request.Headers["Sec-Fetch-Site"].ToString() == "cross-site") return false;
        return IsLocalOrigin(request.Headers.Origin.ToString());
    }

    private static bool IsLocalOrigin(string origin) => origin.Length == 0
        || (origin.Length <= LongestHeader
            && Uri.TryCreate(origin, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase)
            && address.UserInfo.Length == 0
            && IsLoopback(address.Host));

    /// <summary>Names that end in <c>.localhost</c> resolve to loopback by definition (RFC 6761
    /// §6.3).</summary>
    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
