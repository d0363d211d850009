using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Feedback;

/// <summary>
/// Where the links of mails about risky sign-ins lead. Following one shows a question with a button, and only
/// the button answers: programs that look at the links of mails must not speak for their readers.
/// </summary>
public sealed class FeedbackEndpoint(GiveFeedback feedback)
{
    public const string PoolId = "poolId";
    public const string Reply = "reply";

    /// <summary>Whoever asked for a longer one has no token of ours.</summary>
    private const int LongestWord = 1024;

    /// <summary>Answers whatever comes to such an address.</summary>
    public Task Handle(HttpContext context)
    {
        var (isKnown, isValid) = context.Request.RouteValues[Reply] switch
        {
            "valid" => (true, true),
            "invalid" => (true, false),
            _ => (false, false),
        };
        if (!isKnown) return NoticePage.Send(context, 404, "Not found", $"<p>There is nothing here.</p>");
        var method = context.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) return Ask(context, isValid);
        if (HttpMethods.IsPost(method)) return Take(context, isValid);
        context.Response.Headers.Allow = "GET, HEAD, POST";
        return NoticePage.Send(context, 405, "Not allowed", $"<p>This cannot be done here.</p>");
    }

    private static Task Ask(HttpContext context, bool isValid) => NoticePage.Send(
        context,
        200,
        "Was it you?",
        $"""
        <form method="post">
        <p><button>{(isValid ? "Yes, it was me" : "No, it was not me")}</button></p>
        </form>
        """);

    private async Task Take(HttpContext context, bool isValid)
    {
        var pool = context.Request.RouteValues[PoolId] as string ?? "";
        var token = context.Request.Query["token"].ToString();
        var isTaken = pool.Length <= LongestWord
            && token.Length is > 0 and <= LongestWord
            && await feedback.ByLink(
                pool,
                token,
                isValid ? FeedbackValueType.Valid : FeedbackValueType.Invalid,
                context.RequestAborted);
        await (isTaken
            ? NoticePage.Send(context, 200, "Thank you", Thanks(isValid))
            : NoticePage.Send(
                context, 400, "This link does not work", $"<p>It has expired, or is not complete.</p>"));
    }

    private static Html Thanks(bool isValid) => isValid
        ? $"<p>We remember that it was you.</p>"
        : (Html)$"<p>We remember that it was not you. Please change your password.</p>";
}
