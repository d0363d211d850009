using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Domains;

/// <summary>Calls as tests of domains make them.</summary>
internal static class DomainCalls
{
    public const string Certificate = "arn:aws:acm:us-east-1:000000000000:certificate/0f9d8c7b";

    /// <summary>Another, as it is after a renewal.</summary>
    public const string NextCertificate = "arn:aws:acm:us-east-1:000000000000:certificate/1a2b3c4d";

    /// <summary>A domain that is custom where a certificate is given.</summary>
    public static object Request(
        TestPool pool, string domain, string? certificate = null, object? more = null) => Calls.Merge(
        certificate is null
            ? new { UserPoolId = pool.Id, Domain = domain }
            : new
            {
                UserPoolId = pool.Id,
                Domain = domain,
                CustomDomainConfig = new { CertificateArn = certificate },
            },
        more);

    public static Task<Answer> Create(
        World world, TestPool pool, string domain, string? certificate = null, object? more = null) =>
        world.Call("CreateUserPoolDomain", Request(pool, domain, certificate, more));

    public static Task<Answer> Describe(World world, string domain) =>
        world.Call("DescribeUserPoolDomain", new { Domain = domain });

    public static Task<Answer> Delete(World world, TestPool pool, string domain) =>
        world.Call("DeleteUserPoolDomain", new { UserPoolId = pool.Id, Domain = domain });

    /// <summary>The domains that DescribeUserPool shows: the prefix, then the custom one.</summary>
    public static async Task<(string? Prefix, string? Custom)> Of(World world, TestPool pool)
    {
        var shown = await world.Must("DescribeUserPool", new { UserPoolId = pool.Id });
        return (
            shown["UserPool"]!["Domain"]?.GetValue<string>(),
            shown["UserPool"]!["CustomDomain"]?.GetValue<string>());
    }
}
