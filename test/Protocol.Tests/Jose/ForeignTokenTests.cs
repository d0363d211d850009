using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Protocol.Jose;
using Xunit;

namespace Lifeguard.Protocol.Tests.Jose;

/// <summary>Tokens and keys of others.</summary>
public sealed class ForeignTokenTests
{
    /// <summary>RFC 7515 appendix A.3: ES256 with its key.</summary>
    private const string Es256 =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlL"
        + "mNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSA"
        + "pmWQxfKTUJqPP3-Kg6NU1Q";

    private const string Es256Key =
        """
        {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
         "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
        """;

    /// <summary>RFC 7515 appendix A.1: HS256 with its key.</summary>
    private const string Hs256 =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogI"
        + "mh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private const string Hs256Key =
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";

    [Fact]
    public void Verifies_the_published_vectors()
    {
        Assert.True(ForeignToken.TryRead(Es256, out var signed));
        Assert.True(Keys(Es256Key).Verify(signed));
        Assert.True(ForeignToken.TryRead(Hs256, out var made));
        Assert.True(made.IsMadeWith(Base64Url.DecodeFromChars(Hs256Key)));
        Assert.False(made.IsMadeWith("another"u8));
        Assert.False(made.IsMadeWith([]));
        Assert.False(Keys(Es256Key).Verify(made));
        Assert.False(signed.IsMadeWith(Base64Url.DecodeFromChars(Hs256Key)));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public void Knows_every_algorithm_with_key_pairs(string algorithm)
    {
        using var rsa = RSA.Create(2048);
        using var point = ECDsa.Create(CurveOf(algorithm));
        var text = Sign(algorithm, rsa, point);

        Assert.True(ForeignToken.TryRead(text, out var token));
        Assert.True(Keys(Jwk(rsa), Jwk(point)).Verify(token));
        using var other = RSA.Create(2048);
        using var elsewhere = ECDsa.Create(CurveOf(algorithm));
        Assert.False(Keys(Jwk(other), Jwk(elsewhere)).Verify(token));
        Assert.False(Keys().Verify(token));
        // One bit.
        var changed = text[..^10] + (text[^10] == 'A' ? 'B' : 'A') + text[^9..];
        Assert.True(ForeignToken.TryRead(changed, out var bad));
        Assert.False(Keys(Jwk(rsa), Jwk(point)).Verify(bad));
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None"}""")]
    [InlineData("""{"alg":"rs256"}""")]
    [InlineData("""{"alg":"RS1"}""")]
    [InlineData("""{"alg":"dir"}""")]
    [InlineData("""{"alg":7}""")]
    [InlineData("""{"kid":"a"}""")]
    [InlineData("""{"alg":"RS256","alg":"none"}""")]
    [InlineData("""{"alg":"RS256","crit":["b64"],"b64":false}""")]
    [InlineData("""{"alg":"RS256","kid":""}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void A_header_that_names_no_algorithm_of_these_is_none(string header) =>
        Assert.False(ForeignToken.TryRead($"{Encode(header)}.e30.AAAA", out _));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.AAAA.AAAA")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30=.AAAA")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.AA+A")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9\n.e30.AAAA")]
    public void Text_of_another_form_is_no_token(string text) =>
        Assert.False(ForeignToken.TryRead(text, out _));

    [Fact]
    public void Keys_in_the_header_are_not_looked_at()
    {
        using var rsa = RSA.Create(2048);
        using var point = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var header = new JsonObject
        {
            ["alg"] = "RS256",
            ["jwk"] = JsonNode.Parse(Jwk(rsa)),
            ["jku"] = "https://evil.example",
        };

        Assert.True(ForeignToken.TryRead(Sign("RS256", rsa, point, header), out var token));

        using var own = RSA.Create(2048);
        Assert.False(Keys(Jwk(own)).Verify(token));
        Assert.True(Keys(Jwk(rsa)).Verify(token));
    }

    [Fact]
    public void A_token_is_checked_with_the_key_it_names_and_without_a_name_with_the_only_one()
    {
        using var rsa = RSA.Create(2048);
        using var other = RSA.Create(2048);
        using var point = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.True(ForeignToken.TryRead(
            Sign("RS256", rsa, point, new() { ["alg"] = "RS256", ["kid"] = "one" }), out var named));
        Assert.True(ForeignToken.TryRead(Sign("RS256", rsa, point), out var unnamed));

        Assert.True(Keys(Jwk(other, "two"), Jwk(rsa, "one")).Verify(named));
        Assert.False(Keys(Jwk(other, "one"), Jwk(rsa, "two")).Verify(named));
        Assert.False(Keys(Jwk(rsa)).Knows(named));
        Assert.True(Keys(Jwk(rsa, "any"), Jwk(point)).Verify(unnamed));
        Assert.False(Keys(Jwk(rsa), Jwk(other)).Verify(unnamed));
    }

    [Theory]
    [InlineData("use", "enc")]
    [InlineData("alg", "RS512")]
    [InlineData("alg", "RSA-OAEP")]
    [InlineData("kty", "oct")]
    [InlineData("n", "AQAB")]
    [InlineData("n", "!")]
    [InlineData("e", "AAAAAAAB")]
    public void A_key_that_is_for_something_else_or_too_weak_is_left_out(string member, string value)
    {
        using var rsa = RSA.Create(2048);
        using var point = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.True(ForeignToken.TryRead(Sign("RS256", rsa, point), out var token));
        var key = JsonNode.Parse(Jwk(rsa))!;
        key[member] = value;

        Assert.False(Keys(key.ToJsonString()).Verify(token));
    }

    [Theory]
    [InlineData("x", "AQAB")]
    [InlineData("crv", "P-384")]
    [InlineData("crv", "secp256k1")]
    public void A_point_of_another_curve_or_of_none_is_no_key(string member, string value)
    {
        var key = JsonNode.Parse(Es256Key)!;
        key[member] = value;
        Assert.True(ForeignToken.TryRead(Es256, out var token));

        Assert.False(Keys(key.ToJsonString()).Verify(token));
        key = JsonNode.Parse(Es256Key)!;
        (key["x"], key["y"]) = ((string)key["y"]!, (string)key["x"]!);
        Assert.False(Keys(key.ToJsonString()).Verify(token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    public void What_is_no_set_gives_no_keys(string json) =>
        Assert.Null(ForeignKeys.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Members_of_a_set_that_are_no_keys_are_left_out_and_no_more_than_a_hundred_are_looked_at()
    {
        Assert.True(ForeignToken.TryRead(Es256, out var token));
        Assert.True(Keys("7", "null", "{}", """{"kty":7}""", Es256Key).Verify(token));
        Assert.False(Keys([.. Enumerable.Repeat("{}", ForeignKeys.MaxKeys), Es256Key]).Verify(token));
    }

    private static ForeignKeys Keys(params string[] keys) =>
        ForeignKeys.Read(Encoding.UTF8.GetBytes($$"""{"keys":[{{string.Join(',', keys)}}]}"""))!;

    private static string Sign(string algorithm, RSA rsa, ECDsa point, JsonObject? header = null)
    {
        header ??= new() { ["alg"] = algorithm };
        var input = $"{Encode(header.ToJsonString())}.{Encode("{}")}";
        var bytes = Encoding.ASCII.GetBytes(input);
        var hash = new HashAlgorithmName($"SHA{algorithm[2..]}");
        var signature = algorithm[..2] switch
        {
            "RS" => rsa.SignData(bytes, hash, RSASignaturePadding.Pkcs1),
            "PS" => rsa.SignData(bytes, hash, RSASignaturePadding.Pss),
            _ => point.SignData(bytes, hash),
        };
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Jwk(RSA key, string? kid = null)
    {
        var numbers = key.ExportParameters(false);
        return With(kid, new()
        {
            ["kty"] = "RSA",
            ["n"] = Base64Url.EncodeToString(numbers.Modulus),
            ["e"] = Base64Url.EncodeToString(numbers.Exponent),
        });
    }

    private static string Jwk(ECDsa key)
    {
        var q = key.ExportParameters(false).Q;
        return With(null, new()
        {
            ["kty"] = "EC",
            ["crv"] = $"P-{key.KeySize}",
            ["x"] = Base64Url.EncodeToString(q.X),
            ["y"] = Base64Url.EncodeToString(q.Y),
        });
    }

    private static string With(string? kid, JsonObject key)
    {
        if (kid is not null) key["kid"] = kid;
        return key.ToJsonString();
    }

    private static ECCurve CurveOf(string algorithm) => algorithm switch
    {
        "ES384" => ECCurve.NamedCurves.nistP384,
        "ES512" => ECCurve.NamedCurves.nistP521,
        _ => ECCurve.NamedCurves.nistP256,
    };

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
