using System.Text.RegularExpressions;
using Xunit;

namespace Lifeguard.Tidy.Tests;

/// <summary>SECURITY.md promises only what is tested.</summary>
public sealed partial class SecurityTableTests
{
    /// <summary>Where something secret is compared with what somebody sent.</summary>
    private static readonly string[] Comparing =
    [
        "src/Domain/AppClient.cs", "src/Domain/Sealer.cs", "src/Operations/Signatures.cs",
        "src/Protocol/Passwords/Argon2idHash.cs", "src/Protocol/Passwords/BcryptHash.cs",
        "src/Protocol/Passwords/Pbkdf2Hash.cs", "src/Protocol/Passwords/ScryptHash.cs",
        "src/Protocol/SecretHash.cs", "src/Protocol/SigV4/Signature.cs", "src/Protocol/Srp/SrpServer.cs",
        "src/Protocol/Totp/TotpCode.cs", "src/Protocol/Transfer/FileKeys.cs",
    ];

    [Fact]
    public void Every_test_that_it_names_is_there()
    {
        var named = Named().Matches(RepositoryFiles.Text("SECURITY.md")).ToList();
        var tests = RepositoryFiles.HandWritten
            .Where(path => path.StartsWith("test/", StringComparison.Ordinal)).ToList();
        var missing =
            from name in named
            let file = $"/{name.Groups["class"].Value}."
            let method = $" {name.Groups["method"].Value}("
            where !tests.Any(path => path.Contains(file, StringComparison.Ordinal)
                && RepositoryFiles.Text(path).Contains(method, StringComparison.Ordinal))
            select name.Value;

        Assert.True(named.Count >= 30, $"Only {named.Count} tests are named.");
        missing.ShouldBeNone("Name the test in SECURITY.md as it is called now:");
    }

    [Fact]
    public void Secrets_are_compared_in_constant_time()
    {
        var comparing = RepositoryFiles.HandWritten
            .Where(path => path.StartsWith("src/", StringComparison.Ordinal))
            .Where(path => RepositoryFiles.Text(path)
                .Contains("CryptographicOperations.FixedTimeEquals", StringComparison.Ordinal));

        Comparing.Except(comparing)
            .ShouldBeNone("Compare secrets with CryptographicOperations.FixedTimeEquals here:");
    }

    [GeneratedRegex("`(?<class>[A-Za-z0-9]+Tests)[.](?<method>[A-Za-z0-9_]+)`")]
    private static partial Regex Named();
}
