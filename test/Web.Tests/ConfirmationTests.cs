using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lifeguard.Web.Tests;

/// <summary>The links of mails by which people confirm an address.</summary>
public sealed partial class ConfirmationTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_link_of_a_mail_confirms_when_it_is_followed_and_only_then()
    {
        var (pool, link) = await Mailed();

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await server.Send(HttpMethod.Head, link)).Status);
        Assert.Equal("UNCONFIRMED", await StatusOf(pool));

        var page = await server.Get(link);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Your email address is confirmed.", page.Body, StringComparison.Ordinal);
        Assert.Equal("no-store", page.Header("Cache-Control"));
        Assert.Equal("no-referrer", page.Header("Referrer-Policy"));
        Assert.StartsWith("default-src 'none'", page.Header("Content-Security-Policy"));
        Assert.Equal("CONFIRMED", await StatusOf(pool));

        var again = await server.Get(link);
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Contains("has expired, or is not complete", again.Body, StringComparison.Ordinal);
        Assert.Contains("confirmed your address before, just sign in", again.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Not confirmed", again.Body, StringComparison.Ordinal);
        var unknown = await server.Get("/confirmUser/?client_id=a&user_name=b&confirmation_code=c");
        Assert.Equal(again.Body, unknown.Body);
    }

    [Fact]
    public async Task A_pool_with_a_domain_sends_people_there()
    {
        var (pool, link) = await Mailed(domain: "links");

        Assert.StartsWith("/_domain/links/confirmUser/?", link, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.Get(link)).Status);
        Assert.Equal("CONFIRMED", await StatusOf(pool));
    }

    [Theory]
    [InlineData("/confirmUser")]
    [InlineData("/confirmUser/?client_id=a&user_name=b&confirmation_code=c")]
    [InlineData("/confirmUser/?client_id=a&client_id=b&user_name=%00&confirmation_code=%0d%0a")]
    public async Task What_is_no_link_gets_the_same_page(string path)
    {
        var page = await server.Get(path);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("has expired, or is not complete", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_are_in_the_language_that_the_browser_prefers()
    {
        var (_, link) = await Mailed();
        var german = ("Accept-Language", "tlh, de-AT;q=0.8, en;q=0.5");

        var worked = await server.Get(link, german);
        var failed = await server.Get(link, german);

        Assert.Contains("Ihre E-Mail-Adresse ist bestätigt.", worked.Body, StringComparison.Ordinal);
        Assert.Contains("melden Sie sich an", worked.Body, StringComparison.Ordinal);
        Assert.Contains("fordern Sie einen neuen Link an", failed.Body, StringComparison.Ordinal);
        Assert.All(
            [worked, failed],
            page => Assert.Contains("<html lang=\"de\">", page.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_pages_have_a_style_sheet()
    {
        var sheet = await server.Get("/_pages/notice.css");

        Assert.Equal(HttpStatusCode.OK, sheet.Status);
        Assert.Contains("color-scheme", sheet.Body, StringComparison.Ordinal);
    }

    private async Task<(string Pool, string Link)> Mailed(string? domain = null)
    {
        var pool = (await Must("CreateUserPool", new
        {
            PoolName = "links",
            AutoVerifiedAttributes = (string[])["email"],
            VerificationMessageTemplate = new { DefaultEmailOption = "CONFIRM_WITH_LINK" },
        }))["UserPool"]!["Id"]!.GetValue<string>();
        if (domain is not null)
            await Must("CreateUserPoolDomain", new { UserPoolId = pool, Domain = domain });
        var client = (await Must("CreateUserPoolClient", new { UserPoolId = pool, ClientName = "app" }))
            ["UserPoolClient"]!["ClientId"]!.GetValue<string>();
        await Must("SignUp", new
        {
            ClientId = client,
            Username = "ana",
            Password = "Old-1234!",
            UserAttributes = (object[])[new { Name = "email", Value = $"{pool}@example.com" }],
        });
        var mail = await server.Get($"/_lifeguard/inbox/wait?to={pool}@example.com&timeout=10");
        var body = JsonNode.Parse(mail.Body)!["body"]!.GetValue<string>();
        var link = WebUtility.HtmlDecode(Address().Match(body).Groups[1].Value);
        Assert.StartsWith(server.Address.ToString(), link);
        return (pool, new Uri(link).PathAndQuery);
    }

    private async Task<string> StatusOf(string pool) =>
        (await Must("AdminGetUser", new { UserPoolId = pool, Username = "ana" }))["UserStatus"]!
        .GetValue<string>();

    private async Task<JsonNode> Must(string operation, object request)
    {
        var answer = await server.Call(operation, JsonSerializer.Serialize(request));
        Assert.True(answer.Status == HttpStatusCode.OK, $"{operation}: {answer.Body}");
        return JsonNode.Parse(answer.Body)!;
    }

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Address();
}
