using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations;
using Lifeguard.Operations.Flows;
using Lifeguard.Web.Pages;
using Lifeguard.Web.Pages.ManagedLogin;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Confirmation;

/// <summary>Where the links lead by which people confirm an address: following one is enough, as with the
/// service (doc).</summary>
public sealed class ConfirmationEndpoint(
    ConfirmByLink links, PageCatalogue catalogue, RandomSource random, TimeProvider clock, WebRules rules)
{
    /// <summary>Confirms, and says how that went in the language that the browser prefers. Nothing leads on
    /// to the app: its callbacks wait for answers to requests that it has begun itself.</summary>
    public async Task Handle(HttpContext context)
    {
        var query = context.Request.Query;
        var link = new ConfirmSignUpRequest
        {
            ClientId = query["client_id"].ToString(),
            Username = query["user_name"].ToString(),
            ConfirmationCode = query["confirmation_code"].ToString(),
        };
        var call = new Call(
            random.Id(),
            clock.GetUtcNow(),
            CallerAddress.Of(context, rules.IsBehindProxy),
            context.Request.Headers.UserAgent.ToString(),
            context.RequestAborted);
        var texts = catalogue.In(
            PageLanguage.Choose(null, null, context.Request.Headers.AcceptLanguage));
        await (await links.Confirm(link, call) ? Worked(context, texts) : Failed(context, texts));
    }

    private static Task Worked(HttpContext context, PageTexts texts) => NoticePage.Send(
        context,
        StatusCodes.Status200OK,
        texts.LinkWorkedTitle,
        $"<p>{texts.LinkWorkedText}</p><p>{texts.LinkWorkedAdvice}</p>",
        texts.Language);

    /// <summary>Whoever follows a link twice is told the truth, and a stranger nothing of who there
    /// is.</summary>
    private static Task Failed(HttpContext context, PageTexts texts) => NoticePage.Send(
        context,
        StatusCodes.Status400BadRequest,
        texts.LinkFailedTitle,
        $"<p>{texts.LinkFailedText}</p><p>{texts.LinkFailedAdvice}</p>",
        texts.Language);
}
