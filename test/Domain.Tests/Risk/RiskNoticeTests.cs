using Lifeguard.Contract;
using Lifeguard.Domain.Logs;
using Lifeguard.Domain.Risk;
using Xunit;

namespace Lifeguard.Domain.Tests.Risk;

public sealed class RiskNoticeTests
{
    private const string Name = "a\nb{event-id}";

    private static readonly FeedbackLinks Links = new("t", "https://a/v?x=1&y", "https://a/i");

    private static readonly AuthEvent Happened = new()
    {
        Id = "event-1",
        Type = EventType.SignIn,
        Response = EventResponseType.Fail,
        PoolId = "p",
        ClientId = "c",
        User = new("sub", "generated"),
        IpAddress = "192.0.2.1",
        DeviceName = "Firefox 1, Linux",
        DeviceMark = "m",
        City = "Reykjavik",
        RequestId = "r",
        At = new(2026, 3, 6, 4, 5, 9, TimeSpan.Zero),
    };

    [Theory]
    [InlineData("{username}", "a\nb{event-id}")]
    [InlineData("{login-time}", "Fri Mar 06 04:05:09 UTC 2026")]
    [InlineData("{ip-address} {device-name}", "192.0.2.1 Firefox 1, Linux")]
    [InlineData("{city}, {country}", "Reykjavik, unknown")]
    [InlineData("{event-id}{feedback-token}", "event-1t")]
    [InlineData("<a href={one-click-link-valid}>", "<a href=https://a/v?x=1&amp;y>")]
    [InlineData("{one-click-link-invalid}", "https://a/i")]
    [InlineData("{something} {} { username }", "{something} {} { username }")]
    public void Puts_in_what_a_placeholder_stands_for(string body, string expected) =>
        Assert.Equal(expected, new RiskNotice("s", body).Fill(Happened, Name, Links).Body);

    [Fact]
    public void A_subject_stays_one_line_of_plain_text() => Assert.Equal(
        "Hi a b{event-id} https://a/v?x=1&y",
        new RiskNotice("Hi {username} {one-click-link-valid}", "x").Fill(Happened, Name, Links).Subject);

    [Theory]
    [InlineData(RiskResponse.Block)]
    [InlineData(RiskResponse.AskFactor)]
    [InlineData(RiskResponse.Nothing)]
    public void Without_an_administrator_s_words_there_are_words_with_both_links(RiskResponse response)
    {
        var notice = Of(null, response).Fill(Happened, Name, Links);

        Assert.NotEmpty(notice.Subject);
        Assert.Contains("https://a/i", notice.Body, StringComparison.Ordinal);
        Assert.Contains("https://a/v?x=1&amp;y", notice.Body, StringComparison.Ordinal);
        Assert.DoesNotContain('{', notice.Body.Replace("{event-id}", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Firefox 1, Linux", "Reykjavik", "IS",
        "Device: Firefox 1, Linux|Address: 192.0.2.1|Place: Reykjavik, IS")]
    [InlineData("Other, Linux", null, "IS", "Device: Linux|Address: 192.0.2.1|Place: IS")]
    [InlineData("Firefox 1, Other", "Reykjavik", null,
        "Device: Firefox 1|Address: 192.0.2.1|Place: Reykjavik")]
    [InlineData("Other, Other", null, null, "Address: 192.0.2.1")]
    public void Words_of_our_own_leave_out_what_is_unknown(
        string device, string? city, string? country, string expected)
    {
        var happened = Happened with { DeviceName = device, City = city, Country = country };

        var body = RiskNotice.Of(null, happened).Fill(happened, Name, Links).Body;

        var lines = body.Split('\n').Where(line => line.StartsWith("<li>", StringComparison.Ordinal));
        Assert.Equal(
            $"Time: Fri Mar 06 04:05:09 UTC 2026|{expected}",
            string.Join('|', lines.Select(line => line[4..^5])));
    }

    [Fact]
    public void An_administrator_s_text_stands_beside_the_HTML_or_alone()
    {
        const string Html = "<p>{username}</p>", Plain = "Dear  {username}";

        var both = Given(new() { Subject = "s", HtmlBody = Html, TextBody = Plain });
        var text = Given(new() { Subject = "s", TextBody = Plain });
        var html = Given(new() { Subject = "s", HtmlBody = Html });

        Assert.Equal(
            ("<p>a\nb{event-id}</p>", "Dear  a\nb{event-id}", false),
            (both.Body, both.Text, both.IsTextOnly));
        Assert.Equal(("Dear  a\nb{event-id}", true), (text.Text, text.IsTextOnly));
        Assert.Equal(("<p>a\nb{event-id}</p>", null, false), (html.Body, html.Text, html.IsTextOnly));
    }

    private static RiskNotice Given(NotifyEmailType email) =>
        Of(new() { SourceArn = "arn", BlockEmail = email }, RiskResponse.Block).Fill(Happened, Name, Links);

    private static RiskNotice Of(NotifyConfigurationType? configuration, RiskResponse response) =>
        RiskNotice.Of(configuration, Happened with { Risk = new() { Response = response } });
}
