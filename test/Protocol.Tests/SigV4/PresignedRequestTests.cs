using Lifeguard.Protocol.SigV4;
using Xunit;

namespace Lifeguard.Protocol.Tests.SigV4;

public sealed class PresignedRequestTests
{
    private const string KnownSignature = "2afc6772c995cb221f671b271c07c5c550bf1aef7de65faac1b131cfaf01dfb4";

    /// <summary>
    /// A request presigned with botocore, which moves a JSON body's members into the query.
    /// </summary>
    internal static SignedCall Presigned(string token = "", string signature = KnownSignature) => new()
    {
        Query = "UserPoolId=eu-west-1_SrpVec7r1&X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIDEXAMPLE%2F20260306%2Feu-west-1%2Fcognito-idp%2Faws4_request"
            + "&X-Amz-Date=20260306T040509Z&X-Amz-Expires=600"
            + $"&X-Amz-SignedHeaders=content-type%3Bhost%3Bx-amz-target{token}&X-Amz-Signature={signature}",
        Headers = new()
        {
            ["content-type"] = "application/x-amz-json-1.1",
            ["host"] = "cognito-idp.eu-west-1.amazonaws.com",
            ["x-amz-target"] = "AWSCognitoIdentityProviderService.DescribeUserPool",
        },
        Body = "",
    };

    [Fact]
    public void It_holds_to_the_end_of_its_lifetime_and_no_longer()
    {
        Assert.Null(Presigned().Verify(SignedCall.SignedAt.AddMinutes(10)));
        Assert.Null(Presigned().Verify(SignedCall.SignedAt.AddMinutes(-5)));
        var late = Presigned().Verify(SignedCall.SignedAt.AddMinutes(10).AddSeconds(1));
        Assert.Equal(SigV4FailureKind.Expired, late?.Kind);
        Assert.Equal(
            "Signature expired: 20260306T041509Z is now earlier than 20260306T041510Z", late?.Message);
        var early = Presigned().Verify(SignedCall.SignedAt.AddMinutes(-5).AddSeconds(-1));
        Assert.Equal(SigV4FailureKind.NotYetCurrent, early?.Kind);
    }

    [Theory]
    [InlineData("X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Algorithm")]
    [InlineData(
        "X-Amz-Credential=AKIDEXAMPLE%2F20260306%2Feu-west-1%2Fcognito-idp%2Faws4_request",
        "X-Amz-Credential")]
    [InlineData("X-Amz-Date=20260306T040509Z", "X-Amz-Date")]
    [InlineData("X-Amz-Expires=600", "X-Amz-Expires")]
    [InlineData("X-Amz-SignedHeaders=content-type%3Bhost%3Bx-amz-target", "X-Amz-SignedHeaders")]
    [InlineData("X-Amz-Signature=" + KnownSignature, "X-Amz-Signature")]
    public void A_missing_parameter_is_named(string parameter, string name)
    {
        var call = Presigned();
        var failure = (call with { Query = call.Query.Replace(parameter, "x=y") }).Verify();
        Assert.Equal(SigV4FailureKind.Incomplete, failure?.Kind);
        Assert.Equal(
            $"AWS query-string parameters must include '{name}'. Re-examine the query-string parameters.",
            failure?.Message);
    }

    [Theory]
    [InlineData("X-Amz-Expires=600", "X-Amz-Expires=0")]
    [InlineData("X-Amz-Expires=600", "X-Amz-Expires=604801")]
    [InlineData("X-Amz-Expires=600", "X-Amz-Expires=-1")]
    [InlineData("X-Amz-Expires=600", "X-Amz-Expires=99999999999999999999")]
    [InlineData("X-Amz-Expires=600", "X-Amz-Expires=600&X-Amz-Expires=601")]
    [InlineData("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256")]
    [InlineData("20260306T040509Z", "yesterday")]
    [InlineData("%2Faws4_request", "")]
    [InlineData("content-type%3Bhost%3Bx-amz-target", "content-type%3Bx-amz-target")]
    [InlineData("content-type%3Bhost%3Bx-amz-target", "content-type%3Bhost")]
    [InlineData("content-type%3Bhost%3Bx-amz-target", "Host")]
    public void A_malformed_parameter_is_refused(string original, string altered)
    {
        var call = Presigned();
        Assert.Contains(original, call.Query);
        var failure = (call with { Query = call.Query.Replace(original, altered) }).Verify();
        Assert.Equal(SigV4FailureKind.Incomplete, failure?.Kind);
    }

    [Theory]
    [InlineData("UserPoolId=eu", "UserPoolId=us")]
    [InlineData("X-Amz-Expires=600", "X-Amz-Expires=601")]
    [InlineData("AKIDEXAMPLE", "AKIDEXAMPLF")]
    [InlineData("dfb4", "dfb5")]
    [InlineData("dfb4", "DFB4")]
    [InlineData("UserPoolId=", "Extra=1&UserPoolId=")]
    public void An_altered_parameter_breaks_the_signature(string original, string altered)
    {
        var call = Presigned();
        Assert.Contains(original, call.Query);
        Assert.Equal(
            SigV4Failure.Mismatch, (call with { Query = call.Query.Replace(original, altered) }).Verify());
    }

    [Fact]
    public void A_body_that_was_not_signed_breaks_the_signature() =>
        Assert.Equal(SigV4Failure.Mismatch, (Presigned() with { Body = "{}" }).Verify());

    [Fact]
    public void Header_and_query_together_are_refused()
    {
        var both = Presigned().With("authorization", new SignedCall().Sign().Headers["authorization"]);
        Assert.Equal(SigV4FailureKind.Incomplete, both.Verify()?.Kind);
    }
}
