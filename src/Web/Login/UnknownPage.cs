using Lifeguard.Web.OAuth;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Lifeguard.Web.Login;

/// <summary>What people see at an address of a domain that leads nowhere. Programs get the bare
/// status.</summary>
internal sealed class UnknownPage(DomainRouter domains, PageGate gate)
{
    /// <summary>Shows the page to a browser at a domain; no route was found.</summary>
    public async Task Handle(HttpContext context, RequestDelegate next)
    {
        var isSeen = IsBrowser(context.Request) && await domains.Find(context) is not null;
        await (isSeen ? gate.Read(context, _ => Task.FromResult(Answer())) : next(context));
    }

    private static PageAnswer Answer() => PageAnswer.Show(
        frame => ErrorPage.Page(frame, new() { Description = frame.Texts.NoSuchPage }),
        StatusCodes.Status404NotFound);

    /// <summary>Somebody looks at the page itself: what pages fetch besides is not asked for in
    /// HTML.</summary>
    private static bool IsBrowser(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var types)
        && types.Any(static type => type.MediaType == "text/html");
}
