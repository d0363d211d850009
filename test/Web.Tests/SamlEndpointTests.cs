using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lifeguard.Clients;
using Lifeguard.Worlds.Saml;

namespace Lifeguard.Web.Tests;

/// <summary>From an app to a SAML provider and back, as browsers go the way; and out of both again.</summary>
public sealed partial class SamlEndpointTests(RunningServer server)
    : IClassFixture<RunningServer>, IDisposable
{
    private const string Lost =
        "error?error=invalid_request&error_description=Invalid+samlResponse+or+relayState+from+identity+"
        + "provider";

    private readonly RSA key = RSA.Create(2048);

    private SamlIdp Idp => field ??= new(key);

    [Fact]
    public async Task Who_signs_in_there_is_signed_in_here_once_for_each_answer()
    {
        using var browser = await Create();
        using var another = browser.Another();
        var form = Answer(browser, await browser.Begin());

        Assert.Equal($"302 {Page(browser, Lost)}", await Post(another, form));
        var back = await Post(browser, form);

        Assert.StartsWith($"302 {FederatedBrowser.Callback}?code=", back, StringComparison.Ordinal);
        Assert.EndsWith("&state=app-state", back, StringComparison.Ordinal);
        Assert.Equal($"302 {Page(browser, Lost)}", await Post(browser, form));
        var user = await User(browser, "Partner_Ana.Planet");
        Assert.Equal("ana@planets.example", user["email"]);
        Assert.Equal(
            "https://saml.example/entity", (string?)JsonNode.Parse(user["identities"])![0]!["issuer"]);
    }

    [Fact]
    public async Task What_is_wrong_with_a_profile_is_told_in_the_words_of_SAML()
    {
        using var browser = await Create(mapping: """{"email":"mail","name":"cn"}""");
        var longName = new string('x', 121);

        Assert.Equal(
            $"302 {FederatedBrowser.Callback}?error_description=Error+in+SAML+response+processing%3A+1+"
            + $"validation+error+detected%3A+Value+%27Partner_{longName}%27+at+%27userName%27+failed+to+"
            + "satisfy+constraint%3A+Member+must+have+length+less+than+or+equal+to+128&state=app-state"
            + "&error=server_error",
            await Post(
                browser, Answer(browser, await browser.Begin(), spec => spec with { NameId = longName })));
        var smile = await Post(browser, Answer(browser, await browser.Begin(), spec => spec with
        {
            AssertionId = "_second",
            Attributes = [("cn", ["\U0001F600"])],
        }));
        Assert.Equal(
            $"302 {FederatedBrowser.Callback}?error_description=Error+in+SAML+response+processing%3A+A+value+"
            + "has+characters+that+are+not+supported.&state=app-state&error=server_error",
            smile);
    }

    [Fact]
    public async Task A_provider_may_begin_where_that_is_set_and_for_an_app_s_own_addresses()
    {
        using var browser = await Create("IDPInit");
        using var closed = await Create();

        var back = await Post(browser, Unasked(browser, "_a"));

        Assert.StartsWith($"302 {FederatedBrowser.Callback}?code=", back, StringComparison.Ordinal);
        Assert.Equal($"302 {Page(browser, "error?error=redirect_mismatch&client_id=" + browser.ClientId)}",
            await Post(browser, Unasked(browser, "_b", "https://evil.example/cb")));
        Assert.Equal(
            $"302 {FederatedBrowser.Callback}?error_description=Invalid+samlResponse+or+relayState+from+"
            + "identity+provider&error=invalid_request",
            await Post(closed, Unasked(closed, "_c")));
        // What was said once is not believed again.
        var again = await Post(browser, Unasked(browser, "_a"));
        Assert.Contains("error=server_error", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_goes_by_way_of_the_provider()
    {
        using var browser = await Create("IDPSignout");
        await Post(browser, Answer(browser, await browser.Begin()));
        Assert.NotEmpty(browser.Cookies["cognito"]);

        var goodbye = Uri.EscapeDataString(FederatedBrowser.Goodbye);
        var left = await browser.Get($"logout?client_id={browser.ClientId}&logout_uri={goodbye}");
        var away = left.Headers.Location!;

        Assert.Equal("https://saml.example/logout", away.GetLeftPart(UriPartial.Path));
        Assert.Empty(browser.Cookies["cognito"]);
        var form = FederatedBrowser.Form(new Dictionary<string, string>
        {
            ["SAMLResponse"] = SamlText.Posted(Idp.LogoutResponse(Spec(browser, away) with
            {
                Address = $"{browser.App.ByPath}/saml2/logout",
                SignsResponse = true,
            })),
            ["RelayState"] = TestIdentityProvider.Query(away.Query)["RelayState"],
        });
        // The state of a sign-out is none of a sign-in.
        Assert.Equal($"302 {Page(browser, Lost)}", await Post(browser, form));
        Assert.Equal(
            $"302 {FederatedBrowser.Goodbye}",
            FederatedBrowser.Location(await browser.Post("saml2/logout", form)));
        Assert.Equal(
            $"302 {Page(browser, Lost)}",
            FederatedBrowser.Location(await browser.Post("saml2/logout", form)));
    }

    public void Dispose() => key.Dispose();

    private Task<FederatedBrowser> Create(string? on = null, string mapping = """{"email":"mail"}""")
    {
        var details = new Dictionary<string, string> { ["MetadataFile"] = Idp.Metadata() };
        if (on is not null) details[on] = "true";
        return FederatedBrowser.Create(server, "SAML", details, JsonNode.Parse(mapping)!.AsObject());
    }

    private string Answer(FederatedBrowser browser, Uri away, Func<SamlSpec, SamlSpec>? change = null)
    {
        var spec = Spec(browser, away);
        return FederatedBrowser.Form(new Dictionary<string, string>
        {
            ["SAMLResponse"] = Idp.Post(change is null ? spec : change(spec)),
            ["RelayState"] = TestIdentityProvider.Query(away.Query)["RelayState"],
        });
    }

    private string Unasked(
        FederatedBrowser browser, string id, string callback = FederatedBrowser.Callback) =>
        FederatedBrowser.Form(new Dictionary<string, string>
        {
            ["SAMLResponse"] = Idp.Post(Spec(browser, null) with { AssertionId = id }),
            ["RelayState"] = $"identity_provider=Partner&client_id={browser.ClientId}&response_type=code"
                + $"&redirect_uri={Uri.EscapeDataString(callback)}",
        });

    /// <param name="away">Where the browser was sent with a request; null where nobody asked.</param>
    private static SamlSpec Spec(FederatedBrowser browser, Uri? away) => new()
    {
        Now = DateTimeOffset.UtcNow,
        Audience = $"urn:amazon:cognito:sp:{browser.App.PoolId}",
        Address = $"{browser.App.ByPath}/saml2/idpresponse",
        RequestId = away is null ? null : RequestId(away),
    };

    private static string RequestId(Uri away)
    {
        var packed = Convert.FromBase64String(TestIdentityProvider.Query(away.Query)["SAMLRequest"]);
        using var inflated = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var reader = new StreamReader(inflated, Encoding.UTF8);
        return Id().Match(reader.ReadToEnd()).Groups[1].Value;
    }

    private static async Task<string> Post(FederatedBrowser browser, string form) =>
        FederatedBrowser.Location(await browser.Post("saml2/idpresponse", form));

    private static string Page(FederatedBrowser browser, string page) =>
        $"/_domain/{browser.App.Prefix}/{page}";

    private async Task<Dictionary<string, string>> User(FederatedBrowser browser, string name)
    {
        var user = await DomainApp.Must(
            server, "AdminGetUser", $$"""{"UserPoolId":"{{browser.App.PoolId}}","Username":"{{name}}"}""");
        return user["UserAttributes"]!.AsArray()
            .ToDictionary(one => (string)one!["Name"]!, one => (string)one!["Value"]!);
    }

    [GeneratedRegex(" ID=\"([^\"]+)\"")]
    private static partial Regex Id();
}
