using System.IO.Compression;
using System.Xml.Linq;
using Lifeguard.Domain.Federation;
using Lifeguard.Operations.Federation;
using Lifeguard.Worlds;
using Lifeguard.Worlds.Saml;
using Xunit;

namespace Lifeguard.Wire.Tests.Federation;

/// <summary>Sign-outs at a SAML provider.</summary>
public sealed class SamlSignOutTests
{
    private static readonly SamlSession Session = new("Ana.Planet", "urn:f", null, "b", "_session");

    [Fact]
    public async Task Asks_the_provider_to_end_the_session_that_it_named_and_signs_that_always()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SamlApp.Create(world, SamlApp.Details("IDPSignout"));

        var address = await app.BeginLogout(Session);

        Assert.StartsWith(
            "https://saml.example/logout?SAMLRequest=", address!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("&RelayState=state&SigAlg=", address.AbsoluteUri, StringComparison.Ordinal);
        var request = Request(address);
        XNamespace saml = SamlText.Saml2, samlp = SamlText.Samlp;
        Assert.Equal("_a1b2-c3", request.Attribute("ID")!.Value);
        var name = request.Element(saml + "NameID")!;
        Assert.Equal(
            ("Ana.Planet", "urn:f", "b"),
            (name.Value, name.Attribute("Format")!.Value, name.Attribute("SPNameQualifier")!.Value));
        Assert.Equal("_session", request.Element(samlp + "SessionIndex")!.Value);
    }

    [Fact]
    public async Task Nobody_is_sent_where_it_is_not_set_or_the_provider_has_no_such_place()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var unset = await SamlApp.Create(world);
        var details = SamlApp.Details("IDPSignout");
        details["MetadataFile"] = details["MetadataFile"].Replace("SingleLogoutService", "Other");
        var nowhere = await SamlApp.Create(world, details);

        Assert.Null(await unset.BeginLogout(Session));
        Assert.Null(await nowhere.BeginLogout(Session));
    }

    [Theory]
    [InlineData("Success", null, true)]
    [InlineData("Success", "PartialLogout", false)]
    [InlineData("Responder", null, false)]
    public async Task Hears_by_either_binding_whether_it_is_done(string status, string? second, bool isDone)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SamlApp.Create(world, SamlApp.Details("IDPSignout"));
        var document = app.Idp.LogoutResponse(app.Goodbye with { Status = status, SecondStatus = second });

        Assert.Equal(isDone, await app.CheckLogout(SamlLogoutResponse.Posted(SamlText.Posted(document))));
        Assert.Equal(
            isDone,
            await app.CheckLogout(SamlLogoutResponse.Redirected(app.Idp.Redirected(document, "state"))));
    }

    [Fact]
    public async Task Takes_no_answer_of_somebody_else_or_to_something_else()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SamlApp.Create(world, SamlApp.Details("IDPSignout"));
        string[] documents =
        [
            app.Idp.LogoutResponse(app.Goodbye with { SignsResponse = false }),
            app.Idp.LogoutResponse(app.Goodbye with { RequestId = "_other" }),
            app.Idp.LogoutResponse(app.Goodbye with { Address = app.Spec.Address }),
            app.Idp.LogoutResponse(app.Goodbye with { Issuer = "https://other.example" }),
            app.Idp.Response(app.Goodbye),
        ];

        foreach (var document in documents)
        {
            var refusal = await Assert.ThrowsAsync<FederationException>(
                () => app.CheckLogout(SamlLogoutResponse.Posted(SamlText.Posted(document))));
            Assert.Equal(
                "Invalid samlResponse or relayState from identity provider", refusal.Description);
        }
    }

    private static XElement Request(Uri address)
    {
        var value = Uri.UnescapeDataString(address.Query.Split('&')[0]["?SAMLRequest=".Length..]);
        using var deflate = new DeflateStream(
            new MemoryStream(Convert.FromBase64String(value)), CompressionMode.Decompress);
        return XElement.Load(deflate);
    }
}
