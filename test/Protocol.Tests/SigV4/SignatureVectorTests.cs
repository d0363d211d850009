using System.Text;
using Lifeguard.Protocol.SigV4;
using Xunit;

namespace Lifeguard.Protocol.Tests.SigV4;

public sealed class SignatureVectorTests
{
    private const string KnownSignature = "4bb7f346a6a455a1ee4b88298dc88c6300a520a78c139d65e3d3b5da5c5fcdd5";

    private static readonly CredentialScope Scope = new("20260306", SignedCall.Region, SignedCall.Service);

    [Fact]
    public void Every_step_of_the_known_request_has_its_known_value()
    {
        var call = new SignedCall();
        var bodyHash = SignedCall.Hash(call.Body);
        Assert.Equal("9dbea1165cbabc962ef72fcd760a058dfb39878711ce8c2da76b9bd7936046b0", bodyHash);

        string[] names = ["content-type", "host", "x-amz-date", "x-amz-target"];
        Assert.True(CanonicalRequest.TryBuild(
            "POST", "/", "", names, call.Headers.GetValueOrDefault, bodyHash, out var canonical));
        const string canonicalHash = "0e59d88b953afe38abdd748a73c6295a49771a30133b22c0cf3f93d946a93d4d";
        Assert.Equal(canonicalHash, SignedCall.Hash(canonical));

        var toSign = Signature.StringToSign(SignedCall.SignedAt, Scope, canonical);
        Assert.Equal(
            "AWS4-HMAC-SHA256\n20260306T040509Z\n20260306/eu-west-1/cognito-idp/aws4_request\n"
                + canonicalHash,
            toSign);

        var key = Signature.SigningKey(SignedCall.Secret, Scope);
        Assert.Equal(
            "0099faf74723319632115fcae10d35c992dab42c3e1efaff398068691ed553eb",
            Convert.ToHexStringLower(key));
        Assert.Equal(KnownSignature, Signature.Compute(key, toSign));
    }

    [Fact]
    public void The_known_request_is_verified()
    {
        var call = new SignedCall().Sign();
        Assert.EndsWith(KnownSignature, call.Headers["authorization"]);
        Assert.Null(call.Verify());
    }

    [Theory]
    [InlineData("GET", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData(
        "GET",
        "?Param2=value2&Param1=value1",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    public void The_published_signatures_are_reached(string method, string query, string signature)
    {
        var headers = SigV4Signer.Sign(
            SignedCall.Credentials,
            "us-east-1",
            "service",
            method,
            new("https://example.amazonaws.com/" + query),
            new Dictionary<string, string>(),
            [],
            new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero));
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + $"SignedHeaders=host;x-amz-date, Signature={signature}",
            headers["Authorization"]);
        Assert.Equal("20150830T123600Z", headers["X-Amz-Date"]);
    }

    // The signatures of this and the next tests were computed with botocore 1.43.
    [Fact]
    public void An_invocation_of_a_function_is_signed_as_the_sdk_signs_it()
    {
        var headers = SigV4Signer.Sign(
            SignedCall.Credentials with { SessionToken = "SESSION/token+value==" },
            "eu-west-1",
            "lambda",
            "POST",
            new("https://lambda.eu-west-1.amazonaws.com/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1"
                + "%3A000000000000%3Afunction%3Apre-sign-up/invocations?Qualifier=live"),
            new Dictionary<string, string> { ["X-Amz-Invocation-Type"] = "RequestResponse" },
            """{"a":1}"""u8,
            SignedCall.SignedAt);
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260306/eu-west-1/lambda/aws4_request, "
                + "SignedHeaders=host;x-amz-date;x-amz-invocation-type;x-amz-security-token, "
                + "Signature=b37ccdaf928828cdbf912fbf4cde6f287047ea2735da4dbe69d1919050cd3417",
            headers["Authorization"]);
        Assert.Equal("SESSION/token+value==", headers["X-Amz-Security-Token"]);
    }

    [Fact]
    public void Paths_queries_and_blanks_are_brought_into_the_sdks_form()
    {
        var call = new SignedCall
        {
            Method = "GET",
            Path = "/a/./b/../c//d%20e/",
            Query = "b=2&a=%2F&a=%20x&empty&z=%C3%A9",
            Body = "",
            Headers = new()
            {
                ["host"] = "localhost:9229",
                ["x-amz-date"] = "20260306T040509Z",
                ["x-many"] = "  a   b  ",
            },
        };
        Assert.EndsWith(
            "7ff96672ceead7430acad32553bd3ab028840f35dd712ffaf199b3004aeb1b84",
            call.Sign().Headers["authorization"]);
        Assert.Null(call.Sign().Verify());
    }

