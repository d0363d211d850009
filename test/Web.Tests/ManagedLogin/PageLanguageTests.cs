using Lifeguard.Web.Pages.ManagedLogin;

namespace Lifeguard.Web.Tests.ManagedLogin;

public sealed class PageLanguageTests
{
    [Theory]
    [InlineData("ja", "de", "fr", "ja")]
    [InlineData(null, "de", "fr", "de")]
    [InlineData(null, null, "fr", "fr")]
    [InlineData(null, null, null, "en")]
    [InlineData("tlh", "xx", "fr", "fr")]
    [InlineData("", "", "", "en")]
    [InlineData("../de", null, null, "en")]
    public void The_address_comes_before_the_cookie_and_the_cookie_before_the_browser(
        string? parameter, string? cookie, string? accepted, string tag) =>
        Assert.Equal(tag, PageLanguage.Choose(parameter, cookie, accepted).Tag);

    [Theory]
    [InlineData("de-AT", "de")]
    [InlineData("DE_ch", "de")]
    [InlineData("pt", "pt-BR")]
    [InlineData("pt-PT", "pt-BR")]
    [InlineData("zh", "zh-CN")]
    [InlineData("zh-Hans-HK", "zh-CN")]
    [InlineData("zh-Hant", "zh-TW")]
    [InlineData("zh-HK", "zh-TW")]
    [InlineData("zh-tw", "zh-TW")]
    [InlineData("in", "id")]
    [InlineData("en-GB", "en")]
    public void The_nearest_language_is_taken(string wish, string tag) =>
        Assert.Equal(tag, PageLanguage.Find(wish)!.Tag);

    [Theory]
    [InlineData("tlh, nl;q=0.5, ko;q=0.9, *;q=0.1", "ko")]
    [InlineData("fr;q=0, it", "it")]
    [InlineData("es ; q = 0.4, it;q=0.5", "it")]
    [InlineData("*", "en")]
    [InlineData("de;q=high, fr;q=-1, it;q=NaN, ;;;,,,", "en")]
    [InlineData("de;level=1", "en")]
    public void The_browsers_wishes_have_weights(string accepted, string tag) =>
        Assert.Equal(tag, PageLanguage.Choose(null, null, accepted).Tag);

    [Fact]
    public void Wishes_without_end_are_not_read_to_the_end()
    {
        var wishes = string.Concat(Enumerable.Repeat("x,", 99)) + "de";
        Assert.Equal("en", PageLanguage.Choose(null, null, wishes).Tag);
        Assert.Null(PageLanguage.Find("de-" + new string('a', 100)));
    }

    [Fact]
    public void A_change_of_language_keeps_the_rest_of_the_query()
    {
        var frame = SampleFrame.Managed with
        {
            Base = "/_domain/acme",
            Query = "client_id=1&lang=de&language=x&state=%C3%A4&lang",
        };
        Assert.Equal(
            "/_domain/acme/login?client_id=1&language=x&state=%C3%A4&lang=pt-BR",
            frame.In(PageLanguage.Find("pt")!));
        Assert.Null((frame with { LanguagePath = null }).In(PageLanguage.English));
    }
}
