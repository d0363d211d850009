using Lifeguard.Domain.Risk;
using Xunit;

namespace Lifeguard.Domain.Tests.Risk;

public sealed class PasswordRangeTests
{
    // SHA-1 of "password": 5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8.
    private const string Rest = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";

    [Fact]
    public void Tells_five_digits_and_prints_none() => Assert.Equal(
        ("5BAA6", nameof(PasswordRange)),
        (PasswordRange.Of("password").Prefix, PasswordRange.Of("password").ToString()));

    [Theory]
    [InlineData(Rest + ":3", true)]
    [InlineData(Rest, true)]
    [InlineData("0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n" + Rest + ":3\r\n", true)]
    [InlineData("0018A45C4D1DEF81644B54AB7F969B88D65:1\n" + Rest + ":3", true)]
    [InlineData("1e4c9b93f3f0682250b6cf8331b7ee68fd8:9", true)]
    [InlineData(" " + Rest + ":3 ", true)]
    [InlineData(Rest + ":0", false)]
    [InlineData(Rest + ":", false)]
    [InlineData(Rest + ":-1", false)]
    [InlineData(Rest + ":many", false)]
    [InlineData(Rest + "0:1", false)]
    [InlineData("1E4C9B93F3F0682250B6CF8331B7EE68FD9:3", false)]
    [InlineData("1E4C9B93:3", false)]
    [InlineData("<html>", false)]
    [InlineData("", false)]
    public void Is_found_among_the_lines_of_an_answer(string range, bool isIn) =>
        Assert.Equal(isIn, PasswordRange.Of("password").IsIn(range));
}
