using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>Of each file that a setting names `lifeguard doctor` says what `lifeguard serve` would.</summary>
public sealed class NamedFileTests : IAsyncLifetime
{
    private const string Garbage = "garbage";
    private const string BrokenPem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

    private readonly Installation installation = Installation.OnFile(
        [new("Email:Smtp:Host", "localhost"), new("Email:Smtp:From", "a@example.com")]);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => installation.DisposeAsync();

    /// <param name="content">Null for a file that is not there.</param>
    [Theory]
    [InlineData("Messages:TextsFile", null, "Could not find")]
    [InlineData("Messages:TextsFile", "{", "It is no JSON")]
    [InlineData("Messages:TextsFile", """{"*":{"de":{"Nothing":{}}}}""", "there is no message Nothing")]
    [InlineData("Messages:TextsFile", """{"*":{"de":{"SignUp":{"SmsMessage":"Hi"}}}}""", "no place for")]
    [InlineData("Messages:TextsFile", """{"*":{"de":{"SignUp":{"SmsMessage":"\ud800"}}}}""", "surrogate")]
    [InlineData("Pages:TextsFile", null, "Could not find")]
    [InlineData("Pages:TextsFile", """{"en":{"nothing":"x"}}""", "en/nothing: there is no such text")]
    [InlineData("Threats:LocationsFile", null, "Could not find")]
    [InlineData("Threats:LocationsFile", Garbage, "Line 1 is not a range")]
    [InlineData("Email:Smtp:TrustedCertificateFile", null, "Could not find")]
    [InlineData("Email:Smtp:TrustedCertificateFile", Garbage, "holds no certificate in PEM")]
    [InlineData("Email:Smtp:TrustedCertificateFile", BrokenPem, "holds no sound certificate")]
    [InlineData("Kms:KeyFile", null, "Could not find")]
    public Task A_wrong_file_is_refused(string setting, string? content, string words) =>
        MustRefuse(setting, words, [new(setting, Named("given", content))]);

    [Fact]
    public async Task A_master_key_is_looked_at_also_where_the_database_is_in_memory()
    {
        await File.WriteAllTextAsync(
            installation.MasterKeyFile, Garbage, TestContext.Current.CancellationToken);

        await MustRefuse("MasterKeyFile", "must hold 32 bytes", [new("Database", "memory")]);
    }

    [Theory]
    [InlineData(null, "Could not find")]
    [InlineData(Garbage, "holds no certificate in PEM")]
    [InlineData(BrokenPem, "holds no sound certificate")]
    public Task A_wrong_certificate_is_refused(string? certificate, string words) => MustRefuse(
        "Tls:CertificateFile", words, Https(Named("c.pem", certificate), Named("k.pem", Pair().Key)));

