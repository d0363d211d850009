using Lifeguard.Protocol.SigV4;
using Xunit;

namespace Lifeguard.Protocol.Tests.SigV4;

public sealed class SigV4PresignerTests
{
    private static readonly SigV4Credentials Credentials =
        new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    private static readonly (string Region, string Service) Scope = ("us-east-1", "s3");
    private static readonly Uri Address = new("https://examplebucket.s3.amazonaws.com/test.txt");
    private static readonly DateTimeOffset Now = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Day = TimeSpan.FromSeconds(86400);
    private static readonly Dictionary<string, string> NoHeaders = [];

    // Published in S3's documentation of query parameters.
    private const string Published = "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

    [Fact]
    public void The_documented_signature_is_reached()
    {
        var address = SigV4Presigner.Presign(Credentials, Scope, "GET", Address, NoHeaders, Day, Now);

        Assert.StartsWith($"{Address}?X-Amz-Algorithm=AWS4-HMAC-SHA256&", address);
        Assert.Contains(
            "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request", address);
        Assert.Contains("&X-Amz-Expires=86400", address);
        Assert.EndsWith("&X-Amz-Signature=" + Published, address);
    }

    [Fact]
    public void Its_own_signature_is_known_again()
    {
        var claim = Claim(SigV4Presigner.Presign(Credentials, Scope, "PUT", Address, NoHeaders, Day, Now));

        Assert.True(SigV4Presigner.IsSigned(claim, Credentials, Scope, "PUT", Address, NoHeaders));
        Assert.Equal((Now, Day), (claim.SignedAt, claim.Lifetime!.Value));
    }

    [Fact]
    public void Nothing_that_is_signed_can_be_changed()
    {
        var text = SigV4Presigner.Presign(Credentials, Scope, "PUT", Address, NoHeaders, Day, Now);
        var claim = Claim(text);

        Assert.False(IsSigned(claim, method: "GET"));
        Assert.False(IsSigned(claim, address: new("https://examplebucket.s3.amazonaws.com/other.txt")));
        Assert.False(IsSigned(claim, address: new("https://other.s3.amazonaws.com/test.txt")));
        Assert.False(IsSigned(claim, region: "eu-west-1"));
        Assert.False(IsSigned(claim, secret: "another"));
        Assert.False(IsSigned(claim with { Lifetime = TimeSpan.FromSeconds(86401) }));
        Assert.False(IsSigned(claim with { Lifetime = null }));
        Assert.False(IsSigned(claim with { SignedAt = Now.AddSeconds(1) }));
        Assert.False(IsSigned(claim with { Signature = claim.Signature[..^1] }));
        Assert.False(IsSigned(claim with { Signature = "" }));
        Assert.False(SigV4Presigner.IsSigned(
            claim, Credentials, Scope, "PUT", Address, new Dictionary<string, string> { ["x-amz-a"] = "b" }));
    }

    [Fact]
    public void A_header_that_must_be_sent_is_named()
    {
        var headers = new Dictionary<string, string> { ["x-amz-server-side-encryption"] = "aws:kms" };

        var address = SigV4Presigner.Presign(Credentials, Scope, "PUT", Address, headers, Day, Now);

        Assert.Contains("X-Amz-SignedHeaders=host%3Bx-amz-server-side-encryption&", address);
    }

    private static bool IsSigned(
        SigV4Claim claim,
        string method = "PUT",
        Uri? address = null,
        string region = "us-east-1",
        string? secret = null) => SigV4Presigner.IsSigned(
        claim,
        secret is null ? Credentials : Credentials with { SecretAccessKey = secret },
        (region, "s3"),
        method,
        address ?? Address,
        NoHeaders);

    private static SigV4Claim Claim(string address)
    {
        var request = new SigV4Request(
            "PUT", "/", new Uri(address).Query[1..], static name => name == "host" ? "h" : null, default);
        Assert.True(SigV4Verifier.TryRead(request, out var claim, out _));
        return claim;
    }
}
