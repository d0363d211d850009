using Lifeguard.Domain;
using Lifeguard.Domain.Domains;
using Lifeguard.Domain.OAuth;
using Lifeguard.Operations;
using Lifeguard.Operations.OAuth;
using Lifeguard.Web.OAuth;
using Lifeguard.Web.Pages.ManagedLogin;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary>A request of a browser for one of the pages of a domain.</summary>
/// <param name="Query">What the address carries along, above all the authorization request.</param>
/// <param name="Form">What was entered; null where the page is only asked for.</param>
internal sealed record PageVisit(
    HttpContext Context, DomainVisit At, AuthorizationQuery Query, PageForm? Form, PageCookies Cookies,
    Call Call)
{
    private const int LongestQuery = 4096;

    public UserPool Pool => At.Pool;

    public UserPoolDomain Domain => At.Domain;

    /// <summary>Before every path: what stands for the domain's host where it has none of its own.</summary>
    public string Base => Context.Request.PathBase.Value ?? "";

    /// <summary>Plain pages in English, as they were before managed login.</summary>
    public bool IsClassic => Domain.ManagedLoginVersion == DomainRules.Classic;

    /// <summary>The language of the pages.</summary>
    public required PageLanguage Language { get; init; }

    /// <summary>What every form of the pages has to send back.</summary>
    public required string CsrfToken { get; init; }

    /// <summary>What the address says besides the query, as <see cref="PageSteps"/> takes it; null for
    /// nothing.</summary>
    public string? Step { get; init; }

    /// <summary>The address of a page with the same query.</summary>
    public string To(string path) => Query.Text.Length == 0 ? Base + path : $"{Base}{path}?{Query.Text}";

    /// <summary>The same request by address, where it came by form and an address can hold it. Browsers send
    /// their cookies with that, and not with forms of other sites.</summary>
    public PageAnswer? ByAddress(string path)
    {
        if (Form is null) return null;
        var again = this with { Query = Form.ToQuery() };
        return again.Query.Text.Length <= LongestQuery ? PageAnswer.To(again.To(path)) : null;
    }

    /// <summary>Never prints its members.</summary>
    public override string ToString() => $"PageVisit of {Domain.Name}";
}

/// <summary>What a form holds, each field once.</summary>
internal sealed record PageForm(IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The field; null where it is left out or empty.</summary>
    public string? this[string name] =>
        Fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>The same in the address of a page.</summary>
    public AuthorizationQuery ToQuery()
    {
        var fields = Fields.Select(each => (each.Key, (string?)each.Value));
        return new(new ReturnAddress("", ResponseMode.Query, null).With([.. fields]).TrimStart('?'), Fields);
    }

    /// <summary>Never prints its members: passwords and codes are among them.</summary>
    public override string ToString() => nameof(PageForm);
}
