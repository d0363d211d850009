using Lifeguard.Contract;
using Lifeguard.Domain.Logs;
using Lifeguard.Domain.Risk;
using Xunit;

namespace Lifeguard.Domain.Tests.Risk;

public sealed class RiskNoticeTests
{
    private static readonly FeedbackLinks Links = new("t", "https://a/v?x=1&y", "https://a/i");

    private static readonly AuthEvent Happened = new()
    {
        Id = "event-1",
        Type = EventType.SignIn,
        Response = EventResponseType.Fail,
        PoolId = "p",
        ClientId = "c",
        User = new("sub", "a\nb{event-id}"),
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
        Assert.Equal(expected, new RiskNotice("s", body).Fill(Happened, Links).Body);

    [Fact]
    public void A_subject_stays_one_line_of_plain_text() => Assert.Equal(
        "Hi a b{event-id} https://a/v?x=1&y",
        new RiskNotice("Hi {username} {one-click-link-valid}", "x").Fill(Happened, Links).Subject);

    [Theory]
    [InlineData(RiskResponse.Block)]
    [InlineData(RiskResponse.AskFactor)]
    [InlineData(RiskResponse.Nothing)]
    public void Without_an_administrator_s_words_there_are_words_with_both_links(RiskResponse response)
    {
        var notice = RiskNotice.Of(null, response).Fill(Happened, Links);

        Assert.NotEmpty(notice.Subject);
        Assert.Contains("https://a/i", notice.Body, StringComparison.Ordinal);
        Assert.Contains("https://a/v?x=1&amp;y", notice.Body, StringComparison.Ordinal);
        Assert.DoesNotContain('{', notice.Body.Replace("{event-id}", "", StringComparison.Ordinal));
    }
}
