using System.Net;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Tests;

public sealed class CallerAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("198.51.100.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("garbage,203.0.113.7:4711", "203.0.113.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("[2001:db8::7]:4711", "2001:db8::7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    public void Believes_the_proxy_about_the_last_hop(string header, string expected) =>
        Assert.Equal(expected, Of(isBehindProxy: true, header));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("203.0.113.7, unknown")]
    [InlineData("203.0.113.7,")]
    [InlineData("1")]
    [InlineData("0x7f.1")]
    [InlineData("010.1.1.1")]
    [InlineData("203.0.113.7:99999")]
    [InlineData("[203.0.113.7]")]
    [InlineData("[2001:db8::7")]
    [InlineData("203.0.113.7 evil")]
    public void Falls_back_to_the_connection_for_what_is_no_address(string header) =>
        Assert.Equal("192.0.2.1", Of(isBehindProxy: true, header));

    [Fact]
    public void Takes_the_last_of_several_headers() =>
        Assert.Equal("203.0.113.7", Of(isBehindProxy: true, "198.51.100.1", "203.0.113.7"));

    [Fact]
    public void Believes_nobody_without_a_proxy() =>
        Assert.Equal("192.0.2.1", Of(isBehindProxy: false, "203.0.113.7"));

    private static string Of(bool isBehindProxy, params string[] headers)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse("::ffff:192.0.2.1");
        context.Request.Headers["X-Forwarded-For"] = headers;
        return CallerAddress.Of(context, isBehindProxy);
    }
}
