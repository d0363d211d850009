using Lifeguard.Domain;
using Lifeguard.Web.Pages;
using Lifeguard.Web.Pages.ManagedLogin;

namespace Lifeguard.Web.Login;

/// <summary>What a browser gets: a page, or the way to somewhere else. Nothing is sent before the answer is
/// final, since what leads to it may have to run again.</summary>
internal sealed record PageAnswer
{
    private readonly List<Action<PageCookies>> cookies = [];

    private PageAnswer()
    {
    }

    public int Status { get; private init; } = 200;

    /// <summary>Null where a page is shown.</summary>
    public string? Location { get; private init; }

    /// <summary>Null where the browser goes somewhere else.</summary>
    public Func<PageFrame, Html>? Page { get; private init; }

    /// <summary>Whose page it is, in its look; null for nobody's.</summary>
    public AppClient? Client { get; init; }

    /// <summary>Where the answers to the page's forms may lead, as <see cref="PagePolicy"/> takes
    /// it.</summary>
    public IReadOnlyList<string> Onward { get; init; } = [];

    /// <summary>The page that a change of language leads to; null where no choice is offered.</summary>
    public string? LanguagePath { get; init; }

    /// <summary>What the address of that page says besides, as <see cref="PageSteps"/> puts it; null for
    /// nothing.</summary>
    public string? LanguageStep { get; init; }

    public static PageAnswer To(string location) => new() { Location = location, Status = 302 };

    /// <summary>To the page that a form leads to, which the browser asks for anew (RFC 9110
    /// §15.4.4).</summary>
    public static PageAnswer SeeOther(string location) => new() { Location = location, Status = 303 };

    public static PageAnswer Show(Func<PageFrame, Html> page, int status = 200) =>
        new() { Page = page, Status = status };

    /// <summary>The same with a cookie set or taken away.</summary>
    public PageAnswer With(Action<PageCookies> cookie)
    {
        cookies.Add(cookie);
        return this;
    }

    public void Bake(PageCookies jar)
    {
        foreach (var cookie in cookies) cookie(jar);
    }
}
