using Lifeguard.Operations.OAuth;
using Lifeguard.Web.Pages.ManagedLogin;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary>Pages where nothing goes on: errors of which no app may be told, and the end of a
/// session.</summary>
internal sealed class EndPages(PageGate gate)
{
    /// <summary><c>/error</c> (observed): always with status 400.</summary>
    public Task Error(HttpContext context) => gate.Read(context, visit =>
    {
        var told = visit.Query["error_description"];
        return Task.FromResult(PageSender.Error(
            visit,
            StatusCodes.Status400BadRequest,
            visit.Query["error"],
            told == AuthorizationRefusals.NoSuchClient ? told : null));
    });

    /// <summary>Nobody is signed in any more.</summary>
    public Task SignedOut(HttpContext context) => gate.Read(context, _ => Task.FromResult(
        PageAnswer.Show(frame => SignedOutPage.Page(frame, new()))));
}
