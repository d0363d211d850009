using Lifeguard.Protocol.Totp;
using Xunit;

namespace Lifeguard.Protocol.Tests.Totp;

public sealed class TotpUriTests
{
    [Fact]
    public void An_app_learns_party_person_secret_and_kind() => Assert.Equal(
        "otpauth://totp/Big%20Planets:ana%40example.com?secret=JBSWY3DP&issuer=Big%20Planets&algorithm=SHA1"
        + "&digits=6&period=30",
        TotpUri.Of("Big Planets", "ana@example.com", "JBSWY3DP"));

    [Theory]
    [InlineData("a:b&secret=X", "a%20b%26secret%3DX")]
    [InlineData("  Grüße #1? ", "Gr%C3%BC%C3%9Fe%20%231%3F")]
    public void Names_cannot_add_anything(string name, string escaped) => Assert.Equal(
        $"otpauth://totp/{escaped}:{escaped}?secret=A&issuer={escaped}&algorithm=SHA1&digits=6&period=30",
        TotpUri.Of(name, name, "A"));

    [Fact]
    public void Long_names_are_cut_between_letters()
    {
        var uri = TotpUri.Of(new string('ä', 128), "ana", "A");
        Assert.StartsWith($"otpauth://totp/{string.Concat(Enumerable.Repeat("%C3%A4", 20))}:ana?", uri);
    }
}
