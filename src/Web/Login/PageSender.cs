using System.Buffers.Text;
using System.Text;
using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Operations.OAuth;
using Lifeguard.Web.OAuth;
using Lifeguard.Web.Pages;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary>Sends the pages of a domain, each with a policy that names what belongs to it.</summary>
internal sealed class PageSender(PageCatalogue texts, PageStyles styles, RandomSource random)
{
    private const string SecureTransport = "max-age=31536000; includeSubDomains";

    /// <summary>The headers of every answer: nothing is kept, framed, or told to other sites.</summary>
    public static void Protect(HttpContext context, string requestId)
    {
        DomainAnswer.Protect(context, requestId);
        // Addresses of pages hold the state and the nonce of an app.
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
    }

    /// <summary>The page of an error.</summary>
    /// <param name="description">In words that <see cref="PageTexts.Said(string)"/> translates; null for
    /// none.</param>
    public static PageAnswer Error(PageVisit visit, int status, string? reason, string? description) =>
        PageAnswer.Show(
            frame => ErrorPage.Page(frame, new()
            {
                Reason = reason,
                Description = description is null ? null : frame.Texts.Said(description),
            }),
            status);

    /// <summary>Tells the app what is wrong, or the person where no app may be told.</summary>
    public static PageAnswer Refuse(PageVisit visit, AuthorizationException refusal)
    {
        if (refusal.ReturnTo is { } address) return Return(address, Words(refusal, address));
        var own = new ReturnAddress(visit.Base + PagePaths.Error, ResponseMode.Query, null);
        return PageAnswer.To(own.With(
            ("error", refusal.Error),
            ("error_description", refusal.Description),
            ("client_id", refusal.ClientId)));
    }

    /// <summary>Sends the browser back to the app with an answer.</summary>
    public static PageAnswer Return(ReturnAddress address, params (string Name, string? Value)[] parameters)
    {
        if (address.Mode != ResponseMode.FormPost) return PageAnswer.To(address.With(parameters));
        var fields = parameters
            .Where(each => each.Value is not null)
            .Select(each => (each.Name, each.Value!));
        return PageAnswer.Show(frame => FormPostPage.Page(frame, address.Uri, [.. fields])) with
        {
            Onward = Onward(address.Uri),
        };
    }

    /// <summary>What a form's answer may redirect to, so that it reaches that address and goes on from
    /// there.</summary>
    public static IReadOnlyList<string> Onward(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? PagePolicy.Onward(uri) : [];

    public async Task Send(PageVisit visit, PageAnswer answer)
    {
        var (context, headers) = (visit.Context, visit.Context.Response.Headers);
        answer.Bake(visit.Cookies);
        if (visit.At.Address.StartsWith("https://", StringComparison.Ordinal))
            headers.StrictTransportSecurity = SecureTransport;
        if (answer.Location is { } location)
        {
            context.Response.StatusCode = answer.Status;
            headers.Location = DomainAnswer.Written(location);
            return;
        }

        var nonce = Base64Url.EncodeToString(random.Bytes(16));
        headers.ContentSecurityPolicy = PagePolicy.Of(nonce, answer.Onward);
        var theme = await styles.Of(visit, answer.Client);
        var page = answer.Page!(new()
        {
            Theme = theme,
            Texts = texts.In(visit.Language),
            Nonce = nonce,
            CsrfToken = visit.CsrfToken,
            Query = visit.Query.Text,
            Base = visit.Base,
            LanguagePath = visit.IsClassic ? null : answer.LanguagePath,
            LanguageStep = answer.LanguageStep,
        });
        await JsonAnswer.Send(
            context, answer.Status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(page.ToString()));
    }

    /// <summary>In the service's order (observed).</summary>
    private static (string Name, string? Value)[] Words(
        AuthorizationException refusal, ReturnAddress address) =>
    [
        ("error_description", refusal.Description), ("state", address.State), ("error", refusal.Error),
        ("iss", address.Issuer),
    ];
}
