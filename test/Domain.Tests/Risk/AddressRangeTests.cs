using System.Net;
using Lifeguard.Domain.Risk;
using Xunit;

namespace Lifeguard.Domain.Tests.Risk;

public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.0", true)]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.0/24", "192.0.1.255", false)]
    [InlineData("192.0.2.77/24", "192.0.2.1", true)]
    [InlineData("192.0.2.1/32", "192.0.2.1", true)]
    [InlineData("192.0.2.1/32", "192.0.2.2", false)]
    [InlineData("192.0.2.0/23", "192.0.3.9", true)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("0.0.0.0/0", "::ffff:192.0.2.1", true)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::/0", "192.0.2.1", false)]
    [InlineData("::ffff:0:0/96", "192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.3.1", false)]
    [InlineData("::ffff:0:0/95", "192.0.2.1", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::", false)]
    [InlineData("2001:DB8::1/128", "2001:db8::1", true)]
    [InlineData("2001:db8::/127", "2001:db8::2", false)]
    public void Holds_the_addresses_that_begin_with_its_bits(string range, string address, bool isIn) =>
        Assert.Equal(isIn, AddressRange.Parse(range)!.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("192.0.2.1")]
    [InlineData("192.0.2.0/")]
    [InlineData("192.0.2.0/33")]
    [InlineData("192.0.2.0/-1")]
    [InlineData("192.0.2.0/+8")]
    [InlineData("192.0.2.0/8 ")]
    [InlineData(" 192.0.2.0/8")]
    [InlineData("192.0.2.0/0008")]
    [InlineData("192.0.2/24")]
    [InlineData("0x7f.1/8")]
    [InlineData("192.0.2.0/255.255.255.0")]
    [InlineData("2001:db8::/129")]
    [InlineData("[2001:db8::]/32")]
    [InlineData("fe80::1%eth0/64")]
    [InlineData("example.com/8")]
    public void Is_nothing_else_than_an_address_and_a_length(string text) =>
        Assert.Null(AddressRange.Parse(text));

    [Theory]
    [InlineData("192.0.2.77", "192.0.2.0/24")]
    [InlineData("::ffff:192.0.2.77", "192.0.2.0/24")]
    [InlineData("2001:db8:1:2:3::4", "2001:db8:1::/48")]
    [InlineData("unknown", "unknown")]
    public void Addresses_of_one_network_have_one_name(string address, string network) =>
        Assert.Equal(network, AddressRange.NetworkOf(address));
}
