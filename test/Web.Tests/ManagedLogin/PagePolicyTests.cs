using Lifeguard.Web.Pages.ManagedLogin;

namespace Lifeguard.Web.Tests.ManagedLogin;

public sealed class PagePolicyTests
{
    [Fact]
    public void Nothing_is_loaded_but_what_the_page_names()
    {
        var policy = PagePolicy.Of("n0nce");
        Assert.Equal(
            "default-src 'none'; style-src 'nonce-n0nce'; script-src 'nonce-n0nce'; img-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            policy);
    }

    [Theory]
    [InlineData("https://app.example:8443/cb?x=1", "https:")]
    [InlineData("http://localhost/cb", "https: http:")]
    [InlineData("myapp://signed-in", "myapp:")]
    [InlineData("com.example.app:/cb", "com.example.app:")]
    public void Forms_may_lead_to_the_application_and_from_there_on(string redirect, string sources) =>
        Assert.Contains(
            $"form-action 'self' {sources};", PagePolicy.Of("n", PagePolicy.Onward(new(redirect))));

    [Fact]
    public void What_several_ways_need_is_said_once() => Assert.Contains(
        "form-action 'self' https: http:;", PagePolicy.Of("n", "https:", "https:", "http:"));

    [Theory]
    [InlineData("https://a.example; script-src *")]
    [InlineData("https://a.example, default-src *")]
    [InlineData("https://ä.example")]
    [InlineData("")]
    public void A_source_that_is_more_than_one_is_left_out(string source) =>
        Assert.Equal(PagePolicy.Of("n"), PagePolicy.Of("n", source));
}
