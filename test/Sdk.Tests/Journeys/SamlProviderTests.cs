using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Lifeguard.Domain.Federation;
using Lifeguard.Protocol.Saml;
using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Journeys;

/// <summary>A SAML provider that others have made: it reads the requests and the metadata of a service
/// provider, and is believed.</summary>
public sealed class SamlProviderTests
{
    private const string EntityId = "urn:amazon:cognito:sp:us-east-1_Planets00";
    private const string Domain = "https://planets.example";
    private const string Xmlenc = "http://www.w3.org/2001/04/xmlenc#";
    private const string Xmlenc11 = "http://www.w3.org/2009/xmlenc11#";

    private static readonly (RSA Key, string Certificate) Own = Made("CN=own");
    private static readonly (RSA Key, string Certificate) Theirs = Made("CN=theirs");

    [Theory]
    [InlineData(null, false, false)]
    [InlineData(null, true, false)]
    [InlineData(Xmlenc + "aes256-cbc", false, false)]
    [InlineData(Xmlenc11 + "aes256-gcm", false, false)]
    [InlineData(Xmlenc11 + "aes128-gcm", true, true)]
    public async Task Signs_somebody_in(string? cipher, bool signsResponse, bool encryptsFirst)
    {
        var now = DateTimeOffset.UtcNow;
        var question = SamlRequest.WhoIsIt(
            "_question", now, EntityId, "https://samlify.example/sso", Domain + "/saml2/idpresponse",
            asksAgain: false);
        var address = RedirectBinding.Address("https://samlify.example/sso", question, "st&te", Own.Key);

        var said = await Ask("login", address, new()
        {
            ["cipher"] = cipher,
            ["signsResponse"] = signsResponse,
            ["encryptsFirst"] = encryptsFirst,
        });
        var metadata = SamlMetadata.Parse(said["metadata"]!.GetValue<string>(), now);
        var expected = Expected(metadata, "/saml2/idpresponse", "_question");
        if (cipher is not null)
            expected = expected with { DecryptionKeys = [Own.Key.ExportPkcs8PrivateKey()] };
        var assertion = SamlResponse.Verify(said["answer"]!.GetValue<string>(), expected);

        Assert.Equal("_question", said["read"]!["request"]!["id"]!.GetValue<string>());
        Assert.Equal("st&te", said["relayState"]!.GetValue<string>());
        Assert.Equal("https://samlify.example/sso", metadata.SignInAddress);
        Assert.Equal("Ana & Planet", assertion.Subject.Value);
        Assert.Equal("_session", assertion.SessionIndex);
        var attribute = Assert.Single(assertion.Attributes);
        Assert.Equal(("mail", "ana@planets.example"), (attribute.Name, Assert.Single(attribute.Values)));
        Assert.Throws<SamlException>(() => SamlResponse.Verify(
            said["answer"]!.GetValue<string>(), expected with { Certificates = [Own.Certificate] }));
    }

    [Theory]
    [InlineData("post")]
    [InlineData("redirect")]
    public async Task Signs_somebody_out(string binding)
    {
        var now = DateTimeOffset.UtcNow;
        var request = SamlRequest.SignOut(
            "_goodbye", now, EntityId, "https://samlify.example/logout",
            new("Ana & Planet", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", null, null),
            "_session");
        var address = RedirectBinding.Address(
            "https://samlify.example/logout", request, "state", Own.Key);

        var said = await Ask("logout", address, new() { ["binding"] = binding });
        var metadata = SamlMetadata.Parse(said["metadata"]!.GetValue<string>(), now);
        var expected = Expected(metadata, "/saml2/logout", "_goodbye");
        var answer = said["answer"]!.GetValue<string>();

        Assert.Equal("_session", said["read"]!["sessionIndex"]!.GetValue<string>());
        Assert.True(binding == "post"
            ? SamlLogout.Posted(answer, expected)
            : SamlLogout.Redirected(new Uri(answer).Query[1..], expected));
    }

    private static SamlExpectation Expected(SamlMetadata metadata, string path, string requestId) => new()
    {
        Issuer = metadata.EntityId,
        Certificates = metadata.Certificates,
        ServiceProvider = EntityId,
        Address = Domain + path,
        RequestId = requestId,
        Now = DateTimeOffset.UtcNow,
    };

    private static async Task<JsonNode> Ask(string kind, Uri address, JsonObject more)
    {
        more["kind"] = kind;
        more["request"] = address.AbsoluteUri;
        more["key"] = Theirs.Key.ExportPkcs8PrivateKeyPem();
        more["certificate"] = Theirs.Certificate;
        more["metadata"] = ServiceProviderMetadata.Write(
            EntityId, Domain + "/saml2/idpresponse", Domain + "/saml2/logout", Own.Certificate,
            Own.Certificate);
        var path = Path.Combine(Available.Scripts, "saml-idp.mjs");
        var finished = await Finished.Run("node", [path, more.ToJsonString()]);
        Assert.True(finished.ExitCode == 0, finished.Printed);
        return JsonNode.Parse(finished.Printed.Split('\n').Single(line => line.StartsWith('{')))!;
    }

    private static (RSA Key, string Certificate) Made(string name)
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest(
            name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return (key, Convert.ToBase64String(certificate.RawData));
    }
}
