using Lifeguard.Adapters;
using Lifeguard.Server.Settings;

namespace Lifeguard.Adapters.Tests;

public sealed class SettingsLoaderTests
{
    [Fact]
    public void Without_any_source_the_defaults_of_the_life_are_in_force()
    {
        var dev = SettingsLoader.Load(Life.Dev).Settings;
        var serve = SettingsLoader.Load(Life.Serve).Settings;

        Assert.Equal(new("http://127.0.0.1:9229"), dev.Listen);
        Assert.Equal("memory", dev.Database);
        Assert.Equal(new PasswordSettings(64, 1, 1), dev.Password);
        Assert.Empty(dev.Limits.RequestsPerSecond);
        Assert.Equal("sqlite:lifeguard.db", serve.Database);
        Assert.Equal(new PasswordSettings(19456, 2, 1), serve.Password);
        Assert.Equal(120, serve.Limits.RequestsPerSecond["UserAuthentication"]);
        Assert.Equal(2097152, serve.Limits.BodyBytes);
        Assert.Null(serve.Smtp);
        Assert.Null(serve.Issuer);
        Assert.Null(serve.TriggerWebhookSecret);
        Assert.Equal(new LogTarget.Nowhere(), dev.LogDefault);
        Assert.Equal(new LogTarget.StandardOutput(), serve.LogDefault);
        Assert.Null(serve.LogWebhookSecret);
        Assert.Equal((null, null), (dev.CompromisedPasswords, serve.CompromisedPasswords));
        Assert.Equal((null, null), (dev.LocationsFile, serve.LocationsFile));
        Assert.Equal((0, 0, 0), PerSecond(dev));
        Assert.Equal((10, 10, 5), PerSecond(serve));

        static (int, int, int) PerSecond(ServerSettings settings) =>
            (settings.Limits.ReadsPerUser, settings.Limits.WritesPerUser, settings.Limits.CallsPerPool);
    }

    [Fact]
    public void Every_default_fits_its_own_kind()
    {
        foreach (var setting in SettingCatalogue.All)
        {
            foreach (var text in new[] { setting.Default, setting.DevDefault ?? "" })
                Assert.True(text.Length == 0 || setting.Kind.Accepts(text), setting.Name);
        }
    }

    [Fact]
    public void Flags_win_over_the_environment_and_that_over_the_file()
    {
        var loaded = Load(
            """{ "Region": "eu-west-1", "AccountId": "111122223333", "Listen": "http://127.0.0.1:1" }""",
            new() { ["LIFEGUARD__Region"] = "eu-west-2", ["LIFEGUARD__Listen"] = "http://127.0.0.1:2" },
            new() { ["--listen"] = "http://127.0.0.1:3" });

        Assert.Equal("111122223333", loaded.Settings.AccountId);
        Assert.Equal("eu-west-2", loaded.Settings.Region);
        Assert.Equal(3, loaded.Settings.Listen.Port);
        Assert.Equal("lifeguard.json", Source(loaded, "AccountId"));
        Assert.Equal("environment LIFEGUARD__Region", Source(loaded, "Region"));
        Assert.Equal("--listen", Source(loaded, "Listen"));
        Assert.Equal("default", Source(loaded, "Database"));
    }

    [Fact]
    public void Reads_nested_objects_numbers_and_flags_with_comments()
    {
        var loaded = Load(
            """
            {
              "$schema": "./schema.json",
              // Behind the balancer.
              "BehindProxy": true,
              "Issuer": "https://cognito-idp.{region}.amazonaws.com/",
              "Email": {
                "Smtp": {
                  "Host": "mail.example", "Port": 2525, "Security": "tls", "LocalDomain": "a.example"
                }
              },
              "Triggers": {
                "Lambda": { "AccessKeyId": "AKID", "SecretAccessKey": "s" },
                "Map": { "arn:aws:lambda:eu-west-1:1:function:f": "https://hooks.example/f?t=1" },
              },
              "Logs": {
                "Default": "file:/var/log/pools.log",
                "Map": {
                  "arn:aws:logs:eu-west-1:000000000000:log-group:/pools/a": "stdout",
                  "/aws/cognito/userpools/*": "https://logs.example/in?key=1",
                  "quiet": "none",
                },
              },
              "Threats": { "CompromisedPasswords": "https://known.example/range", "LocationsFile": "p.csv" },
              "Limits": { "RequestsPerSecond": { "UserRead": 0, "userlist": 7 }, "CallsPerPool": 3 },
            }
            """);

        var settings = loaded.Settings;
        Assert.True(settings.BehindProxy);
        Assert.Equal("https://cognito-idp.us-east-1.amazonaws.com", settings.Issuer);
        Assert.Equal(2525, settings.Smtp!.Port);
        Assert.Equal(SmtpSecurity.Tls, settings.Smtp.Security);
        Assert.Equal("a.example", settings.Smtp.LocalDomain);
        Assert.Equal("AKID", settings.Lambda.Credentials!.AccessKeyId);
        Assert.Equal(
            new TriggerTarget.Webhook(new("https://hooks.example/f?t=1")),
            settings.TriggerMap["arn:aws:lambda:eu-west-1:1:function:f"]);
        Assert.False(settings.Limits.RequestsPerSecond.ContainsKey("UserRead"));
        Assert.Equal(7, settings.Limits.RequestsPerSecond["UserList"]);
        Assert.Equal(3, settings.Limits.CallsPerPool);
        Assert.Equal(new LogTarget.File("/var/log/pools.log"), settings.LogDefault);
        Assert.Equal(
            new PasswordSource.Endpoint(new("https://known.example/range")), settings.CompromisedPasswords);
        Assert.Equal("p.csv", settings.LocationsFile);
        Assert.Equal(
            new Dictionary<string, LogTarget>
            {
                ["arn:aws:logs:eu-west-1:000000000000:log-group:/pools/a"] = new LogTarget.StandardOutput(),
                ["/aws/cognito/userpools/*"] = new LogTarget.Endpoint(new("https://logs.example/in?key=1")),
                ["quiet"] = new LogTarget.Nowhere(),
            },
            settings.LogMap);
    }

