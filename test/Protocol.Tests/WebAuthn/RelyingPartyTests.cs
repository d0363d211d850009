using Lifeguard.Protocol.WebAuthn;
using Xunit;

namespace Lifeguard.Protocol.Tests.WebAuthn;

public sealed class RelyingPartyTests
{
    [Theory]
    [InlineData("example.org", "https://example.org")]
    [InlineData("example.org", "https://example.org:8443")]
    [InlineData("example.org", "https://login.example.org")]
    [InlineData("example.org", "https://a.b.example.org")]
    [InlineData("Example.org", "https://example.org")]
    [InlineData("localhost", "http://localhost")]
    [InlineData("localhost", "http://localhost:3000")]
    [InlineData("localhost", "https://localhost")]
    [InlineData("localhost", "http://app.localhost:3000")]
    [InlineData("app.localhost", "http://app.localhost:3000")]
    [InlineData("example.org", "android:apk-key-hash:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Owns_pages_at_and_below_its_id(string id, string origin) =>
        Assert.True(new RelyingParty(id).Owns(origin));

    [Theory]
    [InlineData("example.org", "http://example.org")]
    [InlineData("example.org", "https://badexample.org")]
    [InlineData("example.org", "https://example.org.evil.test")]
    [InlineData("example.org", "https://evil.test/example.org")]
    [InlineData("example.org", "https://evil.test#.example.org")]
    [InlineData("example.org", "https://evil.test?.example.org")]
    [InlineData("example.org", "https://evil.test\\.example.org")]
    [InlineData("example.org", "https://example.org@evil.test")]
    [InlineData("example.org", "https://evil.test:443@example.org")]
    [InlineData("example.org", "https://example.org:")]
    [InlineData("example.org", "https://example.org:99999999")]
    [InlineData("example.org", "https://example.org:4x3")]
    [InlineData("example.org", "https://example.org/")]
    [InlineData("example.org", "https://org")]
    [InlineData("example.org", "https://example.org\0")]
    [InlineData("example.org", "https://exämple.org")]
    [InlineData("example.org", "https://LOGIN.example.org")]
    [InlineData("example.org", "HTTPS://example.org")]
    [InlineData("example.org", "https://")]
    [InlineData("example.org", "https://.")]
    [InlineData("example.org", "example.org")]
    [InlineData("example.org", "")]
    [InlineData("example.org", "null")]
    [InlineData("example.org", "file://example.org")]
    [InlineData("example.org", "http://localhost")]
    [InlineData("localhost", "http://127.0.0.1")]
    [InlineData("localhost", "http://notlocalhost")]
    [InlineData("host", "http://localhost")]
    [InlineData("example.org", "android:apk-key-hash:")]
    [InlineData("example.org", "android:apk-key-hash:AAAA")]
    [InlineData("example.org", "android:apk-key-hash:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Does_not_own_any_other_page(string id, string origin) =>
        Assert.False(new RelyingParty(id).Owns(origin));
}
