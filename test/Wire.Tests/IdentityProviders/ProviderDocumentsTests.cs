using System.Text.Json.Nodes;
using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.IdentityProviders.ProviderCalls;

namespace Lifeguard.Wire.Tests.IdentityProviders;

/// <summary>What providers say of themselves: SAML metadata and OIDC discovery, believed or not.</summary>
public sealed class ProviderDocumentsTests
{
    private const string MetadataUrl = "https://saml.example/metadata";

    [Fact]
    public async Task Reads_the_metadata_of_a_public_address()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var asked = Answering(world, Metadata());

        var created = await Must(Create(
            world, pool, "Corp", "SAML", new { MetadataURL = MetadataUrl, IDPSignout = "true" }));

        var only = Assert.Single(asked);
        Assert.Equal((MetadataUrl, OutboundTrust.Foreign), (only.Address.AbsoluteUri, only.Trust));
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["IDPSignout"] = "true",
                ["MetadataURL"] = MetadataUrl,
                ["SLORedirectBindingURI"] = "https://saml.example/logout",
                ["SSORedirectBindingURI"] = "https://saml.example/sso",
            },
            Details(created));
    }

    [Fact]
    public async Task Refuses_metadata_that_cannot_be_had()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var byAddress = new { MetadataURL = MetadataUrl };
        const string Unread =
            "InvalidParameterException: Unable to read the SAML metadata at MetadataURL.";

        Assert.Equal(
            Unread, await world.LeavesNothing(() => Create(world, pool, "Corp", "SAML", byAddress)));
        foreach (var status in (int[])[302, 404, 500])
        {
            Answering(world, Metadata(), status);
            Assert.Equal(
                Unread, await world.LeavesNothing(() => Create(world, pool, "Corp", "SAML", byAddress)));
        }

        var asked = Answering(world, Metadata());
        foreach (var address in (string[])["http://saml.example/m", "file:///etc/passwd", "https://a:b@c.d"])
        {
            Assert.Equal(
                "InvalidParameterException: MetadataURL must be a URL that starts with https://",
                await world.LeavesNothing(() => Create(
                    world, pool, "Corp", "SAML", new { MetadataURL = address })));
        }

        Assert.Empty(asked);
    }

    [Fact]
    public async Task Refuses_no_metadata_and_two()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            "InvalidParameterException: "
            + "At least one of the MetadataURL or MetadataFile should be provided.",
            await world.LeavesNothing(() => Create(world, pool, "Corp", "SAML", new { IDPInit = "true" })));
        Assert.Equal(
            "InvalidParameterException: Only one of the MetadataURL or MetadataFile should be provided.",
            await world.LeavesNothing(() => Create(
                world, pool, "Corp", "SAML", new { MetadataURL = MetadataUrl, MetadataFile = Metadata() })));
    }

    [Theory]
    [InlineData("IDPInit", "yes", "IDPInit must be true or false.")]
    [InlineData("IDPSignout", "TRUE", "IDPSignout must be true or false.")]
    [InlineData("EncryptedResponses", "1", "EncryptedResponses must be true or false.")]
    [InlineData("RequestSigningAlgorithm", "rsa-sha1", "RequestSigningAlgorithm must be rsa-sha256.")]
    public async Task Refuses_what_is_no_choice_of_SAML(string key, string value, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var details = Saml();
        details[key] = value;

        Assert.Equal(
            $"InvalidParameterException: {told}",
            await world.LeavesNothing(() => Create(world, pool, "Corp", "SAML", details)));
    }

    public static TheoryData<string, string> BadMetadata() => new()
    {
        { "not xml", "it is not well-formed XML without a document type." },
        {
            // A bomb of entities (billion laughs), and a file of the server: neither is even looked at.
            $"<!DOCTYPE e [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>{Metadata("&a;")}",
            "it is not well-formed XML without a document type."
        },
        { string.Concat(Enumerable.Repeat("<a>", 2000)), "it is nested too deeply." },
        { "<a/>", "it must describe exactly one SAML 2.0 identity provider." },
        {
            "<EntitiesDescriptor xmlns='urn:oasis:names:tc:SAML:2.0:metadata'>"
            + $"{Metadata()}{Metadata("https://other.example")}</EntitiesDescriptor>",
            "it must describe exactly one SAML 2.0 identity provider."
        },
        { Metadata(""), "it has no entityID." },
        {
            Metadata().Replace("<EntityDescriptor", "<EntityDescriptor validUntil='2026-03-06T04:05:09Z'"),
            "its validUntil has passed."
        },
        {
            Metadata().Replace("HTTP-Redirect", "HTTP-Artifact"),
            "it has no SingleSignOnService with HTTP-Redirect binding."
        },
        {
            Metadata().Replace("https://saml.example/sso", "javascript:alert(1)"),
            "the Location of its SingleSignOnService is no URL."
        },
        { Metadata(key: " "), "it must have 1 to 20 signing certificates." },
        { Metadata(key: Key("AAAA")), "a signing certificate is not X.509 with an RSA or EC key." },
        {
            Metadata(key: string.Concat(Enumerable.Range(0, 21).Select(i => Key($"AAA{(char)('A' + i)}")))),
            "it must have 1 to 20 signing certificates."
        },
    };

    [Theory, MemberData(nameof(BadMetadata))]
    public async Task Refuses_metadata_that_describes_no_provider(string metadata, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            $"InvalidParameterException: Invalid SAML metadata: {told}",
            await world.LeavesNothing(() => Create(world, pool, "Corp", "SAML", Saml(metadata))));
    }

    [Fact]
    public async Task Discovers_the_endpoints_that_are_not_given()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var asked = Answering(world, Discovery("https://id.example/"));
        var details = Undiscovered();
        details["token_url"] = "https://own.example/token";

        var created = await Must(Create(world, pool, "Partner", "OIDC", details));

        var only = Assert.Single(asked);
        Assert.Equal(
            ("https://id.example/.well-known/openid-configuration", OutboundTrust.Foreign),
            (only.Address.AbsoluteUri, only.Trust));
        var shown = Details(created);
        Assert.Equal("https://id.example/a", shown["authorize_url"]);
        Assert.Equal("https://own.example/token", shown["token_url"]);
        Assert.Equal("https://id.example/u", shown["attributes_url"]);
        Assert.Equal("https://id.example/k", shown["jwks_uri"]);
        Assert.Equal("false", shown["attributes_url_add_attributes"]);
    }

    [Fact]
    public async Task Asks_nobody_where_all_endpoints_are_given()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var asked = Answering(world, Discovery());

        await Must(Create(world, pool, "Partner", "OIDC", Oidc()));

        Assert.Empty(asked);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{"issuer":"https://evil.example","authorization_endpoint":"https://evil.example/a"}""")]
    [InlineData("""{"issuer":"https://id.example","authorization_endpoint":"http://id.example/a"}""")]
    [InlineData("""{"issuer":"https://id.example","authorization_endpoint":"https://id.example/a"}""")]
    public async Task Refuses_a_discovery_document_that_is_none_or_somebody_else_s(string document)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        Answering(world, document);

        Assert.StartsWith(
            "InvalidParameterException: ",
            await world.LeavesNothing(() => Create(world, pool, "Partner", "OIDC", Undiscovered())),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_issuer_that_does_not_answer_unless_the_endpoints_are_given()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            "InvalidParameterException: Unable to discover the endpoints of oidc_issuer; "
            + "authorize_url, token_url and jwks_uri are required.",
            await world.LeavesNothing(() => Create(world, pool, "Partner", "OIDC", Undiscovered())));
        var details = Oidc();
        details.Remove("attributes_url");
        await Must(Create(world, pool, "Partner", "OIDC", details));
    }

    [Theory]
    [InlineData("client_id", "", "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all "
        + "required idp details.")]
    [InlineData("oidc_issuer", "http://id.example", "OIDC endpoint must start with https://")]
    [InlineData("jwks_uri", "http://id.example/k", "OIDC endpoint must start with https://")]
    [InlineData("token_url", "https://", "https:// is not a URL of an OIDC endpoint.")]
    [InlineData("token_url", "https://a:b@id.example/", "https://a:b@id.example/ is not a URL of an OIDC "
        + "endpoint.")]
    [InlineData("oidc_issuer", "https://id.example?x", "oidc_issuer must not have a query or fragment.")]
    [InlineData("authorize_scopes", "email", "authorize_scopes of an OIDC provider must contain openid.")]
    [InlineData("attributes_request_method", "PUT", "1 validation error detected: Value 'PUT' at "
        + "'attributesRequestMethod' failed to satisfy constraint: Member must satisfy enum value set: "
        + "[POST, GET]")]
    public async Task Refuses_what_OIDC_cannot_be_done_with(string key, string value, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var details = Oidc();
        details[key] = value;

        Assert.Equal(
            $"InvalidParameterException: {told}",
            await world.LeavesNothing(() => Create(world, pool, "Partner", "OIDC", details)));
    }

    private static Dictionary<string, string> Undiscovered()
    {
        var details = Oidc();
        foreach (var key in (string[])["authorize_url", "token_url", "attributes_url", "jwks_uri"])
            details.Remove(key);
        return details;
    }

    private static string Discovery(string issuer = "https://id.example") => new JsonObject
    {
        ["issuer"] = issuer,
        ["authorization_endpoint"] = "https://id.example/a",
        ["token_endpoint"] = "https://id.example/t",
        ["userinfo_endpoint"] = "https://id.example/u",
        ["jwks_uri"] = "https://id.example/k",
    }.ToJsonString();

    private static Dictionary<string, string?> Details(Answer answer) =>
        answer["IdentityProvider"]!["ProviderDetails"]!.AsObject()
            .ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
}
