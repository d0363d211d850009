using System.Security.Cryptography;
using CsCheck;
using Lifeguard.Protocol.Srp;
using Xunit;

namespace Lifeguard.Protocol.Tests.Srp;

public sealed class SrpInputTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0000")]
    [InlineData("xyz")]
    [InlineData("-1")]
    [InlineData("0x12")]
    [InlineData(" 12")]
    [InlineData("12\n")]
    [InlineData("１２")]
    public void A_client_value_that_is_zero_or_not_hexadecimal_is_refused(string? hex)
    {
        Assert.False(SrpServer.TryParseA(hex, out var clientPublic));
        Assert.Empty(clientPublic);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    public void A_multiple_of_the_modulus_is_refused(int factor)
    {
        var hex = (SrpGroup.N * factor).ToString("x");
        Assert.False(SrpServer.TryParseA(hex, out _));
        Assert.False(SrpServer.TryParseA(hex.ToUpperInvariant(), out _));
        Assert.Throws<CryptographicException>(() => SrpServer.SessionKey(
            SrpClient.Pad(SrpGroup.N * factor), [5], Enumerable.Repeat((byte)1, 32).ToArray(), [7]));
    }

    [Fact]
    public void A_client_value_of_more_than_1024_digits_is_refused()
    {
        Assert.True(SrpServer.TryParseA(new string('1', 1024), out _));
        Assert.False(SrpServer.TryParseA(new string('1', 1025), out _));
        Assert.False(SrpServer.TryParseA(new string('0', 1024) + "1", out _));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("01")]
    [InlineData("0000000000000000000000000000001")]
    public void Odd_lengths_and_leading_zeros_are_the_same_number(string hex)
    {
        Assert.True(SrpServer.TryParseA(hex, out var clientPublic));
        Assert.Equal([1], clientPublic);
    }

    [Fact]
    public void Digits_of_either_case_are_the_same_number()
    {
        Assert.True(SrpServer.TryParseA("0ABcdEF", out var clientPublic));
        Assert.Equal("abcdef", SrpHex.Format(clientPublic));
    }

    [Fact]
    public void An_unreduced_client_value_is_hashed_as_sent()
    {
        var verifier = SrpVerifier.Create("p", "u", "secret", [1]);
        var pair = SrpServer.KeyPair(Enumerable.Repeat((byte)3, 32).ToArray(), verifier);
        var reduced = SrpServer.SessionKey([5], pair.Public, pair.Secret, verifier);
        var unreduced = SrpServer.SessionKey(
            SrpClient.Pad(SrpGroup.N + 5), pair.Public, pair.Secret, verifier);
        Assert.NotEqual(reduced, unreduced);
    }

    [Fact]
    public void A_salt_always_begins_with_01_to_7f()
    {
        Gen.Byte.Array[16].Sample(random =>
        {
            var salt = SrpSalt.From(random);
            Assert.InRange(salt[0], 0x01, 0x7f);
            Assert.Equal(random[1..], salt[1..]);
            Assert.Equal(salt, SrpGroup.Pad(salt));
        });
        Assert.Equal(1, SrpSalt.From(new byte[16])[0]);
        Assert.Equal(1, SrpSalt.From([0x80, .. new byte[15]])[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => SrpSalt.From(new byte[15]));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(385)]
    public void A_server_secret_of_the_wrong_length_is_refused(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SrpEphemeral.From(Enumerable.Repeat((byte)1, length).ToArray()));

    [Fact]
    public void A_server_secret_of_zero_is_refused() =>
        Assert.Throws<ArgumentException>(() => SrpEphemeral.From(new byte[32]));

    [Fact]
    public void Key_pairs_do_not_show_their_secret_as_text()
    {
        var pair = SrpServer.KeyPair(Enumerable.Repeat((byte)0xab, 32).ToArray(), [7]);
        Assert.DoesNotContain("ABAB", pair.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("171", pair.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "AQ==")]
    [InlineData("AQ==", null)]
    [InlineData("AQ==", "")]
    [InlineData("AQ==", "AA==")]
    [InlineData("AQ==", "not base64")]
    [InlineData("A", "AQ==")]
    public void A_device_verifier_that_is_no_number_or_zero_is_refused(string? salt, string? verifier) =>
        Assert.False(SrpVerifier.TryReadDevice(salt, verifier, out _, out _));

    [Fact]
    public void A_device_verifier_that_is_a_multiple_of_the_modulus_or_over_long_is_refused()
    {
        var multiple = Convert.ToBase64String(SrpClient.Pad(SrpGroup.N * 3));
        Assert.False(SrpVerifier.TryReadDevice("AQ==", multiple, out _, out _));
        Assert.False(SrpVerifier.TryReadDevice("AQ==", new string('A', 2044) + "AQ==QUJD", out _, out _));
        Assert.False(SrpVerifier.TryReadDevice("AQ==", new string('B', 2052), out _, out _));
    }

    [Fact]
    public void A_claim_matches_in_exactly_one_spelling_of_its_length()
    {
        var claim = SrpServer.ClaimSignature([1, 2], "p", "u", [3], "t");
        var text = Convert.ToBase64String(claim);
        Assert.True(SrpServer.IsClaim(text, claim));
        Assert.False(SrpServer.IsClaim(null, claim));
        Assert.False(SrpServer.IsClaim("", claim));
        Assert.False(SrpServer.IsClaim(text + "=", claim));
        Assert.False(SrpServer.IsClaim(text[..43] + "!", claim));
        for (var i = 0; i < 43; i++)
        {
            var altered = text.ToCharArray();
            altered[i] = (char)(altered[i] ^ 1);
            // The last character before the padding has two unused bits, which base64 readers let pass.
            if (i < 42)
                Assert.False(SrpServer.IsClaim(new(altered), claim));
        }
    }

    [Theory]
    [InlineData("Fri Mar 6 04:05:09 UTC 2026", "2026-03-06T04:05:09Z")]
    [InlineData("Fri Mar 06 04:05:09 UTC 2026", "2026-03-06T04:05:09Z")]
    [InlineData("Wed Dec 31 23:59:59 UTC 2025", "2025-12-31T23:59:59Z")]
    [InlineData("Sun Feb 29 01:02:03 UTC 2032", "2032-02-29T01:02:03Z")]
    public void A_timestamp_is_read(string text, string expected)
    {
        Assert.True(SrpTimestamp.TryParse(text, out var instant));
        Assert.Equal(DateTimeOffset.Parse(expected), instant);
        Assert.Equal(TimeSpan.Zero, instant.Offset);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Fri Mar 6 04:05:09 GMT 2026")]
    [InlineData("Fri Mar 6 4:05:09 UTC 2026")]
    [InlineData("Fri Mar 32 04:05:09 UTC 2026")]
    [InlineData("Thu Mar 6 04:05:09 UTC 2026")]
    [InlineData("Fri  Mar 6 04:05:09 UTC 2026")]
    [InlineData("Fri Mar 6 04:05:09 UTC 2026 ")]
    [InlineData("Fr Mär 6 04:05:09 UTC 2026")]
    [InlineData("2026-03-06T04:05:09Z")]
    public void Any_other_timestamp_is_refused(string? text) =>
        Assert.False(SrpTimestamp.TryParse(text, out _));

    [Fact]
    public void A_written_timestamp_has_no_leading_zero_in_its_day() => Assert.Equal(
        "Fri Mar 6 04:05:09 UTC 2026",
        SrpTimestamp.Format(new(2026, 3, 6, 5, 5, 9, TimeSpan.FromHours(1))));
}
