using Lifeguard.Clients;

namespace Lifeguard.Web.Tests.ManagedLogin;

/// <summary>The pages in a real browser; what is expected stands in the scripts.</summary>
public sealed class LoginPagesInBrowserTests(LoginPagesInBrowserTests.Written pages)
    : IClassFixture<LoginPagesInBrowserTests.Written>
{
    [Theory]
    [InlineData("light.en", "dark.en")]
    [InlineData("dynamic.en", "classic.en")]
    [InlineData("light.de", "light.es", "light.fr")]
    [InlineData("light.id", "light.it", "light.nl")]
    [InlineData("light.pt-BR", "light.ja", "light.ko")]
    [InlineData("light.zh-CN", "light.zh-TW")]
    public Task Everybody_can_use_the_pages(params string[] kinds) => MustSucceed("login-pages.mjs", kinds);

    [Fact]
    public Task Phones_scan_the_code_and_passkeys_work() => MustSucceed("login-devices.mjs");

    private async Task MustSucceed(string script, params string[] arguments)
    {
        var chromium = Part("LIFEGUARD_TEST_CHROMIUM");
        var path = Path.Combine(Part("LIFEGUARD_TEST_PARTS"), script);
        var finished = await Finished.Run("node", [path, pages.Folder, chromium, .. arguments]);
        Assert.True(finished.ExitCode == 0, finished.Printed);
    }

    private static string Part(string variable)
    {
        var value = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(string.IsNullOrEmpty(value), $"{variable} is not set.");
        return value!;
    }

    /// <summary>All pages in a folder.</summary>
    public sealed class Written : IDisposable
    {
        public Written() => LoginPageFiles.Write(Folder);

        public string Folder { get; } = Directory.CreateTempSubdirectory("login-pages-").FullName;

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
