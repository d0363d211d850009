using System.Net;
using System.Text;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Web.Inbox;
using Lifeguard.Web.Pages;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Lifeguard.Web.Tests;

public sealed class InboxPageTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Marker = "xss-marker";

    public static TheoryData<string> Attacks =>
    [
        $"<script>alert('{Marker}')</script>",
        $"\"><img src=x onerror=alert('{Marker}')>",
        $"' onmouseover='{Marker}",
        $"</title><script>{Marker}</script>",
        $"</pre><svg/onload={Marker}>",
        $"<!--<img src=\"--><img src=x onerror={Marker}//\">",
        $"<iframe srcdoc=\"<script>{Marker}</script>\">",
        $"&lt;script&gt;{Marker}&lt;/script&gt;",
        $"\u2028<a href=\"javascript:{Marker}\">\0",
        $"<SCRIPT\n>{Marker}<",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Encodes_whatever_comes_from_others(string attack)
    {
        var entry = new InboxEntry(
            1, attack, DeliveryMedium.Email, attack, attack, attack, attack, DateTimeOffset.UnixEpoch);
        string[] pages =
        [
            InboxPages.List([entry], attack).ToString(),
            InboxPages.List([], attack).ToString(),
            InboxPages.Message(entry with { Text = attack, ReplyTo = attack }, attack).ToString(),
            InboxPages.Message(entry with { Text = attack, IsTextOnly = true }, attack).ToString(),
            InboxPages.Message(entry with { Medium = DeliveryMedium.Sms, Subject = null }, null).ToString(),
        ];
        var harmless = new InboxEntry(
            1, "p", DeliveryMedium.Email, "f", "t", "s", "b", DateTimeOffset.UnixEpoch);
        string[] same =
        [
            InboxPages.List([harmless], "q").ToString(),
            InboxPages.List([], "q").ToString(),
            InboxPages.Message(harmless with { Text = "t", ReplyTo = "r" }, "raw").ToString(),
            InboxPages.Message(harmless with { Text = "t", IsTextOnly = true }, "raw").ToString(),
            InboxPages.Message(harmless with { Medium = DeliveryMedium.Sms, Subject = null }, null)
                .ToString(),
        ];
        for (var i = 0; i < pages.Length; i++)
        {
            Assert.Contains(Marker, pages[i]);
            // The mark-up is that of the same page with harmless texts: the attack adds neither tag nor
            // attribute.
            Assert.Equal(PageMarkup.Of(same[i]), PageMarkup.Of(pages[i]));
        }
    }

    [Fact]
    public void Leaves_readable_letters_readable()
    {
        Html page = $"<p>{"Grüße, 日本"}</p>";
        Assert.Equal("<p>Grüße, 日本</p>", page.ToString());
    }

    [Fact]
    public async Task Shows_pages_under_a_policy_without_scripts()
    {
        var answer = await server.Get("/inbox");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var policy = answer.Header("Content-Security-Policy");
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("script-src", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        Assert.Equal("text/html; charset=utf-8", answer.Header("Content-Type"));
    }

    [Fact]
    public async Task Shows_a_mails_own_markup_only_in_a_sandbox()
    {
        const string body = "<p>Your code is <b>123456</b></p><script>alert(1)</script>";
        var sequence = await Receive("sandbox@example.com", "Your code", body);
        var page = await server.Get($"/inbox/{sequence}");
        Assert.Contains(
            $"""<iframe sandbox="" title="The message" src="/inbox/{sequence}/body">""", page.Body);
        Assert.Contains("<h3>Text</h3>\n<pre>Your code is 123456</pre>", page.Body.ReplaceLineEndings("\n"));
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page.Body);
        Assert.DoesNotContain("<script", page.Body);

        var frame = await server.Get($"/inbox/{sequence}/body");
        Assert.Contains(body, frame.Body, StringComparison.Ordinal);
        Assert.StartsWith("sandbox; default-src 'none'; ", frame.Header("Content-Security-Policy"));
    }

    [Fact]
    public async Task Shows_and_gives_an_e_mail_as_a_mail_server_gets_it()
    {
        var sequence = await Receive("raw@example.com", "Your code", "<p>Grüße, 123456</p>");

        var raw = await server.Get($"/_lifeguard/inbox/{sequence}/raw");

        Assert.Equal("message/rfc822", raw.Header("Content-Type"));
        var mail = await MimeMessage.LoadAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(raw.Body)), TestContext.Current.CancellationToken);
        Assert.Equal("no-reply@localhost", mail.From.ToString());
        Assert.Equal("raw@example.com", mail.To.ToString());
        Assert.Equal("Your code", mail.Subject);
        Assert.Equal("Grüße, 123456", mail.TextBody?.Trim());
        Assert.Contains("<p>Grüße, 123456</p>", mail.HtmlBody);
        var page = (await server.Get($"/inbox/{sequence}")).Body;
        Assert.Contains("<summary>Raw message</summary>", page);
        Assert.Contains("Gr=C3=BC=C3=9Fe, 123456", page);
    }

    [Fact]
    public async Task Says_why_an_e_mail_could_not_travel()
    {
        var sequence = await Receive("nobody", "Your code", "<p>123456</p>");

        var page = await server.Get($"/inbox/{sequence}");
        Assert.Contains("<pre>The recipient is not an e-mail address.</pre>", page.Body);
        var raw = await server.Get($"/_lifeguard/inbox/{sequence}/raw");
        Assert.Equal(HttpStatusCode.NotFound, raw.Status);
        Assert.Contains("The recipient is not an e-mail address.", raw.Body);
    }

    [Theory]
    [InlineData("/_lifeguard/inbox/999999/raw")]
    [InlineData("/_lifeguard/inbox/abc/raw")]
    public async Task No_other_message_is_an_e_mail(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await server.Get(path)).Status);

    [Fact]
    public async Task Lists_newest_first_and_searches()
    {
        await Receive("first@example.com", "Needle one", "b");
        await Receive("second@example.com", "Needle two", "b");
        var page = (await server.Get("/inbox?q=needle")).Body;
        Assert.InRange(
            page.IndexOf("Needle two", StringComparison.Ordinal),
            1,
            page.IndexOf("Needle one", StringComparison.Ordinal));
        Assert.DoesNotContain("Needle", (await server.Get("/inbox?q=nothing-like-it")).Body);
    }

    [Theory]
    [InlineData("/inbox/999999")]
    [InlineData("/inbox/-1")]
    [InlineData("/inbox/9223372036854775807")]
    [InlineData("/inbox/abc/body")]
    public async Task Says_that_a_message_is_missing(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await server.Get(path)).Status);

    private async Task<long> Receive(string to, string subject, string body)
    {
        var inbox = server.Parts.GetRequiredService<Adapters.Inbox>();
        await inbox.Send(
            new EmailMessage(Guid.NewGuid().ToString(), "us-east-1_Abc", null, null, to, subject, body),
            TestContext.Current.CancellationToken);
        return inbox.LastSequence;
    }
}
