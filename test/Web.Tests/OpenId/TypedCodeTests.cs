using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lifeguard.Protocol.Totp;
using Lifeguard.Web.Login;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>People type codes in groups, as apps and messages show them.</summary>
public sealed partial class TypedCodeTests(CompatibleOpenId compatible)
    : IClassFixture<CompatibleOpenId>, IAsyncLifetime
{
    private const string Grouped = " 123 456 ";

    private readonly RunningServer server = compatible.App.Server;

    public async ValueTask InitializeAsync() =>
        await server.Send(HttpMethod.Put, "/_lifeguard/codes", """{"fixed":"123456"}""");

    [Theory]
    [InlineData("123456", "123456")]
    [InlineData("\t123 456 \n", "123456")]
    [InlineData("123-456", "123456")]
    [InlineData("12\u00a034\u200956", "123456")]
    [InlineData("12\u201134\u201356", "123456")]
    [InlineData("\u202a123\u200b456\u202c\ufeff", "123456")]
    [InlineData("abc.def", "abc.def")]
    [InlineData(" - ", "")]
    public void What_stands_between_the_digits_is_not_meant(string text, string code) =>
        Assert.Equal(code, Typed.Code(text));

    [Fact]
    public async Task A_new_account_is_confirmed()
    {
        var app = await OpenIdApp.Create(
            server, pool: new() { ["AutoVerifiedAttributes"] = new JsonArray("email") });
        using var person = app.NewPerson();
        var login = await person.Open(app.Request());
        var confirm = await person.Fill(
            await person.Open(login.Url.ToString().Replace("/login", "/signup")),
            ("username", "eva"), ("password", OpenIdApp.Password),
            ("requiredAttributes[email]", "eva@example.com"));

        Arrives(await person.Fill(confirm, ("code", Grouped)));
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced()
    {
        using var person = compatible.App.NewPerson();
        var login = await person.Open(compatible.App.Request());
        var forgot = await person.Open(login.Url.ToString().Replace("/login", "/forgotPassword"));
        var reset = await person.Fill(forgot, ("username", "ana"));

        Arrives(await person.Fill(reset, ("code", Grouped), ("password", OpenIdApp.Password)));
    }

    [Theory]
    [InlineData("SmsMfaConfiguration")]
    [InlineData("EmailMfaConfiguration")]
    public async Task A_message_is_the_second_factor(string factor)
    {
        var app = await Demanding(server, factor);
        using var person = app.NewPerson();

        Arrives(await person.Fill(await app.SignIn(person), ("code", Grouped)));
    }

    [Fact]
    public async Task A_message_is_the_first_factor()
    {
        var app = await OpenIdApp.Create(
            server,
            new() { ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH") },
            pool: new()
            {
                ["Policies"] = new JsonObject
                {
                    ["SignInPolicy"] = new JsonObject
                    {
                        ["AllowedFirstAuthFactors"] = new JsonArray("PASSWORD", "EMAIL_OTP"),
                    },
                },
            });
        using var person = app.NewPerson();
        var choice = await person.Fill(await person.Open(app.Request()), ("username", "ana"));
        var mailed = await person.Fill(choice, ("factor", "EMAIL_OTP"));

        Arrives(await person.Fill(mailed, ("code", Grouped)));
    }

    [Fact]
    public async Task An_authenticator_is_set_up_and_used()
    {
        var app = await Demanding(server, "SoftwareTokenMfaConfiguration");
        using var person = app.NewPerson();
        var setUp = await app.SignIn(person);
        var secret = Decoded(Secret().Match(setUp.Html).Groups[1].Value);
        var step = TotpCode.StepAt(DateTimeOffset.UtcNow);

        Arrives(await person.Fill(setUp, ("code", Shown(TotpCode.Of(secret, step)))));
        using var elsewhere = app.NewPerson();
        var asked = await app.SignIn(elsewhere);
        Arrives(await elsewhere.Fill(asked, ("code", Shown(TotpCode.Of(secret, step + 1)))));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Arrives(Seen seen) =>
        Assert.True(seen.Location is not null && seen.Answer.ContainsKey("code"), seen.Html);

    private static string Shown(string code) => $"{code[..3]} {code[3..]}";

    /// <summary>A pool in which everybody needs that second factor.</summary>
    internal static async Task<OpenIdApp> Demanding(RunningServer server, string factor)
    {
        var app = await OpenIdApp.Create(server);
        await DomainApp.Must(server, "SetUserPoolMfaConfig", new JsonObject
        {
            ["UserPoolId"] = app.PoolId,
            ["MfaConfiguration"] = "ON",
            [factor] = factor switch
            {
                "SmsMfaConfiguration" => JsonNode.Parse(
                    """
                    {"SmsConfiguration":
                     {"SnsCallerArn":"arn:aws:iam::000000000000:role/sms","ExternalId":"stars"} }
                    """),
                "EmailMfaConfiguration" => new JsonObject(),
                _ => new JsonObject { ["Enabled"] = true },
            },
        }.ToJsonString());
        return app;
    }

    /// <summary>Base32 (RFC 4648 §6).</summary>
    private static byte[] Decoded(string text)
    {
        var bits = string.Concat(text.Select(
            letter => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter).ToString("b5")));
        return [.. bits.Chunk(8).Where(octet => octet.Length == 8).Select(
            octet => Convert.ToByte(new string(octet), 2))];
    }

    [GeneratedRegex("secret=([A-Z2-7]+)")]
    private static partial Regex Secret();
}