    [Fact]
    public async Task A_key_that_is_not_the_certificates_is_refused()
    {
        const string words = "the private key of the first certificate in";
        using var rsa = RSA.Create(2048);
        var certificate = Named("c.pem", Pair().Certificate);
        // What the platform says of them differs: the second is of the right kind.
        foreach (var key in (string[])[Garbage, Pair().Key, rsa.ExportPkcs8PrivateKeyPem()])
            await MustRefuse("Tls:KeyFile", words, Https(certificate, Named("k.pem", key)));

        await MustRefuse("Tls:KeyFile", "Could not find", Https(certificate, Named("missing.pem", null)));
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.GroupWrite)]
    public Task A_key_that_everybody_can_open_is_refused(UnixFileMode open)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no such modes there.");
        var (certificate, key) = Pair();
        var file = Named("k.pem", key);
        Open(file, open);
        return MustRefuse(
            "Tls:KeyFile",
            "is open to other users of this machine",
            Https(Named("c.pem", certificate), file));
    }

    /// <summary>Such as ssl-cert; and a developer's own key is nobody's loss.</summary>
    [Fact]
    public async Task A_key_may_be_read_by_its_group_and_under_dev_by_everybody()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no such modes there.");
        var (certificate, key) = Pair();
        var file = Named("k.pem", key);
        var settings = Https(Named("c.pem", certificate), file);

        Open(file, UnixFileMode.GroupRead);
        Assert.Equal(0, (await installation.RunWith(settings, "doctor")).ExitCode);
        Open(file, UnixFileMode.OtherRead);
        Assert.Equal(1, (await installation.RunWith(settings, "doctor")).ExitCode);
        Assert.Equal(0, (await installation.RunWith(settings, "doctor", "--dev")).ExitCode);
    }

    [Fact]
    public async Task Sound_files_pass()
    {
        var (certificate, key) = Pair();
        KeyValuePair<string, string?>[] sound =
        [
            .. Https(Named("c.pem", certificate), Named("k.pem", key)),
            new("Email:Smtp:TrustedCertificateFile", Named("authority.pem", certificate)),
            new("Messages:TextsFile", Named("texts", "{}")),
            new("Pages:TextsFile", Named("pages", "{}")),
            new("Threats:LocationsFile", Named("places", "")),
            new("Threats:CompromisedPasswords", $"file:{installation.Folder}"),
            new("Logs:Default", $"file:{Path.Combine(installation.Folder, "new.log")}"),
            new("Logs:Map:group", $"file:{Named("old.log", "line")}"),
        ];

        var examined = await installation.RunWith(sound, "doctor");

        Assert.Equal(0, examined.ExitCode);
        Assert.DoesNotContain("refused", examined.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", examined.Printed, StringComparison.Ordinal);
        Assert.EndsWith("ok       The server can start.", examined.Printed.Trim(), StringComparison.Ordinal);
        // It would be the file of whoever examines, and perhaps not the server's.
        Assert.Empty(Directory.GetFiles(installation.Folder, "new.log*"));
    }

    [Theory]
    [InlineData("Threats:CompromisedPasswords", "Could not find")]
    [InlineData("Logs:Default", "there is no folder")]
    [InlineData("Logs:Map:group", "there is no folder")]
    public async Task What_the_server_can_do_without_for_a_while_is_warned_of(string setting, string words)
    {
        var examined = await installation.RunWith(
            [new(setting, $"file:{Path.Combine(installation.Folder, "missing", "file")}")], "doctor");

        Assert.Equal(0, examined.ExitCode);
        Assert.StartsWith($"warning  {setting}: ", examined.Printed, StringComparison.Ordinal);
        Assert.Contains(words, examined.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_dev_the_files_of_triggers_are_looked_at()
    {
        var examined = await installation.Run("doctor", "--dev", "--set", "Triggers:Map:f=./missing.mjs");

        Assert.Equal(
            (1, "refused  Triggers:Map:f: there is no file ./missing.mjs."),
            (examined.ExitCode, examined.Printed.Trim()));
    }

    private async Task MustRefuse(string setting, string words, KeyValuePair<string, string?>[] changed)
    {
        var examined = await installation.RunWith(changed, "doctor");
        var served = await installation.RunWith(changed, "serve");

        Assert.StartsWith($"refused  {setting}: ", examined.Printed, StringComparison.Ordinal);
        Assert.Contains(words, examined.Printed, StringComparison.Ordinal);
        var said = examined.Printed.Trim().Split('\n')
            .Where(line => line.StartsWith("refused", StringComparison.Ordinal));
        Assert.Equal($"lifeguard: {Assert.Single(said)["refused  ".Length..]}", served.Printed.Trim());
        Assert.Equal((1, 1), (examined.ExitCode, served.ExitCode));
    }

    private string Named(string name, string? content)
    {
        var file = Path.Combine(installation.Folder, name);
        if (content is not null) File.WriteAllText(file, content);
        // As a key has to be.
        if (content is not null && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private static void Open(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | mode);
    }

    private static KeyValuePair<string, string?>[] Https(string certificate, string key) =>
    [
        new("Listen", "https://127.0.0.1:0"),
        new("Tls:CertificateFile", certificate),
        new("Tls:KeyFile", key),
    ];

    /// <summary>A certificate that vouches for itself, and its key.</summary>
    private static (string Certificate, string Key) Pair()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