    [Theory]
    [InlineData("""{"Emial":{"Smtp":{"Host":"x"}}}""", "Emial:Smtp:Host", "Email:Smtp:Host")]
    [InlineData("""{"Lsten":"http://127.0.0.1:1"}""", "Lsten", "Listen")]
    [InlineData("""{"Limits":{"RequestsPerSecond":{"UserLogin":1}}}""", "UserLogin", "PerSecond:User")]
    [InlineData("""{"Triggers":{"Map":"https://x.example"}}""", "Triggers:Map", "Triggers:Map")]
    public void An_unknown_setting_is_named_with_the_nearest_one(string json, string unknown, string nearest)
    {
        var refusal = Assert.Throws<SettingsException>(() => Load(json));

        Assert.Contains(unknown, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("nearest one is", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(nearest, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("lifeguard.json", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Listen":"127.0.0.1:9229"}""", "Listen")]
    [InlineData("""{"Listen":"http://127.0.0.1/path"}""", "Listen")]
    [InlineData("""{"Region":"Europe"}""", "Region")]
    [InlineData("""{"AccountId":"12"}""", "AccountId")]
    [InlineData("""{"BehindProxy":"yes"}""", "BehindProxy")]
    [InlineData("""{"Issuer":"https://{host}/"}""", "Issuer")]
    [InlineData("""{"Database":"lifeguard.db"}""", "Database")]
    [InlineData("""{"Database":""}""", "Database")]
    [InlineData("""{"Email":{"Smtp":{"Port":0}}}""", "Email:Smtp:Port")]
    [InlineData("""{"Email":{"Smtp":{"Port":25.5}}}""", "Email:Smtp:Port")]
    [InlineData("""{"Email":{"Smtp":{"Security":"Ssl"}}}""", "None or StartTls or Tls")]
    [InlineData("""{"Email":{"Smtp":{"LocalDomain":"a b"}}}""", "a host name in ASCII or an address")]
    [InlineData("""{"Email":{"Smtp":{"LocalDomain":"münchen.example"}}}""", "Email:Smtp:LocalDomain")]
    [InlineData("""{"Email":{"Smtp":{"From":"foo"}}}""", "Email:Smtp:From")]
    [InlineData("""{"Email":{"Smtp":{"From":"a@b, c@d"}}}""", "exactly one address, or Name <address>")]
    [InlineData("""{"Email":{"Ses":{"From":"The Club"}}}""", "Email:Ses:From")]
    [InlineData("""{"Password":{"Parallelism":2}}""", "Password:Parallelism")]
    [InlineData("""{"Threats":{"CompromisedPasswords":"/var/hashes"}}""", "file:PATH, or an http")]
    [InlineData("""{"Threats":{"CompromisedPasswords":"file:"}}""", "Threats:CompromisedPasswords")]
    [InlineData("""{"Triggers":{"Map":{"f":"command:"}}}""", "Triggers:Map:f (lifeguard.json)")]
    [InlineData("""{"Triggers":{"Map":{"f":"command:node 'f.js"}}}""", "Triggers:Map:f (lifeguard.json)")]
    [InlineData("""{"Triggers":{"Map":{"f":"lambda:localhost"}}}""", "Triggers:Map:f (lifeguard.json)")]
    [InlineData("""{"Triggers":{"Map":{"f":"lambda:http://a/b"}}}""", "Triggers:Map:f (lifeguard.json)")]
    [InlineData("""{"Triggers":{"Map":{"f":"./f.mjs#1x"}}}""", "Triggers:Map:f (lifeguard.json)")]
    [InlineData("""{"Triggers":{"Map":{"f":"lambda:f"}}}""", "Triggers:Map:f")]
    [InlineData("""{"Triggers":{"Map":{"f":""}}}""", "Triggers:Map:f")]
    [InlineData("""{"Sms":{"Webhook":{"Url":"https://user:pass@sms.example"}}}""", "Sms:Webhook:Url")]
    [InlineData("""{"Logs":{"Default":"syslog"}}""", "Logs:Default")]
    [InlineData("""{"Logs":{"Default":""}}""", "Logs:Default")]
    [InlineData("""{"Logs":{"Map":{"g":"file:"}}}""", "none, stdout, file:PATH")]
    [InlineData("""{"Logs":{"Map":{"g":"STDOUT"}}}""", "Logs:Map:g")]
    [InlineData("""{"Logs":{"Map":{"g":"https://user:pass@logs.example"}}}""", "Logs:Map:g")]
    [InlineData("""{"Limits":{"ReadsPerUser":-1}}""", "Limits:ReadsPerUser")]
    [InlineData("""{"Limits":{"HighestProvisioned":0}}""", "Limits:HighestProvisioned")]
    [InlineData("""{"Region":["eu-west-1"]}""", "Region")]
    [InlineData("""{"Region":null}""", "Region")]
    [InlineData("""{"Region":"eu-west-1","Region":"eu-west-2"}""", "Region is given twice")]
    [InlineData("""{"Tls":{"KeyFile":"k"},"Tls":{}}""", "Tls is given twice (lifeguard.json)")]
    [InlineData("""{"Sms":{"Sns":{"Region":"","Region":""}}}""", "Sms:Sns:Region is given twice")]
    [InlineData("""{"Sms":{"AllowedCountries":"DE, XX"}}""", "Sms:AllowedCountries")]
    [InlineData("""{"Sms":{"AllowedCountries":"Germany"}}""", "Sms:AllowedCountries")]
    [InlineData("""{"Region":"eu-west-1","region":"eu-west-2"}""", "Region is given twice")]
    [InlineData("""{"MasterKey":"AAAA"}""", "environment only")]
    [InlineData("""[]""", "object")]
    [InlineData("""{""", "line 1")]
    public void An_ill_typed_setting_is_named(string json, string named)
    {
        var refusal = Assert.Throws<SettingsException>(() => Load(json));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pass@", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_flag_or_variable_is_named()
    {
        Assert.Contains("--verbose", Assert.Throws<SettingsException>(
            () => Load("{}", flags: new() { ["--verbose"] = "1" })).Message, StringComparison.Ordinal);
        Assert.Contains("LIFEGUARD__Regoin", Assert.Throws<SettingsException>(
            () => Load("{}", new() { ["LIFEGUARD__Regoin"] = "x" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_of_others_are_passed_over() =>
        Assert.Equal(
            "us-east-1", Load("{}", new() { ["REGION"] = "x", ["LIFEGUARD_X"] = "y" }).Settings.Region);

    [Fact]
    public void No_secret_can_come_by_a_flag() =>
        Assert.DoesNotContain(SettingCatalogue.All, setting => setting.IsSecret && setting.Flag is not null);

    [Fact]
    public void The_table_shows_every_setting_and_no_secret()
    {
        var loaded = Load(
            """
            {
              "Database": "Host=db.example;Username=lifeguard;Password=hunter2;Pooling=true",
              "Email": { "Smtp": { "Password": "hunter2" } },
              "Sms": { "Webhook": { "Url": "https://sms.example/send?key=hunter2", "Secret": "hunter2" } },
              "Triggers": { "Map": { "f": "https://hooks.example/f?key=hunter2" } },
              "Federation": { "Instead": { "Google": "https://idp.example" } },
              "Logs": {
                "Default": "https://logs.example/in?key=hunter2",
                "Map": { "g": "https://logs.example/g?key=hunter2", "h": "file:/h.log" },
                "Webhook": { "Secret": "hunter2" }
              }
            }
            """,
            new() { ["LIFEGUARD__MasterKey"] = "hunter2" });

        var table = loaded.Table();

        Assert.DoesNotContain("hunter2", table, StringComparison.Ordinal);
        var printed = $"{loaded} {loaded.Settings} {loaded.Settings.Sms} {loaded.Settings.Lambda} "
            + loaded.Settings.LogDefault;
        Assert.DoesNotContain("hunter2", printed, StringComparison.Ordinal);
        Assert.Contains("Host=db.example;Username=lifeguard ", table, StringComparison.Ordinal);
        Assert.Contains("https://sms.example/send ", table, StringComparison.Ordinal);
        Assert.Contains("Triggers:Map:f", table, StringComparison.Ordinal);
        Assert.Contains("https://logs.example/g ", table, StringComparison.Ordinal);
        Assert.Contains("file:/h.log ", table, StringComparison.Ordinal);
        Assert.All(
            SettingCatalogue.All, setting => Assert.Contains(setting.Name, table, StringComparison.Ordinal));
    }

    private static string Source(LoadedSettings loaded, string name) =>
        loaded.Values.Single(value => value.Name == name).Source;

    private static LoadedSettings Load(
        string json,
        Dictionary<string, string>? environment = null,
        Dictionary<string, string>? flags = null) =>
        SettingsLoader.Load(
            Life.Dev,
            SettingsLayer.FromFile("lifeguard.json", json),
            SettingsLayer.FromEnvironment(environment ?? []),
            SettingsLayer.FromFlags(flags ?? []));
}
