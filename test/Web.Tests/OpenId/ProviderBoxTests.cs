using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Lifeguard.Worlds.Saml;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>The box for an address, whose domain tells which of several SAML providers is meant.</summary>
public sealed class ProviderBoxTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private const string Secure = "https://saml.example/sso";

    private readonly OpenIdApp app = compatible.App;

    [Theory]
    [InlineData(Secure, "https:")]
    [InlineData("http://localhost:9/sso", "https: http:")]
    public async Task It_leads_to_each_of_them_by_whatever_scheme_that_is_at(string address, string sources)
    {
        var company = await Offers(Secure, address);
        using var person = company.NewPerson();

        var page = await person.Open(company.Request());
        var away = await person.Fill(page, ("idp_email", "ana@second.example"));

        Assert.Contains($"form-action 'self' {sources};", page.Headers, StringComparison.Ordinal);
        Assert.StartsWith(address, away.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_client_does_not_take_opens_no_way()
    {
        var company = await Offers(Secure, Secure, "http://localhost:9/sso");
        var two = await company.Another(
            new() { ["SupportedIdentityProviders"] = new JsonArray("Idp0", "Idp1") });
        using var person = two.NewPerson();

        var page = await person.Open(two.Request());

        Assert.Contains("form-action 'self' https:;", page.Headers, StringComparison.Ordinal);
    }

    /// <summary>A client of a new pool with a provider at each of these addresses.</summary>
    private async Task<OpenIdApp> Offers(params string[] addresses)
    {
        string[] domains = ["first.example", "second.example", "third.example"];
        var pool = await OpenIdApp.Create(app.Server);
        using var key = RSA.Create(2048);
        for (var at = 0; at < addresses.Length; at++)
        {
            await DomainApp.Must(app.Server, "CreateIdentityProvider", new JsonObject
            {
                ["UserPoolId"] = pool.PoolId,
                ["ProviderName"] = $"Idp{at}",
                ["ProviderType"] = "SAML",
                ["ProviderDetails"] = new JsonObject
                {
                    ["MetadataFile"] = new SamlIdp(key).Metadata().Replace(Secure, addresses[at]),
                },
                ["IdpIdentifiers"] = new JsonArray(domains[at]),
            }.ToJsonString());
        }

        return await pool.Another(new()
        {
            ["SupportedIdentityProviders"] = new JsonArray(
                [.. addresses.Select((_, at) => JsonValue.Create($"Idp{at}"))]),
        });
    }
}
