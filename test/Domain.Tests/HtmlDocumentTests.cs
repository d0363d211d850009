using Xunit;

namespace Lifeguard.Domain.Tests;

public sealed class HtmlDocumentTests
{
    [Theory]
    [InlineData("en", "<html lang=\"en\" dir=\"ltr\">")]
    [InlineData("de-AT", "<html lang=\"de-AT\" dir=\"ltr\">")]
    [InlineData("ar", "<html lang=\"ar\" dir=\"rtl\">")]
    [InlineData("FA-ir", "<html lang=\"FA-ir\" dir=\"rtl\">")]
    [InlineData("art", "<html lang=\"art\" dir=\"ltr\">")]
    [InlineData("\"><b>", "<html lang=\"&quot;&gt;&lt;b&gt;\" dir=\"ltr\">")]
    [InlineData(null, "<html>")]
    public void A_document_says_its_language_where_that_is_known(string? language, string element) =>
        Assert.Equal(
            element, HtmlDocument.Of("Title", "<p>Body</p>", language).Split('\n')[1].TrimEnd('\r'));

    [Theory]
    [InlineData("<html><body>Body</body></html>")]
    [InlineData("<BODY>Body</BODY>")]
    public void What_is_a_document_already_stays_as_it_is(string body) =>
        Assert.Equal(body, HtmlDocument.Of("Title", body, "en"));
}
