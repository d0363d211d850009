using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Lifeguard.Protocol.Saml;
using Lifeguard.Worlds.Saml;
using Xunit;
using static Lifeguard.Protocol.Tests.Saml.Providers;

namespace Lifeguard.Protocol.Tests.Saml;

/// <summary>What a service provider asks, and how it gets to the provider.</summary>
public sealed class RequestTests
{
    private const string Destination = "https://saml.example/sso";

    [Fact]
    public void Asks_who_it_is()
    {
        Assert.Equal(
            "<samlp:AuthnRequest xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" "
            + "ID=\"_1\" Version=\"2.0\" IssueInstant=\"2026-01-01T00:00:00.000Z\" "
            + "Destination=\"https://saml.example/sso\" "
            + "AssertionConsumerServiceURL=\"https://planets.example/saml2/idpresponse\" "
            + "ProtocolBinding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" "
            + "xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\">"
            + "<saml:Issuer>urn:amazon:cognito:sp:us-east-1_Planets00</saml:Issuer>"
            + "<samlp:NameIDPolicy AllowCreate=\"true\" /></samlp:AuthnRequest>",
            Question(asksAgain: false));
        Assert.Contains(" ForceAuthn=\"true\"", Question(asksAgain: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Asks_to_sign_somebody_out_by_the_name_that_the_provider_gave()
    {
        var name = new SamlName("Ana & <Planet>", "urn:f", "a", "b");

        var request = XElement.Parse(SamlRequest.SignOut(
            "_1", Now, SamlSpec.DefaultAudience, Destination, name, "_session"));
        var bare = XElement.Parse(SamlRequest.SignOut(
            "_1", Now, SamlSpec.DefaultAudience, Destination, new("Ana", null, null, null), null));

        XNamespace saml = SamlText.Saml2, samlp = SamlText.Samlp;
        Assert.Equal(samlp + "LogoutRequest", request.Name);
        Assert.Equal("2026-01-01T00:04:00.000Z", request.Attribute("NotOnOrAfter")!.Value);
        var subject = request.Element(saml + "NameID")!;
        Assert.Equal("Ana & <Planet>", subject.Value);
        Assert.Equal(
            ["Format=urn:f", "NameQualifier=a", "SPNameQualifier=b"],
            subject.Attributes().Select(one => $"{one.Name}={one.Value}"));
        Assert.Equal("_session", request.Element(samlp + "SessionIndex")!.Value);
        Assert.Empty(bare.Element(saml + "NameID")!.Attributes());
        Assert.Null(bare.Element(samlp + "SessionIndex"));
    }

    [Fact]
    public void Goes_deflated_in_the_address()
    {
        var address = RedirectBinding.Address(Destination, Question(), "state &=+/ä", key: null);

        var query = Query(address);
        Assert.StartsWith(Destination + "?SAMLRequest=", address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(["SAMLRequest", "RelayState"], query.Select(pair => pair.Key));
        Assert.Equal("state &=+/ä", query[1].Value);
        Assert.Equal(Question(), Unpacked(query[0].Value));
    }

    [Fact]
    public void Signs_the_characters_of_the_query()
    {
        var address = RedirectBinding.Address(Destination, Question(), "state", OwnKey).AbsoluteUri;

        var query = address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..];
        var end = query.IndexOf("&Signature=", StringComparison.Ordinal);
        Assert.EndsWith(
            "&SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256",
            query[..end],
            StringComparison.Ordinal);
        Assert.True(OwnKey.VerifyData(
            Encoding.ASCII.GetBytes(query[..end]),
            Convert.FromBase64String(Uri.UnescapeDataString(query[(end + "&Signature=".Length)..])),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1));
    }

    [Theory]
    [InlineData("https://saml.example/sso?app=1", "https://saml.example/sso?app=1&SAMLRequest=")]
    [InlineData("https://saml.example/sso#top", "https://saml.example/sso?SAMLRequest=")]
    public void Keeps_the_query_of_the_provider(string destination, string begin)
    {
        var address = RedirectBinding.Address(destination, Question(), "", key: null);

        Assert.StartsWith(begin, address.AbsoluteUri, StringComparison.Ordinal);
        Assert.DoesNotContain("RelayState", address.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_of_itself_what_a_provider_needs_to_know()
    {
        var text = ServiceProviderMetadata.Write(
            "urn:amazon:cognito:sp:p", "https://d/saml2/idpresponse", "https://d/saml2/logout", "AAAA",
            "BBBB");

        XNamespace md = "urn:oasis:names:tc:SAML:2.0:metadata", ds = SamlText.Ds;
        var entity = XElement.Parse(text);
        var role = entity.Element(md + "SPSSODescriptor")!;
        Assert.Equal("urn:amazon:cognito:sp:p", entity.Attribute("entityID")!.Value);
        Assert.Equal(
            ["signing AAAA", "encryption BBBB"],
            role.Elements(md + "KeyDescriptor").Select(key =>
                $"{key.Attribute("use")!.Value} {key.Descendants(ds + "X509Certificate").Single().Value}"));
        // The order is that of the schema.
        Assert.Equal(
            ["KeyDescriptor", "KeyDescriptor", "SingleLogoutService", "SingleLogoutService",
                "AssertionConsumerService"],
            role.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(
            "https://d/saml2/idpresponse",
            role.Element(md + "AssertionConsumerService")!.Attribute("Location")!.Value);
    }

    private static string Question(bool asksAgain = false) => SamlRequest.WhoIsIt(
        "_1", Now, SamlSpec.DefaultAudience, Destination, SamlSpec.DefaultAddress, asksAgain);

    private static List<KeyValuePair<string, string>> Query(Uri address) =>
    [
        .. address.Query[1..].Split('&').Select(pair => pair.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[1]))),
    ];

    private static string Unpacked(string value)
    {
        using var deflate = new DeflateStream(
            new MemoryStream(Convert.FromBase64String(value)), CompressionMode.Decompress);
        using var reader = new StreamReader(deflate, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
