using Lifeguard.Contract;
using Lifeguard.Domain;
using Xunit;

namespace Lifeguard.Adapters.Tests;

public sealed class TextsFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Texts_are_read()
    {
        var file = Write("""{"*":{"de":{"SignUp":{"SmsMessage":"Hallo {####}"}}}}""");

        var text = TextsFile.Read(file)
            .Find("p", UserAttributes.Empty.With("locale", "de"), MessageSource.SignUp);

        Assert.Equal("Hallo {####}", text!.SmsMessage);
    }

    [Fact]
    public void A_file_that_holds_something_else_is_refused()
    {
        Assert.Throws<FormatException>(() => TextsFile.Read(Write("[1]")));
        Assert.Throws<FileNotFoundException>(() => TextsFile.Read(Path.Combine(folder, "nothing")));
        Assert.Throws<FormatException>(() => TextsFile.Read(Write(new string(' ', 5 * 1024 * 1024))));
    }

    private string Write(string text)
    {
        var file = Path.Combine(folder, "texts.json");
        File.WriteAllText(file, text);
        return file;
    }
}
