using System.Net;
using System.Net.Sockets;

namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>`lifeguard serve` does not start where it would be unsafe, and says what to do.</summary>
public sealed class RefusedStartTests : IAsyncLifetime
{
    private readonly Installation installation = Installation.OnFile();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => installation.DisposeAsync();

    [Fact]
    public Task Without_a_master_key_file() =>
        MustRefuse("MasterKeyFile: serve needs a master key.", [new("MasterKeyFile", null)]);

    [Fact]
    public Task With_a_master_key_file_that_is_not_there() => MustRefuse(
        "does not exist", [new("MasterKeyFile", Path.Combine(installation.Folder, "missing.key"))]);

    [Fact]
    public Task With_a_master_key_that_others_can_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no such modes there.");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                installation.MasterKeyFile,
                UnixFileMode.UserRead | UnixFileMode.UserWrite
                    | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        return MustRefuse("is open to other users of this machine; chmod 600 it", []);
    }

    [Fact]
    public Task With_a_master_key_file_that_holds_no_key()
    {
        File.WriteAllText(installation.MasterKeyFile, "password");
        return MustRefuse("must hold 32 bytes, raw or in base64.", []);
    }

    /// <summary>Before the first access key is made, which nobody would see again.</summary>
    [Fact]
    public async Task With_a_key_of_custom_senders_that_is_not_there()
    {
        KeyValuePair<string, string?>[] changed =
            [new("Kms:KeyFile", Path.Combine(installation.Folder, "missing.key"))];

        await MustRefuse("Kms:KeyFile: ", changed);

        var examined = await installation.RunWith(changed, "doctor");
        Assert.Contains("Kms:KeyFile: ", examined.Printed, StringComparison.Ordinal);
        var keys = await installation.Run("access-key", "list");
        Assert.DoesNotContain("administrator", keys.Printed, StringComparison.Ordinal);
    }

    /// <summary>Before the first access key is made, too.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Where_others_listen(string host)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var refused = await installation.RunWith([new("Listen", $"http://{host}:{port}")], "serve");

        Assert.Equal(
            (1, $"lifeguard: 127.0.0.1 port {port} is in use already."),
            (refused.ExitCode, refused.Printed.Trim()));
        var keys = await installation.Run("access-key", "list");
        Assert.DoesNotContain("administrator", keys.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public Task On_every_address_without_TLS_or_a_proxy() => MustRefuse(
        "Listen: Plain HTTP on a public address would carry passwords in the clear.",
        [new("Listen", "http://0.0.0.0:0")]);

    [Fact]
    public Task With_a_setting_that_does_not_exist() => MustRefuse(
        "Unknown setting Email:Smtp:Hostt (environment LIFEGUARD__Email__Smtp__Hostt)."
        + " The nearest one is Email:Smtp:Host.",
        [new("Email:Smtp:Hostt", "mail.example.com")]);

    [Fact]
    public Task With_a_setting_of_the_wrong_type() =>
        MustRefuse("Email:Smtp:Port", [new("Email:Smtp:Port", "many")]);

    [Theory]
    [InlineData("serve")]
    [InlineData("doctor")]
    [InlineData("access-key list")]
    public async Task With_a_mistake_in_the_connection_string(string command)
    {
        var refused = await installation.Run(
            [.. command.Split(' '), "--database", "Host=127.0.0.1;Port=abc;Password=hunter2"]);

        Assert.Equal(
            (1, "lifeguard: Database (--database) must be memory, sqlite:FILE or an Npgsql connection string:"
                + " Npgsql does not take the value of port."),
            (refused.ExitCode, refused.Printed.Trim()));
    }

    [Fact]
    public Task With_the_secret_of_development() => MustRefuse(
        "Sms:Webhook:Secret",
        [
            new("Sms:Webhook:Url", "https://sms.example.com/"),
            new("Sms:Webhook:Secret", "insecure-development-secret"),
        ]);

    [Theory]
    [InlineData("command:node f.mjs")]
    [InlineData("./f.mjs")]
    public Task With_a_trigger_on_its_own_machine(string target) => MustRefuse(
        "Triggers:Map:f: Programs and files run under dev only", [new("Triggers:Map:f", target)]);

    [Theory]
    [InlineData("./missing.mjs", "Triggers:Map:f: there is no file ./missing.mjs.")]
    [InlineData("missing.handler", "Triggers:Map:f: there is no file missing.mjs, .cjs, .js or .py.")]
    [InlineData("webhook", "Triggers:Map:f (--set) must be an http or https address of a webhook")]
    public async Task Development_does_not_start_with_a_trigger_that_is_not_there(string target, string words)
    {
        var finished = await installation.Run("dev", "--set", $"Triggers:Map:f={target}");

        Assert.Equal(1, finished.ExitCode);
        Assert.Contains(words, finished.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Development_does_not_listen_for_others()
    {
        var finished = await installation.Run("dev", "--listen", "http://0.0.0.0:0");

        Assert.Equal(1, finished.ExitCode);
        Assert.Contains("listens on loopback addresses only", finished.Printed, StringComparison.Ordinal);
    }

    private async Task MustRefuse(string words, KeyValuePair<string, string?>[] changed)
    {
        var finished = await installation.RunWith(changed, "serve");

        Assert.Equal(1, finished.ExitCode);
        Assert.Contains(words, finished.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", finished.Printed, StringComparison.Ordinal);
    }
}
