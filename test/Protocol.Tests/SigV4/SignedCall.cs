using System.Text;
using Lifeguard.Protocol.SigV4;

namespace Lifeguard.Protocol.Tests.SigV4;

/// <summary>A request that tests sign, alter and verify.</summary>
internal sealed record SignedCall
{
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string Region = "eu-west-1";
    public const string Service = "cognito-idp";

    public static readonly DateTimeOffset SignedAt = new(2026, 3, 6, 4, 5, 9, TimeSpan.Zero);
    public static readonly SigV4Credentials Credentials = new("AKIDEXAMPLE", Secret);

    public string Method { get; init; } = "POST";

    public string Path { get; init; } = "/";

    public string Query { get; init; } = "";

    public Dictionary<string, string> Headers { get; init; } = new()
    {
        ["content-type"] = "application/x-amz-json-1.1",
        ["host"] = "cognito-idp.eu-west-1.amazonaws.com",
        ["x-amz-date"] = "20260306T040509Z",
        ["x-amz-target"] = "AWSCognitoIdentityProviderService.DescribeUserPool",
    };

    public string Body { get; init; } = """{"UserPoolId":"eu-west-1_SrpVec7r1"}""";

    public SigV4Request Request =>
        new(Method, Path, Query, Headers.GetValueOrDefault, Encoding.UTF8.GetBytes(Body));

    /// <summary>Signs all headers that are there now, in the given scope.</summary>
    public SignedCall Sign(string region = Region, string service = Service, string? date = null)
    {
        string[] names = [.. Headers.Keys.Order(StringComparer.Ordinal)];
        var scope = new CredentialScope(date ?? Headers["x-amz-date"][..8], region, service);
        CanonicalRequest.TryBuild(
            Method, Path, Query, names, Headers.GetValueOrDefault, Hash(Body), out var canonical);
        var signedAt = AmzDate.TryParse(Headers["x-amz-date"], out var instant) ? instant : SignedAt;
        var signature = Signature.Compute(
            Signature.SigningKey(Secret, scope), Signature.StringToSign(signedAt, scope, canonical!));
        return With(
            "authorization",
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope.Text}, "
                + $"SignedHeaders={string.Join(';', names)}, Signature={signature}");
    }

    public SignedCall With(string header, string? value)
    {
        var headers = new Dictionary<string, string>(Headers);
        headers.Remove(header);
        if (value is not null)
            headers[header] = value;
        return this with { Headers = headers };
    }

    /// <summary>Reads and verifies as a server would; null when the signature holds.</summary>
    public SigV4Failure? Verify(DateTimeOffset? now = null, string secret = Secret) =>
        SigV4Verifier.TryRead(Request, out var claim, out var failure)
            ? SigV4Verifier.Verify(Request, claim, secret, Region, Service, now ?? SignedAt)
            : failure;

    public static string Hash(string body) => Signature.Hash(Encoding.UTF8.GetBytes(body));
}
