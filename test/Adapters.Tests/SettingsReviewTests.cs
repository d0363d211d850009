using Lifeguard.Server.Settings;

namespace Lifeguard.Adapters.Tests;

public sealed class SettingsReviewTests
{
    private const string Sound =
        """
        "MasterKeyFile":"master.key","Email":{"Smtp":{"Host":"mail.example","From":"a@b.c"}}
        """;

    [Fact]
    public void Sound_settings_have_no_findings() => Assert.Empty(Review(Life.Serve, Sound));

    [Fact]
    public void Development_works_without_any_setting() =>
        Assert.Empty(SettingsReview.Of(SettingsLoader.Load(Life.Dev), KeyFileState.Missing));

    [Theory]
    [InlineData("http://0.0.0.0:9229")]
    [InlineData("http://192.168.1.5:9229")]
    [InlineData("https://example.com")]
    [InlineData("http://[::]:9229")]
    public void Development_refuses_to_listen_to_others(string listen) =>
        Assert.Contains(
            Review(Life.Dev, $"\"Listen\":\"{listen}\""), finding => IsRefusal(finding, "Listen"));

    [Theory]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://localhost:1")]
    [InlineData("http://[::1]:1")]
    public void Development_listens_on_loopback(string listen) =>
        Assert.Empty(Review(Life.Dev, $"\"Listen\":\"{listen}\""));

    [Theory]
    [InlineData("\"Listen\":\"http://0.0.0.0:80\"", true)]
    [InlineData("\"Listen\":\"http://0.0.0.0:80\",\"BehindProxy\":true", false)]
    [InlineData("\"Listen\":\"http://127.0.0.1:80\"", false)]
    [InlineData("""
        "Listen":"https://0.0.0.0","Tls":{"CertificateFile":"c","KeyFile":"k"}
        """, false)]
    public void Serving_refuses_plain_HTTP_to_others(string settings, bool isRefused) =>
        Assert.Equal(isRefused, Review(Life.Serve, $"{Sound},{settings}").Any(f => IsRefusal(f, "Listen")));

    [Theory]
    [InlineData("\"Listen\":\"https://127.0.0.1\"", "Tls:CertificateFile")]
    [InlineData("\"Tls\":{\"CertificateFile\":\"c\"}", "Tls:KeyFile")]
    [InlineData("\"Tls\":{\"KeyFile\":\"k\"}", "Tls:CertificateFile")]
    [InlineData("\"Sms\":{\"Webhook\":{\"Url\":\"https://s.example\"}}", "Sms:Webhook:Secret")]
    [InlineData("\"Triggers\":{\"Map\":{\"f\":\"https://s.example\"}}", "Triggers:Webhook:Secret")]
    [InlineData("\"Logs\":{\"Map\":{\"g\":\"https://s.example\"}}", "Logs:Webhook:Secret")]
    [InlineData("\"Logs\":{\"Default\":\"https://s.example\"}", "Logs:Webhook:Secret")]
    [InlineData("\"Triggers\":{\"Lambda\":{\"AccessKeyId\":\"a\"}}", "Triggers:Lambda:SecretAccessKey")]
    [InlineData("\"Triggers\":{\"Lambda\":{\"SecretAccessKey\":\"a\"}}", "Triggers:Lambda:AccessKeyId")]
    [InlineData("\"Triggers\":{\"Lambda\":{\"SessionToken\":\"a\"}}", "Triggers:Lambda:AccessKeyId")]
    public void Serving_refuses_half_of_what_belongs_together(string settings, string named) =>
        Assert.Contains(Review(Life.Serve, $"{Sound},{settings}"), finding => IsRefusal(finding, named));

    [Theory]
    [InlineData("command:node f.js", true)]
    [InlineData("./f.mjs", true)]
    [InlineData("app.handler", true)]
    [InlineData("lambda:https://l.example", false)]
    public void Serving_refuses_functions_on_its_own_machine(string target, bool isRefused)
    {
        var settings = $"\"Triggers\":{{\"Map\":{{\"f\":\"{target}\"}}}}";

        Assert.Equal(
            isRefused,
            Review(Life.Serve, $"{Sound},{settings}").Any(found => IsRefusal(found, "Triggers:Map:f")));
        Assert.Empty(Review(Life.Dev, settings));
    }

