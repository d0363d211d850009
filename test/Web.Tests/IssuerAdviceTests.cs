using Lifeguard.Server.Settings;
using Lifeguard.Server.Transfer;

namespace Lifeguard.Web.Tests;

/// <summary>What an import says of the tokens that were issued elsewhere.</summary>
public sealed class IssuerAdviceTests
{
    private const string Before = "https://id.example.com";

    [Theory]
    [InlineData("Issuer", Before)]
    [InlineData("PublicUrl", "https://id.example.com/")]
    public void The_issuer_has_stayed(string setting, string value) => Assert.Equal(
        "Access and ID tokens issued before verify here: the issuer is https://id.example.com/p as before.",
        IssuerAdvice.For("p", Before, With(setting, value)));

    [Fact]
    public void The_issuer_is_another()
    {
        var advice = IssuerAdvice.For("p", Before, With("Issuer", "https://new.example.com"));

        Assert.Contains("only with the issuer they name, https://id.example.com/p.", advice);
        Assert.Contains("Here it is https://new.example.com: set Issuer or PublicUrl to", advice);
    }

    [Fact]
    public void No_setting_names_the_issuer()
    {
        Assert.Contains("Here it is the server's own address:", IssuerAdvice.For("p", Before, Unset));
        Assert.Contains(
            "as long as the issuer (setting Issuer, else PublicUrl, else the server's own address)",
            IssuerAdvice.For("p", before: null, Unset));
    }

    private static ServerSettings Unset => SettingsLoader.Load(Life.Dev).Settings;

    private static ServerSettings With(string name, string value) =>
        SettingsLoader.Load(Life.Dev, new SettingsLayer([new(name, value, "test")])).Settings;
}
