using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Operations;
using Lifeguard.Operations.OAuth;
using Lifeguard.Web.OAuth;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Lifeguard.Web.Login;

/// <summary>What the pages of a domain have in common: who may ask for them and how, forms that only they can
/// have sent, and what a browser may do with them.</summary>
internal sealed partial class PageGate(
    DomainRouter domains, OAuthRunner runner, PageSender sender, RandomSource random, TimeProvider clock,
    WebRules rules, AuthorizationRules authorization, ILogger<PageGate> log)
{
    private const int MaxFormBytes = 64 * 1024;
    private const int CsrfLength = 32;
    private const int MostWishes = 16;

    private static readonly TimeSpan LanguageKept = TimeSpan.FromDays(365);

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Entering = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post];

    /// <summary>Answers with a page that is only looked at.</summary>
    public Task Read(HttpContext context, Func<PageVisit, Task<PageAnswer>> page) =>
        Answer(context, Reading, page);

    /// <summary>Answers with a page that has a form.</summary>
    public Task Enter(HttpContext context, Func<PageVisit, Task<PageAnswer>> page) =>
        Answer(context, Entering, page);

    /// <summary>Answers a request that came from another site, by form or not: the page has to find out by
    /// itself that it is meant.</summary>
    public Task Receive(HttpContext context, Func<PageVisit, Task<PageAnswer>> page) =>
        Answer(context, Entering, page, isForeign: true);

    /// <summary>The same for an address that takes just these methods, and longer forms than those of
    /// pages.</summary>
    public Task Receive(
        HttpContext context, IReadOnlyList<string> methods, int maxFormBytes,
        Func<PageVisit, Task<PageAnswer>> page) =>
        Answer(context, methods, page, isForeign: true, maxFormBytes);

    private async Task Answer(
        HttpContext context, IReadOnlyList<string> methods, Func<PageVisit, Task<PageAnswer>> page,
        bool isForeign = false, int maxFormBytes = MaxFormBytes)
    {
        var id = random.Id();
        PageSender.Protect(context, id);
        if (await domains.Find(context) is not { } at)
        {
            await JsonAnswer.Refuse(context, StatusCodes.Status404NotFound, "There is no such domain.");
            return;
        }

        if (!methods.Contains(context.Request.Method))
        {
            context.Response.Headers.Allow = string.Join(", ", methods);
            await JsonAnswer.Refuse(
                context, StatusCodes.Status405MethodNotAllowed, "The method is not allowed here.");
            return;
        }

        var visit = Visit(context, at, id);
        try
        {
            if (HttpMethods.IsPost(context.Request.Method))
                visit = await WithForm(visit, isForeign, maxFormBytes);
            var answer = await runner.Run(
                $"{at.Pool.Id}/{visit.Call.Source}", () => page(visit), visit.Call);
            await sender.Send(visit, answer);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to read the answer.
        }
#pragma warning disable CA1031 // The last line of defence: an unforeseen failure
        // is logged here and answered safely.
        catch (Exception failure) when (!context.Response.HasStarted)
#pragma warning restore CA1031 // See above.
        {
            await sender.Send(visit, Refusal(visit, failure));
        }
    }

    private PageVisit Visit(HttpContext context, DomainVisit at, string id)
    {
        var (text, step) = PageSteps.Apart(
            context.Request.QueryString.Value is ['?', .. var rest] ? rest : "");
        var query = new AuthorizationQuery(text, UrlEncodedForm.Read(Encoding.UTF8.GetBytes(text)));
        var cookies = new PageCookies(context, at);
        var call = new Call(
            id,
            clock.GetUtcNow(),
            CallerAddress.Of(context, rules.IsBehindProxy),
            context.Request.Headers.UserAgent.ToString(),
            context.RequestAborted)
        {
            Operation = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "",
            Region = CalledRegion.Of(at.Replica),
            Replica = at.Replica,
        };
        return new(context, at, query, null, cookies, call)
        {
            Language = LanguageOf(context, at, query, cookies, call.Now),
            CsrfToken = CsrfOf(cookies, call.Now),
            Step = step,
        };
    }

    /// <summary>A language that is asked for is kept; classic pages have but one (doc).</summary>
    private PageLanguage LanguageOf(
        HttpContext context, DomainVisit at, AuthorizationQuery query, PageCookies cookies,
        DateTimeOffset now)
    {
        if (at.Domain.ManagedLoginVersion == Domain.Domains.DomainRules.Classic) return PageLanguage.English;
        if (PageLanguage.Find(query["lang"]) is { } asked)
            cookies.Set(PageCookies.Language, asked.Tag, now + LanguageKept, now);
        return PageLanguage.Choose(
            query["lang"] ?? WishIn(query),
            cookies[PageCookies.Language],
            context.Request.Headers.AcceptLanguage);
    }

    /// <summary>The first of several languages that there is (OpenID Connect Core §3.1.2.1).</summary>
    private string? WishIn(AuthorizationQuery query) => authorization.IsStrict
        ? query["ui_locales"]?.Split(' ', MostWishes + 1)
            .Take(MostWishes)
            .FirstOrDefault(static tag => PageLanguage.Find(tag) is not null)
        : null;

    private string CsrfOf(PageCookies cookies, DateTimeOffset now)
    {
        if (cookies[PageCookies.Csrf] is { Length: 43 } known && Base64Url.IsValid(known)) return known;
        var made = Base64Url.EncodeToString(random.Bytes(CsrfLength));
        cookies.Set(PageCookies.Csrf, made, null, now);
        return made;
    }

    private async Task<PageVisit> WithForm(PageVisit visit, bool isForeign, int maxBytes)
    {
        var body = await RequestBody.Read(visit.Context, Math.Min(maxBytes, rules.MaxBodyBytes))
            ?? throw AuthorizationRefusals.Malformed();
        var fields = UrlEncodedForm.Read(body.Span) ?? throw AuthorizationRefusals.Malformed();
        var form = new PageForm(fields);
        if (!isForeign && !IsOwn(visit, form)) throw new ForeignFormException();
        return visit with { Form = form };
    }

    /// <summary>The browser says that a page of this site has sent it, and the form knows what only such a
    /// page could tell it.</summary>
    private static bool IsOwn(PageVisit visit, PageForm form)
    {
        var site = visit.Context.Request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "cross-site" or "same-site") return false;
        var given = form["csrf"] ?? form["_csrf"] ?? "";
        return visit.Cookies[PageCookies.Csrf] is { Length: > 0 } expected
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
    }

    private PageAnswer Refusal(PageVisit visit, Exception failure)
    {
        switch (failure)
        {
            case AuthorizationException refusal:
                return PageSender.Refuse(visit, refusal);
            case OAuthException { Status: StatusCodes.Status429TooManyRequests }:
                return PageSender.Error(visit, StatusCodes.Status429TooManyRequests, null, "Rate exceeded");
            case ApiException refusal when refusal.Status < 500:
                return PageAnswer.Show(
                    frame => ErrorPage.Page(frame, new() { Description = frame.Texts.Said(refusal) }),
                    StatusCodes.Status400BadRequest);
            case ForeignFormException:
                return Foreign(visit);
            case BadHttpRequestException broken:
                return PageSender.Error(visit, broken.StatusCode, "invalid_request", null);
            default:
                LogFailure(log, failure, visit.Context.Request.Path, visit.Call.Id);
                return PageSender.Error(
                    visit, StatusCodes.Status500InternalServerError, "server_error", null);
        }
    }

    /// <summary>Most often the cookie is gone, with the browser that was closed meanwhile: the page, asked
    /// for by its address, begins anew.</summary>
    private static PageAnswer Foreign(PageVisit visit) => PageAnswer.Show(
        frame => ForeignFormPage.Page(frame, new() { RestartHref = visit.To(visit.Call.Operation) }),
        StatusCodes.Status403Forbidden);

    [LoggerMessage(1, LogLevel.Error, "{Path} failed, request {RequestId}")]
    private static partial void LogFailure(ILogger log, Exception failure, string path, string requestId);

    /// <summary>A form that no page of the domain has sent.</summary>
    private sealed class ForeignFormException() : Exception("The form is not one of the domain's own.");
}