    [Fact]
    public void Serving_refuses_the_secret_of_development()
    {
        const string Secret = SettingCatalogue.DevSecret;
        var settings = $"\"Sms\":{{\"Webhook\":{{\"Url\":\"https://s.example\",\"Secret\":\"{Secret}\"}}}}";

        Assert.Contains(Review(Life.Serve, $"{Sound},{settings}"), f => IsRefusal(f, "Sms:Webhook:Secret"));
    }

    [Theory]
    [InlineData("""
        "Email":{"Smtp":{"Host":"m.example","From":"a@b.c"},"Ses":{"From":"a@b.c"}}
        """, "Email:Ses:From")]
    [InlineData("\"Email\":{\"Ses\":{\"Region\":\"eu-west-1\"}}", "Email:Ses:From")]
    [InlineData("\"Email\":{\"Ses\":{\"From\":\"a@b.c\",\"AccessKeyId\":\"k\"}}",
        "Email:Ses:SecretAccessKey")]
    [InlineData("\"Sms\":{\"Twilio\":{\"AccountSid\":\"AC1\"}}", "Sms:Twilio:AuthToken")]
    [InlineData("""
        "Sms":{"Webhook":{"Url":"https://s.example"},"Sns":{"Endpoint":"https://s.example"}}
        """, "Sms:Sns:AccessKeyId")]
    [InlineData("""
        "Sms":{"Sns":{"Endpoint":"https://s.example"},"Twilio":{"AccountSid":"AC1"}}
        """, "Sms:Twilio:AccountSid")]
    [InlineData("\"Kms\":{\"AccessKeyId\":\"k\"}", "Kms:SecretAccessKey")]
    public void One_transport_is_chosen_and_whole(string settings, string named) =>
        Assert.Contains(Review(Life.Dev, settings), finding => IsRefusal(finding, named));

    [Fact]
    public void A_mail_server_needs_a_sender() =>
        Assert.Contains(
            Review(Life.Serve, "\"MasterKeyFile\":\"k\",\"Email\":{\"Smtp\":{\"Host\":\"mail.example\"}}"),
            finding => IsRefusal(finding, "Email:Smtp:From"));

    [Theory]
    [InlineData(KeyFileState.Missing, true)]
    [InlineData(KeyFileState.OpenToOthers, true)]
    [InlineData(KeyFileState.Private, false)]
    public void Serving_refuses_a_key_file_that_is_missing_or_open(KeyFileState state, bool isRefused) =>
        Assert.Equal(isRefused, Review(Life.Serve, Sound, state).Any(f => IsRefusal(f, "MasterKeyFile")));

    [Fact]
    public void Serving_refuses_to_start_without_a_master_key() =>
        Assert.Contains(
            SettingsReview.Of(SettingsLoader.Load(Life.Serve), KeyFileState.Missing),
            finding => IsRefusal(finding, "MasterKeyFile"));

    [Fact]
    public void A_master_key_from_the_environment_needs_no_file_and_suffers_none()
    {
        var environment = SettingsLayer.FromEnvironment([new("LIFEGUARD__MasterKey", "k")]);
        var file = SettingsLayer.FromFile("f", """{"MasterKeyFile":"k"}""");

        var alone = SettingsReview.Of(SettingsLoader.Load(Life.Serve, environment), KeyFileState.Missing);
        var both = SettingsReview.Of(
            SettingsLoader.Load(Life.Serve, file, environment), KeyFileState.Private);

        Assert.DoesNotContain(alone, finding => IsRefusal(finding, "MasterKeyFile"));
        Assert.Contains(both, finding => IsRefusal(finding, "MasterKeyFile"));
    }

