using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations;
using Lifeguard.Operations.Flows;
using Lifeguard.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Confirmation;

/// <summary>Where the links lead by which people confirm an address: following one is enough, as with the
/// service (doc).</summary>
public sealed class ConfirmationEndpoint(
    ConfirmByLink links, RandomSource random, TimeProvider clock, WebRules rules)
{
    /// <summary>Confirms, and says how that went.</summary>
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
        await (await links.Confirm(link, call)
            ? NoticePage.Send(context, 200, "Confirmed", $"<p>Your e-mail address is confirmed.</p>")
            : NoticePage.Send(
                context,
                400,
                "This link does not work",
                // Whoever follows a link twice is told the truth, and a stranger nothing of who there is.
                $"""
                <p>It has been used already, has expired, or is not complete.</p>
                <p>If you have confirmed your address before, just sign in.
                Otherwise ask for a new link.</p>
                """));
    }
}
