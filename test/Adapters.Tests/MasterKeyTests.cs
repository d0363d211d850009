using System.Text;
using Lifeguard.Server.Settings;

namespace Lifeguard.Adapters.Tests;

public sealed class MasterKeyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lifeguard-").FullName;
    private readonly byte[] key = [.. Enumerable.Range(200, 32).Select(i => (byte)i)];

    private string KeyFile => Path.Combine(folder, "master.key");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_key_can_be_raw_or_base64()
    {
        Assert.Equal(key, MasterKey.Parse(key));
        Assert.Equal(key, MasterKey.Parse(Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2hvcnQ=")]
    [InlineData("a passphrase is no key, whatever its length may be.")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Anything_else_is_no_key(string text) =>
        Assert.Null(MasterKey.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_made_file_is_private_and_can_be_read()
    {
        MasterKey.Create(KeyFile, key);

        Assert.Equal(KeyFileState.Private, MasterKey.Look(KeyFile));
        Assert.Equal(key, MasterKey.Read(KeyFile));
        Assert.Throws<IOException>(() => MasterKey.Create(KeyFile, key));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_file_that_others_can_open_is_refused(UnixFileMode open)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        MasterKey.Create(KeyFile, key);
        SetMode(KeyFile, UnixFileMode.UserRead | open);

        Assert.Equal(KeyFileState.OpenToOthers, MasterKey.Look(KeyFile));
        Assert.Contains(
            "MasterKeyFile", Assert.Throws<SettingsException>(() => MasterKey.Read(KeyFile)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_or_broken_file_is_named()
    {
        Assert.Equal(KeyFileState.Missing, MasterKey.Look(KeyFile));
        Assert.Equal(KeyFileState.Missing, MasterKey.Look(null));
        Assert.Contains(
            KeyFile, Assert.Throws<SettingsException>(() => MasterKey.Read(KeyFile)).Message,
            StringComparison.Ordinal);
        MasterKey.Create(KeyFile, key);
        File.AppendAllText(KeyFile, "more");
        Assert.Contains(
            "32 bytes", Assert.Throws<SettingsException>(() => MasterKey.Read(KeyFile)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(48)]
    public void A_key_of_equal_bytes_is_refused(byte value)
    {
        MasterKey.Create(KeyFile, [.. Enumerable.Repeat(value, MasterKey.Size)]);
        const string words = "holds one byte 32 times";

        var refusal = Assert.Throws<SettingsException>(() => MasterKey.Read(KeyFile));
        Assert.StartsWith($"MasterKeyFile: {KeyFile} {words}", refusal.Message);
        var inEnvironment = SettingsLoader.Load(Life.Serve, SettingsLayer.FromEnvironment(
            [new("LIFEGUARD__MasterKey", File.ReadAllText(KeyFile))]));
        Assert.Contains(
            words, Assert.Throws<SettingsException>(() => MasterKey.Load(inEnvironment.Settings)).Message,
            StringComparison.Ordinal);
    }

    private static void SetMode(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, mode);
    }
}
