using CsCheck;
using Lifeguard.Protocol.SigV4;
using Xunit;

namespace Lifeguard.Protocol.Tests.SigV4;

public sealed class SigV4VerifierTests
{
    private const string Credential = "Credential=AKIDEXAMPLE/20260306/eu-west-1/cognito-idp/aws4_request";
    private const string SignedHeaders = "SignedHeaders=content-type;host;x-amz-date;x-amz-target";
    private const string Proof = "Signature=4bb7f346a6a455a1ee4b88298dc88c6300a520a78c139d65e3d3b5da5c5fcdd5";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void No_credentials_are_missing_credentials(string? authorization)
    {
        var failure = new SignedCall().With("authorization", authorization).Verify();
        Assert.Equal(SigV4Failure.Missing, failure);
        Assert.Equal("MissingAuthenticationTokenException", failure?.ErrorType);
        Assert.Equal("Missing Authentication Token", failure?.Message);
    }

    [Theory]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, {SignedHeaders}, {Proof}")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential},{SignedHeaders},{Proof}")]
    [InlineData($"AWS4-HMAC-SHA256   {Proof} ,  {SignedHeaders} , {Credential}")]
    public void Blanks_and_order_of_the_header_do_not_matter(string authorization) =>
        Assert.Null(new SignedCall().With("authorization", authorization).Verify());

    [Theory]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, {SignedHeaders}", "Signature")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, {Proof}", "SignedHeaders")]
    [InlineData($"AWS4-HMAC-SHA256 {SignedHeaders}, {Proof}", "Credential")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, {SignedHeaders}, Signature=", "Signature")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}", "Signature SignedHeaders")]
    [InlineData("AWS4-HMAC-SHA256", "Credential Signature SignedHeaders")]
    [InlineData("Bearer abc.def.ghi", "Credential Signature SignedHeaders")]
    [InlineData("Basic dXNlcjpwYXNzd29yZA==", "Credential Signature SignedHeaders")]
    [InlineData($"AWS4-ECDSA-P256-SHA256 {Credential}, {SignedHeaders}, {Proof}",
        "Credential Signature SignedHeaders")]
    [InlineData($"aws4-hmac-sha256 {Credential}, {SignedHeaders}, {Proof}",
        "Credential Signature SignedHeaders")]
    public void Each_missing_part_is_named(string authorization, string missing)
    {
        var failure = new SignedCall().With("authorization", authorization).Verify();
        var sentences = missing.Split(' ').Select(m => $"Authorization header requires '{m}' parameter.");
        Assert.Equal(SigV4FailureKind.Incomplete, failure?.Kind);
        Assert.Equal("IncompleteSignatureException", failure?.ErrorType);
        Assert.StartsWith(
            $"{string.Join(' ', sentences)} (Hashed with SHA-256 and encoded with Base64) Authorization=",
            failure?.Message);
    }

    [Fact]
    public void The_header_itself_is_not_repeated()
    {
        var failure = new SignedCall().With("authorization", "Bearer abc.def.ghi").Verify();
        Assert.DoesNotContain("abc.def.ghi", failure?.Message);
    }

    [Theory]
    [InlineData($"{Credential}, {Credential}, {SignedHeaders}, {Proof}")]
    [InlineData($"{Credential}, {SignedHeaders}, {Proof}, nonsense")]
    [InlineData($"{Credential}, {SignedHeaders}, {Proof}, =x")]
    [InlineData($"{Credential}, {SignedHeaders}, {Proof},")]
    [InlineData($"{Credential}/x, {SignedHeaders}, {Proof}")]
    [InlineData($"Credential=AKIDEXAMPLE, {SignedHeaders}, {Proof}")]
    [InlineData($"Credential=//eu-west-1/cognito-idp/aws4_request, {SignedHeaders}, {Proof}")]
    [InlineData($"Credential=A/20260306/eu west/cognito-idp/aws4_request, {SignedHeaders}, {Proof}")]
    [InlineData($"Credential=A/20260306/eu-west-1/cognito-idp/aws5_request, {SignedHeaders}, {Proof}")]
    [InlineData($"{Credential}, SignedHeaders=host;host;x-amz-date, {Proof}")]
    [InlineData($"{Credential}, SignedHeaders=Host;x-amz-date, {Proof}")]
    [InlineData($"{Credential}, SignedHeaders=host;;x-amz-date, {Proof}")]
    [InlineData($"{Credential}, SignedHeaders=host;x-amz-date:, {Proof}")]
    public void A_malformed_header_is_refused(string parts)
    {
        var call = new SignedCall().With("authorization", "AWS4-HMAC-SHA256 " + parts);
        Assert.Equal(SigV4FailureKind.Incomplete, call.Verify()?.Kind);
    }

    [Fact]
    public void A_header_of_unbounded_size_is_refused()
    {
        var names = string.Join(';', Enumerable.Range(0, 49).Select(i => $"x-{i}")) + ";host;x-amz-date";
        var authorization = $"AWS4-HMAC-SHA256 {Credential}, SignedHeaders={names}, {Proof}";
        Assert.False(AuthorizationHeader.TryParse(authorization, out _, out _));
        Assert.False(AuthorizationHeader.TryParse(authorization + new string('x', 8192), out _, out _));
        var parts = string.Concat(Enumerable.Range(0, 20).Select(i => $", p{i}=1"));
        Assert.False(AuthorizationHeader.TryParse(
            $"AWS4-HMAC-SHA256 {Credential}, {SignedHeaders}, {Proof}, {parts}, x", out _, out _));
    }

    [Theory]
    [InlineData("host")]
    [InlineData("x-amz-date")]
    [InlineData("x-amz-target")]
    [InlineData("x-amz-security-token")]
    public void What_decides_the_meaning_of_a_call_must_be_signed(string name)
    {
        var unsigned = new SignedCall().With("x-amz-security-token", "token");
        var value = unsigned.Headers[name];
        var date = unsigned.Headers["x-amz-date"];
        var call = name == "x-amz-date"
            ? unsigned.Sign().With("authorization", unsigned.Sign().Headers["authorization"]
                .Replace(";x-amz-date", "", StringComparison.Ordinal))
            : unsigned.With(name, null).Sign().With(name, value);
        Assert.Equal(date, call.Headers["x-amz-date"]);
        Assert.Equal(SigV4FailureKind.Incomplete, call.Verify()?.Kind);
        Assert.Contains("must be a 'SignedHeader'", call.Verify()?.Message);
    }

    [Theory]
    [InlineData(null, "existence of either")]
    [InlineData("Fri, 06 Mar 2026 04:05:09 GMT", "ISO-8601")]
    [InlineData("now", "ISO-8601")]
    public void A_missing_or_malformed_instant_is_refused(string? date, string words)
    {
        var failure = new SignedCall().Sign().With("x-amz-date", date).Verify();
        Assert.Equal(SigV4FailureKind.Incomplete, failure?.Kind);
        Assert.Contains(words, failure?.Message);
    }

    [Fact]
    public void A_date_header_may_stand_for_the_instant()
    {
        var signed = new SignedCall().With("date", "Fri, 06 Mar 2026 04:05:09 GMT");
        string[] names = ["content-type", "date", "host", "x-amz-target"];
        var scope = new CredentialScope("20260306", SignedCall.Region, SignedCall.Service);
        CanonicalRequest.TryBuild(
            "POST",
            "/",
            "",
            names,
            signed.Headers.GetValueOrDefault,
            SignedCall.Hash(signed.Body),
            out var canonical);
        var proof = Signature.Compute(
            Signature.SigningKey(SignedCall.Secret, scope),
            Signature.StringToSign(SignedCall.SignedAt, scope, canonical!));
        var authorization =
            $"AWS4-HMAC-SHA256 {Credential}, SignedHeaders={string.Join(';', names)}, Signature={proof}";
        Assert.Null(signed.With("x-amz-date", null).With("authorization", authorization).Verify());
    }

    [Fact]
    public void The_clock_may_be_off_by_five_minutes_either_way()
    {
        var call = new SignedCall().Sign();
        Assert.Null(call.Verify(SignedCall.SignedAt.AddMinutes(5).AddMilliseconds(999)));
        Assert.Null(call.Verify(SignedCall.SignedAt.AddMinutes(-5)));

        var late = call.Verify(SignedCall.SignedAt.AddMinutes(5).AddSeconds(1));
        Assert.Equal(SigV4FailureKind.Expired, late?.Kind);
        Assert.Equal(
            "Signature expired: 20260306T040509Z is now earlier than 20260306T040510Z "
                + "(20260306T041010Z - 5 min.)",
            late?.Message);

        var early = call.Verify(SignedCall.SignedAt.AddMinutes(-5).AddSeconds(-1));
        Assert.Equal(SigV4FailureKind.NotYetCurrent, early?.Kind);
        Assert.Equal(
            "Signature not yet current: 20260306T040509Z is still later than 20260306T040508Z "
                + "(20260306T040008Z + 5 min.)",
            early?.Message);
        Assert.All([late, early], f => Assert.Equal("InvalidSignatureException", f?.ErrorType));
    }

    [Fact]
    public void Another_scope_is_refused()
    {
        var region = new SignedCall().Sign(region: "us-east-1").Verify();
        Assert.Equal(SigV4FailureKind.WrongRegion, region?.Kind);
        Assert.Equal("Credential should be scoped to a valid region, not 'us-east-1'. ", region?.Message);

        var service = new SignedCall().Sign(service: "s3").Verify();
        Assert.Equal(SigV4FailureKind.WrongService, service?.Kind);
        Assert.Equal("Credential should be scoped to correct service: 'cognito-idp'. ", service?.Message);

        var date = new SignedCall().Sign(date: "20260305").Verify();
        Assert.Equal(SigV4FailureKind.WrongDate, date?.Kind);
    }

    [Fact]
    public void Anything_altered_breaks_the_signature()
    {
        var call = new SignedCall().Sign();
        SignedCall[] altered =
        [
            call with { Body = call.Body + " " },
            call with { Body = "" },
            call with { Method = "PUT" },
            call with { Path = "/x" },
            call with { Query = "a=b" },
            call.With("x-amz-target", "AWSCognitoIdentityProviderService.DeleteUserPool"),
            call.With("host", "cognito-idp.eu-west-1.amazonaws.com:443"),
            call.With("content-type", "application/json"),
            call.With("content-type", null),
            call.With("x-amz-date", "20260306T040510Z"),
            call.With("authorization", call.Headers["authorization"][..^1]),
            call.With("authorization", call.Headers["authorization"] + "0"),
        ];
        Assert.Null(call.Verify());
        Assert.All(altered, a => Assert.Equal(SigV4Failure.Mismatch, a.Verify()));
        Assert.Equal(SigV4Failure.Mismatch, call.Verify(secret: SignedCall.Secret + "x"));
        Assert.Equal("InvalidSignatureException", SigV4Failure.Mismatch.ErrorType);
    }

    [Fact]
    public void A_signed_body_hash_must_be_the_bodys_own()
    {
        var call = new SignedCall();
        Assert.Null(call.With("x-amz-content-sha256", SignedCall.Hash(call.Body)).Sign().Verify());
        Assert.Equal(
            SigV4Failure.Mismatch, call.With("x-amz-content-sha256", "UNSIGNED-PAYLOAD").Sign().Verify());
        Assert.Equal(
            SigV4Failure.Mismatch,
            call.With("x-amz-content-sha256", SignedCall.Hash("{}")).Sign().Verify());
    }

    [Fact]
    public void A_session_token_is_handed_to_the_caller()
    {
        var call = new SignedCall().With("x-amz-security-token", "FwoGZXIvYXdz+/=").Sign();
        Assert.True(SigV4Verifier.TryRead(call.Request, out var claim, out var failure));
        Assert.Null(failure);
        Assert.Equal("FwoGZXIvYXdz+/=", claim.SecurityToken);
        Assert.Equal("AKIDEXAMPLE", claim.AccessKeyId);
        Assert.Equal("AKIDEXAMPLE", claim.ToString());
        Assert.Null(claim.Lifetime);
        Assert.Null(call.Verify());
    }

    [Fact]
    public void Random_headers_and_queries_are_refused_without_an_error()
    {
        string[] known =
        [
            "AWS4-HMAC-SHA256 ", Credential, SignedHeaders, Proof, "X-Amz-Signature=",
            ",", "=", ";", "&", "%",
        ];
        var piece = Gen.OneOf(Gen.String, Gen.Int[0, known.Length - 1].Select(i => known[i]));
        var text = piece.Array[0, 8].Select(pieces => string.Concat(pieces));
        Gen.Select(text, text).Sample((header, query) =>
        {
            var call = new SignedCall { Query = query, Body = "other" }.With("authorization", header);
            Assert.NotNull(call.Verify());
        });
    }
}
