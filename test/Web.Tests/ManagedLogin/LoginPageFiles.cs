using Lifeguard.Domain.Branding;
using Lifeguard.Web.Pages.ManagedLogin;

namespace Lifeguard.Web.Tests.ManagedLogin;

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
