using Lifeguard.Web.OAuth;

namespace Lifeguard.Web.Tests;

/// <summary>Answers of domains.</summary>
public sealed class DomainAnswerTests
{
    [Theory]
    [InlineData("https://app.example/cb?x=a%20b&code=1#f", "https://app.example/cb?x=a%20b&code=1#f")]
    [InlineData("https://app.example/grüße?code=1", "https://app.example/gr%C3%BC%C3%9Fe?code=1")]
    [InlineData("app://🚀/cb", "app://%F0%9F%9A%80/cb")]
    public void An_address_is_written_so_that_a_header_holds_it(string address, string written) =>
        Assert.Equal(written, DomainAnswer.Written(address));
}
