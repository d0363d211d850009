using System.Net;
using System.Text.RegularExpressions;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>Somebody at a browser that runs no scripts: reads pages, follows redirects as far as they stay on
/// the server, fills in forms, and keeps cookies.</summary>
public sealed partial class Person(Uri server) : IDisposable
{
    private const int MostRedirects = 10;

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
    });

    /// <summary>By name; all belong to the one domain that is visited.</summary>
    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>The lines in which cookies came.</summary>
    public List<string> CookieLines { get; } = [];

    public Task<Seen> Open(string address) => Follow(new(HttpMethod.Get, address));

    /// <summary>As a form that some page sends.</summary>
    public Task<Seen> Post(
        string address, IEnumerable<KeyValuePair<string, string>> fields,
        params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(fields),
        };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return Follow(request);
    }

    /// <summary>Fills in the form of a page that has all of these fields.</summary>
    public Task<Seen> Fill(Seen page, params (string Name, string Value)[] fields)
    {
        var form = page.Forms.FirstOrDefault(form => fields.All(field => form.Names.Contains(field.Name)))
            ?? throw new InvalidOperationException($"{page.Status} {page.Url} has no such form: {page.Html}");
        var all = new Dictionary<string, string>(form.Hidden);
        foreach (var (name, value) in fields) all[name] = value;
        return Post(new Uri(page.Url, form.Action).ToString(), all);
    }

    public void Dispose() => http.Dispose();

    private async Task<Seen> Follow(HttpRequestMessage first)
    {
        var request = first;
        for (var hop = 0; hop < MostRedirects; hop++)
        {
            using var sent = request;
            if (Cookies.Count > 0)
            {
                request.Headers.TryAddWithoutValidation(
                    "Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            }

            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Keep(response);
            var url = request.RequestUri!;
            if (response.Headers.Location is not { } location)
            {
                var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                var headers = response.Headers.ToString();
                return new((int)response.StatusCode, url, null, html) { Headers = headers };
            }

            var next = new Uri(url, location);
            if (next.Authority != server.Authority)
                return new((int)response.StatusCode, url, next.OriginalString, "");
            request = new(HttpMethod.Get, next);
        }

        throw new InvalidOperationException("The redirects do not end.");
    }

    private void Keep(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var lines)) return;
        foreach (var line in lines)
        {
            CookieLines.Add(line);
            var (name, value) = (line[..line.IndexOf('=')], line[(line.IndexOf('=') + 1)..].Split(';')[0]);
            if (value.Length == 0) Cookies.Remove(name);
            else Cookies[name] = value;
        }
    }
}

/// <summary>Where a browser has ended: on a page of the server, or on its way to another site.</summary>
/// <param name="Location">The other site's address; null on a page.</param>
public sealed partial record Seen(int Status, Uri Url, string? Location, string Html)
{
    public string Headers { get; init; } = "";

    /// <summary>The forms of the page.</summary>
    public IReadOnlyList<SeenForm> Forms =>
    [
        .. Form().Matches(Html).Select(form => new SeenForm(
            Attribute(form.Groups[1].Value, "action") ?? Url.ToString(),
            [.. Input().Matches(form.Groups[2].Value).Select(input => Attribute(input.Value, "name"))
                .OfType<string>()],
            Input().Matches(form.Groups[2].Value).Select(input => input.Value)
                .Where(input => IsHidden(input) && Attribute(input, "name") is not null)
                .DistinctBy(input => Attribute(input, "name"))
                .ToDictionary(input => Attribute(input, "name")!, input => Attribute(input, "value") ?? ""))),
    ];

    /// <summary>Is it a page on which one signs in?</summary>
    public bool AsksForPassword => Location is null && Forms.Any(form => form.Names.Contains("password"));

    /// <summary>The address that the page's choice of a language leads to.</summary>
    public string In(string language)
    {
        var link = Regex.Match(Html, $"<a href=\"([^\"]*)\" lang=\"{language}\"").Groups[1].Value;
        return new Uri(Url, WebUtility.HtmlDecode(link)).ToString();
    }

    /// <summary>What the app gets: in the query, in the fragment, or in a form.</summary>
    public IReadOnlyDictionary<string, string> Answer
    {
        get
        {
            if (Location is null) return Forms.Single().Hidden;
            var at = Location.IndexOf('#');
            if (at < 0) at = Location.IndexOf('?');
            return at < 0 ? new Dictionary<string, string>() : Pairs(Location[(at + 1)..]);
        }
    }

    /// <summary>By its type, or for the password managers that look at fields of other types alone.</summary>
    private static bool IsHidden(string input) =>
        Attribute(input, "type") == "hidden" || Regex.IsMatch(input, "\\shidden\\b");

    private static Dictionary<string, string> Pairs(string text) => text.Split('&')
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[1]));

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"") is { Success: true } found
            ? WebUtility.HtmlDecode(found.Groups[1].Value)
            : null;

    [GeneratedRegex("<form\\b([^>]*)>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<(?:input|button|select|textarea)\\b[^>]*>")]
    private static partial Regex Input();
}

/// <summary>A form of a page.</summary>
/// <param name="Hidden">What it sends along.</param>
public sealed record SeenForm(
    string Action, IReadOnlyList<string> Names, IReadOnlyDictionary<string, string> Hidden);
