using Lifeguard.Domain.Clients;
using Xunit;

namespace Lifeguard.Domain.Tests.Clients;

public sealed class ClientUrlTests
{
    [Theory]
    [InlineData("https://app.example")]
    [InlineData("https://app.example:8443/in?from=here")]
    [InlineData("myapp://example")]
    [InlineData("com.example.app://oauth")]
    [InlineData("exp://127.0.0.1:19000/--/")]
    [InlineData("http://localhost")]
    [InlineData("http://localhost:3000/in")]
    [InlineData("http://127.0.0.1/in")]
    [InlineData("http://[::1]:8080/in")]
    public void Browsers_may_be_sent_to(string url) => OAuthRules.CheckUrl(url);

    [Theory]
    [InlineData("http://app.example")]
    [InlineData("HTTP://app.example")]
    [InlineData("http://localhost.example")]
    [InlineData("http://localhost@evil.example/")]
    [InlineData("http://localhost:pass@evil.example/")]
    [InlineData("http://127.0.0.1.evil.example/")]
    [InlineData("http://192.168.0.1/")]
    public void Plain_http_is_for_the_own_machine(string url) => Assert.Equal(
        $"InvalidParameterException: {url} cannot use the HTTP protocol.",
        Shapes.Refusal(() => OAuthRules.CheckUrl(url)));

    [Theory]
    [InlineData("app.example/in")]
    [InlineData("/in")]
    [InlineData("//app.example/in")]
    [InlineData("https:app.example")]
    [InlineData("https://")]
    [InlineData("https:///in")]
    [InlineData("mailto:a@b.example")]
    [InlineData("https://app.example\\@evil.example")]
    [InlineData("https://app.example/#here")]
    [InlineData("myapp://example#")]
    [InlineData("javascript://app.example/%0aalert(1)")]
    [InlineData("JavaScript://app.example/%0aalert(1)")]
    [InlineData("data://text/html,x")]
    [InlineData("file:///etc/passwd")]
    public void Browsers_may_never_be_sent_to(string url) => Assert.StartsWith(
        $"InvalidParameterException: {url} ", Shapes.Refusal(() => OAuthRules.CheckUrl(url)));

    [Theory]
    [InlineData("'CallbackURLs':['http://app.example']")]
    [InlineData("'LogoutURLs':['http://app.example']")]
    public void Both_lists_are_checked(string given) => Assert.Equal(
        "InvalidParameterException: http://app.example cannot use the HTTP protocol.",
        Shapes.Refusal(() => GivenClients.New(given)));
}
