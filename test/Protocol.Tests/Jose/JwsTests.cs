using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using Lifeguard.Protocol.Jose;
using Xunit;

namespace Lifeguard.Protocol.Tests.Jose;

public sealed class JwsTests
{
    private const string Kid = "abc/def+0123456789abcdef0123456789abcdefghi=";

    private static readonly RSA Key = RSA.Create(2048);
    private static readonly byte[] Payload = """{"sub":"ana","token_use":"access"}"""u8.ToArray();

    [Fact]
    public void The_header_is_the_services_own()
    {
        var token = Jws.Sign(Key, Kid, Payload);
        var header = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[0]));
        Assert.Equal($$"""{"kid":"{{Kid}}","alg":"RS256"}""", header);
        Assert.Matches("^[A-Za-z0-9_=.-]+$", token);
    }

    [Fact]
    public void A_signed_token_is_read_and_verified()
    {
        Assert.True(Jws.TryRead(Jws.Sign(Key, Kid, Payload), out var token));
        Assert.Equal(Kid, token.Kid);
        Assert.Equal(Payload, token.Payload.ToArray());
        Assert.True(Jws.Verify(Key, token));
        Assert.True(Key.VerifyData(
            token.SigningInput.Span,
            token.Signature.Span,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void Another_key_does_not_verify()
    {
        using var other = RSA.Create(2048);
        Assert.True(Jws.TryRead(Jws.Sign(other, Kid, Payload), out var token));
        Assert.False(Jws.Verify(Key, token));
    }

    [Theory]
    [InlineData("""{"kid":"k","alg":"none"}""")]
    [InlineData("""{"kid":"k","alg":"None"}""")]
    [InlineData("""{"kid":"k","alg":""}""")]
    [InlineData("""{"kid":"k","alg":null}""")]
    [InlineData("""{"kid":"k","alg":["RS256"]}""")]
    [InlineData("""{"kid":"k","alg":"rs256"}""")]
    [InlineData("""{"kid":"k","alg":"HS256"}""")]
    [InlineData("""{"kid":"k","alg":"RS384"}""")]
    [InlineData("""{"kid":"k","alg":"PS256"}""")]
    [InlineData("""{"kid":"k","alg":"ES256"}""")]
    [InlineData("""{"kid":"k"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"kid":"","alg":"RS256"}""")]
    [InlineData("""{"kid":7,"alg":"RS256"}""")]
    [InlineData("""{"kid":"k","alg":"RS256","alg":"RS256"}""")]
    [InlineData("""{"kid":"k","alg":"RS256","alg":"none"}""")]
    [InlineData("""{"kid":"k","kid":"j","alg":"RS256"}""")]
    [InlineData("""{"kid":"k","alg":"RS256","\u0061lg":"none"}""")]
    [InlineData("""{"kid":"k","alg":"RS256","crit":["exp"]}""")]
    [InlineData("""{"kid":"\ud800","alg":"RS256"}""")]
    [InlineData("""{"kid":"k","alg":"RS256"} """ + "x")]
    [InlineData("""{"kid":"k","alg":"RS256",}""")]
    [InlineData("""{"kid":"k","alg":"RS256"}{}""")]
    [InlineData("""["RS256"]""")]
    [InlineData("\"RS256\"")]
    [InlineData("null")]
    [InlineData("")]
    public void A_header_that_is_not_plainly_RS256_is_refused(string header) =>
        Assert.False(Jws.TryRead(SignedWith(header), out _));

    [Fact]
    public void A_deeply_nested_or_ill_encoded_header_is_refused()
    {
        var nested = new string('[', 64) + new string(']', 64);
        Assert.False(Jws.TryRead(SignedWith($$"""{"kid":"k","alg":"RS256","x":{{nested}}}"""), out _));
        Assert.False(Jws.TryRead(
            SignedWith([.. """{"kid":"k"""u8, 0xff, .. "\",\"alg\":\"RS256\"}"u8]), out _));
        var longKid = new string('k', 257);
        Assert.False(Jws.TryRead(SignedWith($$"""{"kid":"{{longKid}}","alg":"RS256"}"""), out _));
    }

    [Fact]
    public void A_secret_made_of_the_public_key_does_not_sign()
    {
        var input = Encode("""{"kid":"k","alg":"HS256"}"""u8) + "." + Encode(Payload);
        var mac = HMACSHA256.HashData(
            Encoding.ASCII.GetBytes(Key.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(input));
        Assert.False(Jws.TryRead($"{input}.{Encode(mac)}", out _));
    }

    [Fact]
    public void A_key_inside_the_header_is_not_used()
    {
        using var attacker = RSA.Create(2048);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            Jwk.Write(json, attacker, "k");
        var jwk = Encoding.UTF8.GetString(buffer.WrittenSpan);
        var header = $$"""{"kid":"k","alg":"RS256","jwk":{{jwk}},"jku":"https://evil.example","x5u":"x"}""";
        Assert.True(Jws.TryRead(SignedWith(header, attacker), out var token));
        Assert.Equal("k", token.Kid);
        Assert.False(Jws.Verify(Key, token));
    }

    [Fact]
    public void Only_three_parts_without_anything_around_them_are_read()
    {
        var token = Jws.Sign(Key, Kid, Payload);
        var parts = token.Split('.');
        string?[] refused =
        [
            null, "", ".", "..", "...", token + ".", "." + token, token + ".x", token + "=", token + " ",
            " " + token, token + "\n", parts[0] + "=." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1], token[..^1] + "!", token.Replace('.', ','), token + "%",
            $"{parts[0]}.{parts[1]} .{parts[2]}", $"{parts[0]}\n.{parts[1]}.{parts[2]}",
            token.Replace("_", "/").Replace("-", "+") + "/",
        ];
        Assert.All(refused, text => Assert.False(Jws.TryRead(text, out _)));
        // One character more is a longer signature, well-formed but wrong.
        Assert.False(Jws.TryRead(token + "A", out var read) && Jws.Verify(Key, read));
    }

    [Fact]
    public void A_token_of_more_than_16_KiB_is_refused()
    {
        Assert.False(Jws.TryRead(Jws.Sign(Key, Kid, new byte[12 * 1024]), out _));
        Assert.True(Jws.TryRead(Jws.Sign(Key, Kid, new byte[11 * 1024]), out _));
    }

    [Fact]
    public void A_change_of_any_character_is_noticed()
    {
        var token = Jws.Sign(Key, Kid, Payload);
        Assert.All(Tampering.OfEachCharacter(token), altered =>
            Assert.False(Jws.TryRead(altered, out var read) && Jws.Verify(Key, read)));
    }

    [Fact]
    public void Random_text_is_refused_without_an_error() =>
        Gen.String.Array[0, 4].Select(parts => string.Join('.', parts)).Sample(
            text => Assert.False(Jws.TryRead(text, out _)));

    [Fact]
    public void Random_headers_are_refused_without_an_error() =>
        Gen.String.Sample(header => Assert.False(Jws.TryRead(SignedWith(header), out _)), iter: 50);

    [Fact]
    public void A_public_key_is_written_in_the_services_order()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            Jwk.Write(json, Key, "kid=");
        var modulus = Encode(Key.ExportParameters(false).Modulus!);
        Assert.Equal(
            $$"""{"alg":"RS256","e":"AQAB","kid":"kid=","kty":"RSA","n":"{{modulus}}","use":"sig"}""",
            Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static string SignedWith(string header, RSA? key = null) =>
        SignedWith(Encoding.UTF8.GetBytes(header), key);

    private static string SignedWith(byte[] header, RSA? key = null)
    {
        var input = Encode(header) + "." + Encode(Payload);
        var signature = (key ?? Key).SignData(
            Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{input}.{Encode(signature)}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
