using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>Pages name people as they name themselves, where their user names are made up.</summary>
public sealed class PersonNameTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private const string Mail = "pia@example.com";
    private const string Phone = "+15555550170";

    [Theory]
    [InlineData("email", Mail)]
    [InlineData("phone_number", Phone)]
    public async Task Who_adds_a_passkey_is_named_by_what_they_sign_in_with(string attribute, string name)
    {
        var (app, username) = await WithNames(attribute, name, version: 2);
        using var person = app.NewPerson();
        await app.SignIn(person, name);

        var page = await person.Open(
            $"{app.Domain}/passkeys/add?client_id={app.ClientId}"
            + $"&redirect_uri={Uri.EscapeDataString(OpenIdApp.Callback)}");

        Assert.Contains($"<bdi>{name.Replace("+", "&#x2B;")}</bdi>", page.Html);
        Assert.DoesNotContain($"<bdi>{username}</bdi>", page.Html);
        // What the passkey is called, the service says.
        Assert.Contains($"&quot;name&quot;:&quot;{username}&quot;", page.Html);
    }

    [Theory]
    [InlineData("email", Mail)]
    [InlineData("phone_number", Phone)]
    public async Task Who_is_signed_in_is_named_so_on_classic_pages(string attribute, string name)
    {
        var (app, username) = await WithNames(attribute, name, version: 1);
        using var person = app.NewPerson();
        await app.SignIn(person, name);

        var page = await person.Open(app.Request().Replace("/oauth2/authorize", "/login"));

        Assert.Contains($"<bdi>{name.Replace("+", "&#x2B;")}</bdi>", page.Html);
        Assert.DoesNotContain(username, page.Html);
    }

    /// <summary>A pool whose people sign in with that attribute, and the user name of one.</summary>
    private async Task<(OpenIdApp App, string Username)> WithNames(
        string attribute, string name, int version)
    {
        var server = compatible.Server;
        var made = await DomainApp.Must(server, "CreateUserPool", new JsonObject
        {
            ["PoolName"] = "names",
            ["UsernameAttributes"] = new JsonArray(attribute),
            ["Policies"] = JsonNode.Parse(
                """{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","WEB_AUTHN"]}}"""),
        }.ToJsonString());
        var pool = made["UserPool"]!["Id"]!.GetValue<string>();
        var prefix = $"names-{attribute.Replace('_', '-')}-{version}";
        await DomainApp.Must(server, "CreateUserPoolDomain", new JsonObject
        {
            ["UserPoolId"] = pool,
            ["Domain"] = prefix,
            ["ManagedLoginVersion"] = version,
        }.ToJsonString());
        await DomainApp.Must(server, "SetUserPoolMfaConfig", new JsonObject
        {
            ["UserPoolId"] = pool,
            ["WebAuthnConfiguration"] = new JsonObject { ["RelyingPartyId"] = "localhost" },
        }.ToJsonString());
        var app = await new OpenIdApp(server, pool, prefix, "", null).Another();
        await app.AddUser(name, new() { [attribute] = name, [attribute + "_verified"] = "true" });
        var user = await app.Admin("AdminGetUser", name);
        return (app, user["Username"]!.GetValue<string>());
    }
}
