using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Lifeguard.Operations.Federation;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Lifeguard.Worlds.Saml;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lifeguard.Wire.Tests.Federation;

/// <summary>Sign-ins at a SAML provider, from where a browser is sent to what it brings back.</summary>
public sealed class SamlSignInTests
{
    [Fact]
    public async Task Asks_the_provider_at_the_address_of_its_metadata()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SamlApp.Create(world);

        var query = Query(await app.Begin());

        Assert.Equal(["SAMLRequest", "RelayState"], query.Select(pair => pair.Key));
        Assert.Equal("state", query[1].Value);
        var request = Request(query);
        Assert.Equal("_a1b2-c3", request.Attribute("ID")!.Value);
        Assert.Equal("https://saml.example/sso", request.Attribute("Destination")!.Value);
        Assert.Equal(
            "https://planets.auth.example/saml2/idpresponse",
            request.Attribute("AssertionConsumerServiceURL")!.Value);
        Assert.Equal(
            $"urn:amazon:cognito:sp:{app.Pool.Id}", request.Elements().First().Value);
        Assert.Null(request.Attribute("ForceAuthn"));
        Assert.Equal(
            "true", Request(Query(await app.Begin(asksAgain: true))).Attribute("ForceAuthn")!.Value);
    }

    [Fact]
    public async Task Signs_the_request_where_that_is_set_with_the_key_whose_certificate_is_shown()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SamlApp.Create(world, SamlApp.Details("RequestSigningAlgorithm"));

        var query = (await app.Begin()).AbsoluteUri.Split('?')[1];

        var shown = await world.Must("GetSigningCertificate", new { UserPoolId = app.Pool.Id });
        using var certificate = X509CertificateLoader.LoadCertificate(
            Convert.FromBase64String((string)shown["Certificate"]!));
        var end = query.IndexOf("&Signature=", StringComparison.Ordinal);
        Assert.True(certificate.GetRSAPublicKey()!.VerifyData(
            Encoding.ASCII.GetBytes(query[..end]),
            Convert.FromBase64String(Uri.UnescapeDataString(query[(end + "&Signature=".Length)..])),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task An_id_that_no_document_could_have_is_refused()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SamlApp.Create(world);
        var provider = await app.Provider();

        await Assert.ThrowsAsync<ArgumentException>(() => world.Get<SamlFederation>().Begin(
            app.Pool, provider, SamlApp.Address, "state", "a\"b", app.Call()));
    }

    [Theory, EachDatabase]
    public async Task Says_who_has_come_and_what_is_known_of_them(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await SamlApp.Create(world);

        var answer = await app.Receive(app.Idp.Post(app.Spec with
        {
            Attributes = [("mail", ["ana@planets.example"]), ("groups", ["a b", "ä-*._", "c"])],
        }));

        Assert.Equal("Ana.Planet", answer.Profile.Subject);
        Assert.Equal("ana@planets.example", answer.Profile.Claims["mail"]);
        Assert.Equal("[a%20b, %C3%A4-*._, c]", answer.Profile.Claims["groups"]);
        var (name, response) = Assert.Single(answer.Profile.Parts);
        Assert.Equal("samlResponse", name);
        Assert.Equal(
            """{"mail":"ana@planets.example","groups":["a b","ä-*._","c"]}""",
            JsonSerializer.Serialize(response, Relaxed));
        Assert.Equal(
            new("Ana.Planet", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", null, null, "_session"),
            answer.Session);
    }

    [Theory, EachDatabase]
    public async Task An_assertion_is_believed_once(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await SamlApp.Create(world);
        var response = app.Idp.Post(app.Spec);
        // The same assertion in another response.
        var again = app.Idp.Post(app.Spec with { ResponseId = "_another" });

        Assert.Equal("Ana.Planet", await app.Outcome(response));
        Assert.Equal(Replayed, await app.Outcome(response));
        Assert.Equal(Replayed, await app.Outcome(again));
        Assert.Equal("Ana.Planet", await app.Outcome(app.Spec with { AssertionId = "_next" }));
    }

    [Fact]
    public async Task A_provider_may_stay_at_real_time_when_the_clock_is_moved()
    {
        var real = new FakeTimeProvider(World.Beginning);
        await using var world = await World.Start(DatabaseKind.Memory, outside: real);
        var app = await SamlApp.Create(world);
        var spec = app.Spec;
        world.Clock.Advance(TimeSpan.FromDays(2));

        var asked = Request(Query(await app.Begin())).Attribute("IssueInstant")!.Value;
        Assert.Equal(World.Beginning, DateTimeOffset.Parse(asked, CultureInfo.InvariantCulture));
        Assert.Equal("Ana.Planet", await app.Outcome(spec));
        var spent = world.Get<SpentStore>();
        Assert.Equal(0, await spent.Sweep(world.Clock.GetUtcNow(), 10, CancellationToken.None));
        Assert.Equal(Replayed, await app.Outcome(spec));

        real.Advance(TimeSpan.FromDays(1));
        Assert.NotEqual("Ana.Planet", await app.Outcome(spec with { AssertionId = "_late" }));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_who_bring_it_at_once_one_is_believed(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await SamlApp.Create(world);
        var response = app.Idp.Post(app.Spec);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => app.Outcome(response))));

        Assert.Equal(
            ["1 Ana.Planet", "19 " + Replayed],
            outcomes.CountBy(outcome => outcome).OrderBy(pair => pair.Value)
                .Select(pair => $"{pair.Value} {pair.Key}"));
    }

    [Fact]
    public async Task What_is_refused_is_not_used_up_and_ids_are_those_of_one_provider()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SamlApp.Create(world);
        await app.Add("Other", SamlApp.Details());
        var response = app.Idp.Post(app.Spec);

        Assert.NotEqual("Ana.Planet", await app.Outcome(response, "another-request"));
        Assert.Equal("Ana.Planet", await app.Outcome(response));
        Assert.Equal("Ana.Planet", await app.Outcome(response, by: "Other"));
    }

    [Fact]
    public async Task An_assertion_s_id_is_remembered_as_long_as_it_would_be_taken()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SamlApp.Create(world);
        var response = app.Idp.Post(app.Spec);
        await app.Receive(response);
        var spent = world.Get<Storage.SpentStore>();

        world.Clock.Advance(TimeSpan.FromMinutes(7) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await spent.Sweep(world.Clock.GetUtcNow(), 10, CancellationToken.None));
        Assert.Equal(Replayed, await app.Outcome(response));
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await spent.Sweep(world.Clock.GetUtcNow(), 10, CancellationToken.None));
        Assert.Equal(
            "server_error: Error in SAML response processing: SAML Assertion has expired.",
            await app.Outcome(response));
    }

    [Fact]
    public async Task A_provider_begins_by_itself_only_where_that_is_set()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SamlApp.Create(world);
        await app.Add("Portal", SamlApp.Details("IDPInit"));
        var unasked = app.Idp.Post(app.Spec with { RequestId = null });
        var asked = app.Idp.Post(app.Spec with { AssertionId = "_asked" });

        Assert.Equal(NoAnswer, await app.Outcome(unasked, null));
        Assert.Equal("Ana.Planet", await app.Outcome(unasked, null, "Portal"));
        // Neither is one of the other kind.
        Assert.Equal(NoAnswer, await app.Outcome(asked, null, "Portal"));
        Assert.Equal(NoAnswer, await app.Outcome(unasked, SamlApp.RequestId, "Portal"));
        Assert.Equal("Ana.Planet", await app.Outcome(asked, SamlApp.RequestId, "Portal"));
    }

    [Theory, EachDatabase]
    public async Task Opens_what_is_encrypted_to_the_certificate_that_is_shown_or_to_an_earlier_one(
        DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await SamlApp.Create(world, SamlApp.Details("EncryptedResponses"));
        var first = await Shown(app);
        var before = await app.Outcome(app.Spec with { Encryption = new(first) });
        world.Clock.Advance(TimeSpan.FromDays(365));
        var second = await Shown(app);

        Assert.Equal("Ana.Planet", before);
        Assert.NotEqual(first, second);
        foreach (var certificate in new[] { first, second })
        {
            Assert.Equal(
                "Ana.Planet",
                await app.Outcome(app.Spec with
                {
                    AssertionId = $"_{certificate[^9..^5]}",
                    Encryption = new(certificate),
                }));
        }

        Assert.Equal(
            "server_error: Error in SAML response processing: SAML Assertion is not encrypted.",
            await app.Outcome(app.Spec));
    }

    [Fact]
    public async Task Another_pool_s_key_opens_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SamlApp.Create(world, SamlApp.Details("EncryptedResponses"));
        var other = await SamlApp.Create(world, SamlApp.Details("EncryptedResponses"));
        await Shown(app);

        // The same text as for a bad signature.
        Assert.Equal(Unsigned, await app.Outcome(app.Spec with { Encryption = new(await Shown(other)) }));
    }

    [Fact]
    public async Task Says_of_itself_what_it_signs_and_decrypts_with()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SamlApp.Create(world, SamlApp.Details("EncryptedResponses"));

        var metadata = await app.Metadata();

        var signing = await world.Must("GetSigningCertificate", new { UserPoolId = app.Pool.Id });
        Assert.Contains($">{(string)signing["Certificate"]!}<", metadata, StringComparison.Ordinal);
        Assert.Contains($">{await Shown(app)}<", metadata, StringComparison.Ordinal);
        Assert.Contains($"\"{SamlApp.Address}/saml2/idpresponse\"", metadata, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_app_why_an_answer_is_not_taken()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SamlApp.Create(world);
        var impostor = new SamlIdp(Key2());
        const string Processing = "server_error: Error in SAML response processing: ";

        Assert.Equal(NoAnswer, await app.Outcome("%"));
        Assert.Equal(NoAnswer, await app.Outcome(app.Spec with { RequestId = "_other" }));
        Assert.Equal(Unsigned, await app.Outcome(app.Spec with { SignsAssertion = false }));
        Assert.Equal(Unsigned, await app.Outcome(impostor.Post(app.Spec)));
        Assert.Equal(
            Processing + "Audience is not the user pool.",
            await app.Outcome(app.Spec with { Audience = "x" }));
        Assert.Equal(
            Processing + "Destination or Recipient is not this endpoint.",
            await app.Outcome(app.Spec with { Address = "https://x.example" }));
        Assert.Equal(
            Processing + "Issuer is not the identity provider.",
            await app.Outcome(app.Spec with { Issuer = "x" }));
        Assert.Equal(
            Processing + "SAML Assertion is not yet valid.",
            await app.Outcome(app.Spec with { Now = app.Spec.Now.AddMinutes(5) }));
        Assert.Equal(
            Processing + "NameID is required.", await app.Outcome(app.Spec with { NameId = "" }));
        Assert.Equal(
            Processing + "A value has characters that are not supported.",
            await app.Outcome(app.Spec with { NameId = "🪐" }));
        Assert.Equal(
            Processing + "Algorithm of signature or encryption is not supported.",
            await app.Outcome(app.Spec with
            {
                Signing = new() { Algorithm = "http://www.w3.org/2000/09/xmldsig#rsa-sha1" },
            }));
        Assert.Equal(
            Processing + "SAML response is too large.",
            await app.Outcome(app.Spec with { Attributes = [("x", [new string('x', 100_000)])] }));
        Assert.Equal(
            Processing + "SAML Assertion is encrypted.",
            await app.Outcome(app.Spec with { Encryption = new(app.Idp.Certificate) }));
        Assert.Equal(
            Processing + "Status is NoPassive.",
            await app.Outcome(app.Spec with { Status = "Responder", SecondStatus = "NoPassive" }));
        Assert.Equal(
            "access_denied: Error in SAML response processing: Status is AuthnFailed.",
            await app.Outcome(app.Spec with { Status = "Responder", SecondStatus = "AuthnFailed" }));
    }

    private const string NoAnswer =
        "invalid_request: Invalid samlResponse or relayState from identity provider";

    private const string Unsigned =
        "server_error: Error in SAML response processing: SAML Assertion signature is invalid.";

    private const string Replayed =
        "server_error: Error in SAML response processing: SAML Assertion has been used before.";

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static RSA Key2()
    {
        var random = new SeededRandom(7);
        random.RsaKey().Dispose();
        return random.RsaKey();
    }

    private static async Task<string> Shown(SamlApp app)
    {
        var details = (await app.Describe())["IdentityProvider"]!["ProviderDetails"]!;
        return (string)details["ActiveEncryptionCertificate"]!;
    }

    private static List<KeyValuePair<string, string>> Query(Uri address) =>
    [
        .. address.Query[1..].Split('&').Select(pair => pair.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[1]))),
    ];

    private static XElement Request(List<KeyValuePair<string, string>> query)
    {
        using var deflate = new DeflateStream(
            new MemoryStream(Convert.FromBase64String(query[0].Value)), CompressionMode.Decompress);
        return XElement.Load(deflate);
    }
}
