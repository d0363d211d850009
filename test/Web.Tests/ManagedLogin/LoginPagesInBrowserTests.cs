using Lifeguard.Clients;
using Lifeguard.Domain.Branding;
using Lifeguard.Web.Pages.ManagedLogin;

namespace Lifeguard.Web.Tests.ManagedLogin;

/// <summary>The pages in a real browser; what is expected stands in the script.</summary>
public sealed class LoginPagesInBrowserTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("login-pages-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Everybody_can_use_the_pages_and_passkeys_work_on_them()
    {
        var chromium = Part("LIFEGUARD_TEST_CHROMIUM");
        var script = Path.Combine(Part("LIFEGUARD_TEST_PARTS"), "login-pages.mjs");
        LoginPageFiles.Write(folder);

        var finished = await Finished.Run("node", [script, folder, chromium]);

        Assert.True(finished.ExitCode == 0, finished.Printed);
    }

    private static string Part(string variable)
    {
        var value = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(string.IsNullOrEmpty(value), $"{variable} is not set.");
        return value!;
    }
}

/// <summary>Every page as a file, as <c>PAGE.LOOK.LANGUAGE.html</c>.</summary>
internal static class LoginPageFiles
{
    public static void Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, PageFile.Folder.TrimStart('/')));
        foreach (var file in PageFile.All)
            File.WriteAllBytes(Path.Combine(folder, file.Path.TrimStart('/')), file.Bytes.ToArray());
        File.WriteAllText(Path.Combine(folder, "policy.txt"), PagePolicy.Of(SampleFrame.Nonce));
        Directory.CreateDirectory(Path.Combine(folder, PageAsset.Folder));
        foreach (var image in SampleThemes.Rich.Assets)
            File.WriteAllText(Path.Combine(folder, image.Path), SampleThemes.Drawing(image));
        foreach (var language in PageLanguage.All)
            Write(folder, "light", SampleFrame.Of(PageThemes.Default, language));
        Write(folder, "dark", SampleFrame.Of(PageThemes.Default with { ColorScheme = ColorScheme.Dark }));
        Write(folder, "dynamic", SampleFrame.Of(SampleThemes.Rich));
        Write(folder, "classic", SampleFrame.Classic);
    }

    private static void Write(string folder, string look, PageFrame frame)
    {
        foreach (var (name, draw) in SamplePages.Friendly.All)
        {
            var file = $"{name}.{look}.{frame.Texts.Language.Tag}.html";
            File.WriteAllText(Path.Combine(folder, file), draw(frame).ToString());
        }
    }
}
