using Lifeguard.Domain.Logs;
using Xunit;

namespace Lifeguard.Domain.Tests.Logs;

public sealed class DeviceNameTests
{
    [Theory]
    [InlineData("", "Other, Other")]
    [InlineData("aws-sdk-js/3.1.0 os/linux", "Other, Other")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36",
        "Chrome 126, Windows 10")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0.1",
        "Edge 126, Windows 10")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Firefox 128, Linux")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Version/17.5 Safari/605",
        "Safari 17, Mac OS X")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) CriOS/126.0 Mobile Safari/604.1",
        "Chrome 126, iOS")]
    [InlineData("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
        "Chrome 126, Android")]
    [InlineData("Chrome/99999999999999999999999 Linux", "Chrome, Linux")]
    [InlineData("Chrome/", "Chrome, Other")]
    public void Says_in_a_few_words_what_a_client_says_in_many(string userAgent, string expected) =>
        Assert.Equal(expected, DeviceName.Of(userAgent));

    [Theory]
    [InlineData("", "unknown")]
    [InlineData("aws-sdk-js/3.1.0 os/linux", "unknown")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Firefox 128 / Linux")]
    [InlineData("curl/8 (Linux)", "Linux")]
    [InlineData("Chrome/", "Chrome")]
    public void Sessions_say_what_is_known(string userAgent, string expected) =>
        Assert.Equal(expected, DeviceName.OfSession(userAgent));
}
