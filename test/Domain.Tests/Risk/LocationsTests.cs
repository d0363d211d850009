using System.Text;
using Lifeguard.Domain.Risk;
using Xunit;

namespace Lifeguard.Domain.Tests.Risk;

public sealed class LocationsTests
{
    [Theory]
    [InlineData("192.0.2.1", "Iceland", "Reykjavik")]
    [InlineData("192.0.2.255", "Iceland", "Reykjavik")]
    [InlineData("::ffff:192.0.2.9", "Iceland", "Reykjavik")]
    [InlineData("192.0.3.0", "Korea, Republic of", null)]
    [InlineData("2001:db8::9", null, "Nowhere")]
    public void Says_where_an_address_is(string address, string? country, string? city)
    {
        var place = Read(
            "# Places of tests.",
            "2001:db8::/32, ,Nowhere",
            "",
            "192.0.3.0/24,Korea\\, Republic of,",
            "192.0.2.0/24,Iceland,Reykjavik,64.1,-21.9").Find(address);

        Assert.Equal((country, city), (place?.Country, place?.City));
    }

    [Theory]
    [InlineData("192.0.1.255")]
    [InlineData("192.0.3.0")]
    [InlineData("2001:db8::")]
    [InlineData("no address")]
    public void Knows_nothing_of_what_the_table_leaves_out(string address)
    {
        Assert.Null(Read("192.0.2.0/24,Iceland,Reykjavik").Find(address));
        Assert.Null(Locations.Unknown.Find(address));
    }

    [Theory]
    [InlineData("192.0.2.0/24", "Line 2")]
    [InlineData("192.0.2.0/24,Iceland", "Line 2")]
    [InlineData("192.0.2.0,Iceland,Reykjavik", "Line 2")]
    [InlineData("192.0.2.0/24,Iceland,Reykjavik,64.1", "Line 2")]
    [InlineData("192.0.2.0/24,Iceland,Reykjavik,91,0", "Line 2")]
    [InlineData("192.0.2.0/24,Iceland,Reykjavik,x,0", "Line 2")]
    [InlineData("192.0.2.0/24,Iceland,Reykjavik,NaN,0", "Line 2")]
    [InlineData("10.1.0.0/16,Iceland,Reykjavik", "overlap")]
    public void Refuses_what_is_no_table(string line, string expected)
    {
        var refusal = Assert.Throws<FormatException>(() => Read("10.0.0.0/8,Iceland,Reykjavik", line));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Measures_along_the_surface()
    {
        var (reykjavik, wellington) = (new Position(64.1, -21.9), new Position(-41.3, 174.8));

        Assert.Equal(17_239, reykjavik.KilometresTo(wellington), tolerance: 60);
        Assert.Equal(0, reykjavik.KilometresTo(reykjavik));
    }

    private static Locations Read(params string[] lines) =>
        Locations.Read(lines.Select(line => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(line))));
}