    [Theory]
    [InlineData("", "2afc6772c995cb221f671b271c07c5c550bf1aef7de65faac1b131cfaf01dfb4")]
    [InlineData(
        "&X-Amz-Security-Token=SESSION%2Ftoken%2Bvalue%3D%3D",
        "5d4002da2bd2a4f4cb01e5d19bae8a14e74bf979abcfdb04a5772722d1a3437f")]
    public void A_presigned_request_of_the_sdk_is_verified(string token, string signature)
    {
        var call = PresignedRequestTests.Presigned(token, signature);
        Assert.True(SigV4Verifier.TryRead(call.Request, out var claim, out _));
        Assert.Equal(token.Length == 0 ? null : "SESSION/token+value==", claim.SecurityToken);
        Assert.Equal(TimeSpan.FromMinutes(10), claim.Lifetime);
        Assert.Null(call.Verify());
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("", "/")]
    [InlineData("//", "/")]
    [InlineData("/./", "/")]
    [InlineData("/../../x", "/x")]
    [InlineData("/a b", "/a%20b")]
    [InlineData("/a%2Fb", "/a%252Fb")]
    [InlineData("/a:b~c_d-e.f", "/a%3Ab~c_d-e.f")]
    [InlineData("/é/", "/%C3%A9/")]
    public void A_path_has_one_canonical_form(string path, string expected)
    {
        Assert.True(CanonicalRequest.TryBuild("GET", path, "", [], _ => null, "hash", out var canonical));
        Assert.Equal($"GET\n{expected}\n\n\n\nhash", canonical);
    }

    [Theory]
    [InlineData("b=1&a=2", "a=2&b=1")]
    [InlineData("a=2&a=1&A=3", "A=3&a=1&a=2")]
    [InlineData("a", "a=")]
    [InlineData("a=b=c", "a=b%3Dc")]
    [InlineData("a=%zz&b=%2", "a=%25zz&b=%252")]
    [InlineData("a=%e9%2f+", "a=%E9%2F%2B")]
    [InlineData("&&a=1&", "a=1")]
    [InlineData("a=%2D%7e", "a=-~")]
    [InlineData("a=1&X-Amz-Signature=00", "a=1")]
    public void A_query_has_one_canonical_form(string query, string expected)
    {
        Assert.True(CanonicalRequest.TryBuild("GET", "/", query, [], _ => null, "hash", out var canonical));
        Assert.Equal($"GET\n/\n{expected}\n\n\nhash", canonical);
    }

    [Fact]
    public void Nothing_of_unbounded_size_is_canonicalized()
    {
        var tooMany = string.Join('&', Enumerable.Repeat("a=1", 101));
        Assert.False(CanonicalRequest.TryBuild("GET", "/", tooMany, [], _ => null, "hash", out _));
        var tooLong = new string('a', CanonicalRequest.MaxLength + 1);
        Assert.False(CanonicalRequest.TryBuild("GET", "/" + tooLong, "", [], _ => null, "hash", out _));
        Assert.False(CanonicalRequest.TryBuild("GET", "/", tooLong, [], _ => null, "hash", out _));
        Assert.False(CanonicalRequest.TryBuild("GET", "/", "", ["host"], _ => tooLong, "hash", out _));
        Assert.False(CanonicalRequest.TryBuild("GET", "/", "", ["host"], _ => "a\nb:c", "hash", out _));
    }

    [Theory]
    [InlineData("20260306T040509Z", true)]
    [InlineData("20260306T040509", false)]
    [InlineData("20260306t040509z", false)]
    [InlineData("20260230T040509Z", false)]
    [InlineData("2026-03-06T04:05:09Z", false)]
    [InlineData(" 20260306T040509Z", false)]
    [InlineData("20260306T240000Z", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_the_basic_form_of_an_instant_is_read(string? text, bool isRead)
    {
        Assert.Equal(isRead, AmzDate.TryParse(text, out var instant));
        Assert.Equal(isRead ? SignedCall.SignedAt : default, instant);
    }

    [Fact]
    public void Credentials_do_not_show_their_secret_as_text() =>
        Assert.Equal("AKIDEXAMPLE", SignedCall.Credentials.ToString());

    [Fact]
    public void What_is_signed_here_is_verified_here()
    {
        var body = """{"UserPoolId":"x"}""";
        var address = new Uri("http://localhost:9229/some/path%20here?x=%20&a=b");
        var sent = new Dictionary<string, string>
        {
            ["X-Amz-Target"] = "AWSCognitoIdentityProviderService.ListUsers",
        };
        var added = SigV4Signer.Sign(
            SignedCall.Credentials,
            SignedCall.Region,
            SignedCall.Service,
            "POST",
            address,
            sent,
            Encoding.UTF8.GetBytes(body),
            SignedCall.SignedAt.AddMilliseconds(750));
        var headers = sent.Concat(added).ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value);
        headers["host"] = "localhost:9229";
        var call = new SignedCall
        {
            Path = address.AbsolutePath,
            Query = address.Query[1..],
            Body = body,
            Headers = headers,
        };
        Assert.Null(call.Verify());
    }
}