    [Theory]
    [InlineData("\"Database\":\"memory\"", "Database")]
    [InlineData("\"Password\":{\"MemoryKiB\":64}", "Password:MemoryKiB")]
    [InlineData("\"BehindProxy\":true", "PublicUrl")]
    [InlineData("\"Database\":\"Host=db.example\"", "PublicUrl")]
    [InlineData("\"Database\":\"Host=db.example\",\"BehindProxy\":true", "PublicUrl")]
    [InlineData("\"Sms\":{\"Webhook\":{\"Url\":\"https://s.example\",\"Secret\":\"short\"}}",
        "Sms:Webhook:Secret")]
    [InlineData("\"Sms\":{\"Webhook\":{\"Url\":\"http://s.example\",\"Secret\":\"0123456789abcdef\"}}",
        "Sms:Webhook:Url")]
    [InlineData("\"Sms\":{\"Sns\":{\"Endpoint\":\"http://s.example\"}}", "Sms:Sns:Endpoint")]
    [InlineData("\"Kms\":{\"Endpoint\":\"http://s.example\"}", "Kms:Endpoint")]
    [InlineData(
        "\"Federation\":{\"Instead\":{\"Google\":\"https://s.example\"}}", "Federation:Instead:Google")]
    [InlineData("\"Logs\":{\"Default\":\"http://s.example\",\"Webhook\":{\"Secret\":\"0123456789abcdef\"}}",
        "Logs:Default")]
    [InlineData("""
        "Logs":{"Map":{"g":"http://s.example"},"Webhook":{"Secret":"0123456789abcdef"}}
        """, "Logs:Map:g")]
    public void Serving_warns_of_what_is_unwise(string settings, string named)
    {
        var finding = Assert.Single(
            Review(Life.Serve, $"{Sound},{settings}"), found => found.Setting == named);

        Assert.Equal(FindingWeight.Warning, finding.Weight);
    }

    [Theory]
    [InlineData(Life.Serve, "\"Database\":\"Host=db.example\",\"PublicUrl\":\"https://id.example\"")]
    [InlineData(Life.Serve, "\"Database\":\"Host=db.example\",\"Issuer\":\"https://id.example\"")]
    [InlineData(Life.Serve, "\"Database\":\"sqlite:f\"")]
    [InlineData(Life.Dev, "\"Database\":\"Host=db.example\"")]
    public void Nodes_that_share_an_issuer_or_are_alone_need_no_address(Life life, string settings) =>
        Assert.Empty(Review(life, $"{Sound},{settings}"));

    [Fact]
    public void Mail_in_the_clear_is_warned_of_unless_it_stays_on_this_machine()
    {
        const string Remote =
            """
            "Email":{"Smtp":{"Host":"mail.example","From":"a@b.c","Security":"None"}}
            """;

        Assert.Equal("Email:Smtp:Security", Assert.Single(Review(Life.Dev, Remote)).Setting);
        Assert.Empty(Review(Life.Dev, Remote.Replace("mail.example", "::1", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("\"Email\":{\"Smtp\":{\"User\":\"u\",\"Password\":\"p\"}}", "Email:Smtp:Password")]
    [InlineData("\"Database\":\"Host=db.example;Password=p\"", "Database")]
    [InlineData("\"Database\":\"Host=db.example;pwd = p\"", "Database")]
    [InlineData("\"Sms\":{\"Webhook\":{\"Url\":\"https://s.example/?key=k\"}}", "Sms:Webhook:Url")]
    [InlineData("\"Sms\":{\"Webhook\":{\"Url\":\"https://s.example\"}}", null)]
    [InlineData("\"Sms\":{\"Webhook\":{\"Secret\":\"\"}}", null)]
    [InlineData("\"Database\":\"Host=db.example;Pooling=false\"", null)]
    [InlineData("\"Database\":\"sqlite:password\"", null)]
    public void Secrets_in_a_file_that_others_can_read_are_warned_of(string settings, string? named)
    {
        Assert.Equal(named is null ? [] : [named], Warned(isOpenToOthers: true));
        Assert.Empty(Warned(isOpenToOthers: false));

        // What is in force comes from elsewhere; the file tells its secret all the same.
        IEnumerable<string> Warned(bool isOpenToOthers) => SettingsReview.Of(
                SettingsLoader.Load(
                    Life.Serve,
                    SettingsLayer.FromFile("f", $"{{{settings}}}", isOpenToOthers),
                    SettingsLayer.FromEnvironment(
                    [
                        new("LIFEGUARD__Database", "memory"),
                        new("LIFEGUARD__Email__Smtp__Password", "q"),
                    ])),
                KeyFileState.Private)
            .Where(finding => finding.Message.StartsWith("f, where it stands,", StringComparison.Ordinal))
            .Select(finding => finding.Setting);
    }

    private static bool IsRefusal(Finding finding, string setting) =>
        finding.Weight is FindingWeight.Refusal && finding.Setting == setting;

    private static IReadOnlyList<Finding> Review(
        Life life, string settings, KeyFileState keyFile = KeyFileState.Private) => SettingsReview.Of(
            SettingsLoader.Load(life, SettingsLayer.FromFile("f", $"{{{settings}}}")), keyFile);
}
