namespace Lifeguard.Web.Tests.ManagedLogin;

public sealed class PreviewTests
{
    [Fact]
    public void Pages_are_written_where_somebody_wants_to_look_at_them()
    {
        var folder = Environment.GetEnvironmentVariable("LIFEGUARD_PREVIEW");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "LIFEGUARD_PREVIEW names no folder to write pages to.");
        LoginPageFiles.Write(folder!);
    }
}
