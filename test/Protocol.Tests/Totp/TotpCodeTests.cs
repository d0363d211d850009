using System.Text;
using Lifeguard.Protocol.Totp;
using Xunit;

namespace Lifeguard.Protocol.Tests.Totp;

public sealed class TotpCodeTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B, the rows of SHA-1.
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_of_the_published_vectors(long seconds, string code)
    {
        var step = TotpCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds));

        Assert.Equal(code, TotpCode.Of(Secret, step, digits: 8));
        Assert.Equal(code[2..], TotpCode.Of(Secret, step));
    }

    // RFC 4226, appendix D.
    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(2, "359152")]
    [InlineData(3, "969429")]
    [InlineData(4, "338314")]
    [InlineData(5, "254676")]
    [InlineData(6, "287922")]
    [InlineData(7, "162583")]
    [InlineData(8, "399871")]
    [InlineData(9, "520489")]
    public void Codes_of_the_counters(long step, string code) =>
        Assert.Equal(code, TotpCode.Of(Secret, step));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_off_by_one_step(int steps, bool isFound)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_772_769_909);
        var step = TotpCode.StepAt(now) + steps;

        Assert.Equal(isFound ? step : null, TotpCode.StepOf(Secret, TotpCode.Of(Secret, step), now));
    }

    [Fact]
    public void A_code_holds_to_the_very_end_of_its_step_and_the_next()
    {
        var code = TotpCode.Of(Secret, 100);

        Assert.Equal(100, TotpCode.StepOf(Secret, code, DateTimeOffset.FromUnixTimeMilliseconds(2_970_000)));
        Assert.Equal(100, TotpCode.StepOf(Secret, code, DateTimeOffset.FromUnixTimeMilliseconds(3_059_999)));
        Assert.Null(TotpCode.StepOf(Secret, code, DateTimeOffset.FromUnixTimeMilliseconds(3_060_000)));
        Assert.Null(TotpCode.StepOf(Secret, code, DateTimeOffset.FromUnixTimeMilliseconds(2_969_999)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000")]
    [InlineData("0000000")]
    [InlineData("١٢٣٤٥٦")]
    [InlineData("12345\0")]
    public void What_is_no_code_is_found_nowhere(string text) =>
        Assert.Null(TotpCode.StepOf(Secret, text, DateTimeOffset.UnixEpoch));

    // RFC 4648 §10, without the padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_in_base32(string text, string expected) =>
        Assert.Equal(expected, Base32.Encode(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_secret_has_as_many_characters_as_the_service_s() =>
        Assert.Equal(52, Base32.Encode(new byte[TotpCode.SecretLength]).Length);
}
