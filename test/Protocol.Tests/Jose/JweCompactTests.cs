using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Lifeguard.Protocol.Jose;
using Xunit;

namespace Lifeguard.Protocol.Tests.Jose;

public sealed class JweCompactTests
{
    private const string OwnHeader = """{"cty":"JWT","enc":"A256GCM","alg":"dir","kid":"k1"}""";

    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Iv = [.. Enumerable.Range(100, 12).Select(i => (byte)i)];
    private static readonly byte[] Payload = """{"use":"refresh","pool":"eu-west-1_a"}"""u8.ToArray();

    [Fact]
    public void A_sealed_token_has_five_parts_and_an_empty_key()
    {
        var parts = JweCompact.Seal(Key, "k1", Iv, Payload).Split('.');
        Assert.Equal(5, parts.Length);
        Assert.Equal(OwnHeader, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        Assert.Empty(parts[1]);
        Assert.Equal(Iv, Base64Url.DecodeFromChars(parts[2]));
    }

    [Fact]
    public void What_is_sealed_is_opened() => Gen.Select(
        Gen.Byte.Array[32], Gen.Byte.Array[12], Gen.Byte.Array[0, 2000], Gen.Char.AlphaNumeric.Array[1, 60])
        .Sample((key, iv, payload, kid) =>
        {
            var token = JweCompact.Seal(key, new(kid), iv, payload);
            Assert.Matches("^[A-Za-z0-9_=.-]+$", token);
            Assert.True(JweCompact.TryOpen(token, k => k == new string(kid) ? key : null, out var opened));
            Assert.Equal(payload, opened);
        });

    [Fact]
    public void The_encryption_is_that_of_RFC_7516()
    {
        var parts = JweCompact.Seal(Key, "k1", Iv, Payload).Split('.');
        var opened = new byte[Payload.Length];
        using var cipher = new AesGcm(Key, 16);
        cipher.Decrypt(
            Iv,
            Base64Url.DecodeFromChars(parts[3]),
            Base64Url.DecodeFromChars(parts[4]),
            opened,
            Encoding.ASCII.GetBytes(parts[0]));
        Assert.Equal(Payload, opened);
    }

    [Fact]
    public void An_unknown_wrong_or_short_key_does_not_open()
    {
        var token = JweCompact.Seal(Key, "k1", Iv, Payload);
        Assert.False(JweCompact.TryOpen(token, _ => null, out _));
        Assert.False(JweCompact.TryOpen(token, _ => new byte[32], out _));
        Assert.False(JweCompact.TryOpen(token, _ => new byte[16], out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => JweCompact.Seal(new byte[16], "k1", Iv, Payload));
        Assert.Throws<ArgumentOutOfRangeException>(() => JweCompact.Seal(Key, "k1", new byte[8], Payload));
    }

    [Theory]
    [InlineData(OwnHeader, true)]
    [InlineData("""{"enc":"A256GCM","cty":"JWT","alg":"dir","kid":"k1"}""", false)]
    [InlineData("""{"cty":"JWT","enc":"A256GCM","alg":"dir","kid":"k1","zip":"DEF"}""", false)]
    [InlineData("""{"cty":"JWT","enc":"A128GCM","alg":"dir","kid":"k1"}""", false)]
    [InlineData("""{"cty":"JWT","enc":"A256GCM","alg":"none","kid":"k1"}""", false)]
    [InlineData("""{"cty":"JWT","enc":"A256GCM","alg":"PBES2-HS256+A128KW","p2c":2147483647}""", false)]
    [InlineData("""{"cty":"JWT","enc":"A256GCM","alg":"dir","kid":"k1" }""", false)]
    [InlineData("""{"cty":"JWT","enc":"A256GCM","alg":"dir","kid":"\u006b1"}""", false)]
    [InlineData("""{"cty":"JWT","enc":"A256GCM","alg":"dir"}""", false)]
    [InlineData("{}", false)]
    [InlineData("", false)]
    public void Only_the_own_header_is_accepted_even_when_properly_sealed(string header, bool isOpened)
    {
        var encoded = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header));
        var (ciphertext, tag) = (new byte[Payload.Length], new byte[16]);
        using var cipher = new AesGcm(Key, 16);
        cipher.Encrypt(Iv, Payload, ciphertext, tag, Encoding.ASCII.GetBytes(encoded));
        var token = string.Join(
            '.', encoded, "", Encode(Iv), Encode(ciphertext), Encode(tag));
        Assert.Equal(isOpened, JweCompact.TryOpen(token, _ => Key, out _));
    }

    [Fact]
    public void A_change_of_any_character_is_noticed()
    {
        var token = JweCompact.Seal(Key, "k1", Iv, Payload);
        Assert.All(
            Tampering.OfEachCharacter(token),
            altered => Assert.False(JweCompact.TryOpen(altered, _ => Key, out _)));
    }

    [Fact]
    public void Only_five_parts_within_16_KiB_are_read()
    {
        var token = JweCompact.Seal(Key, "k1", Iv, Payload);
        string?[] refused =
        [
            null, "", "....", token + ".", token + ".x", "." + token, token + "=", token + " ", "\n" + token,
            token.Replace("..", ".AAAA."), JweCompact.Seal(Key, "k1", Iv, new byte[13 * 1024]),
        ];
        Assert.All(refused, text => Assert.False(JweCompact.TryOpen(text, _ => Key, out _)));
    }

    [Fact]
    public void Random_text_is_refused_without_an_error() =>
        Gen.String.Array[0, 6].Select(parts => string.Join('.', parts)).Sample(
            text => Assert.False(JweCompact.TryOpen(text, _ => Key, out _)));

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
