namespace Lifeguard.Adapters.Tests;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("Your code is 123456", "Your code is 123456")]
    [InlineData("<p>One</p><p>Two</p>", "One\n\nTwo")]
    [InlineData("One<br>Two<br/><br/>Three", "One\nTwo\n\nThree")]
    [InlineData("<h1>Hi</h1><div>A &amp; B &lt;c&gt;</div><div>C</div>", "Hi\n\nA & B <c>\nC")]
    [InlineData("  a\n   <b>b</b>\t c ", "a b c")]
    [InlineData("<style>p{color:red}</style><script>alert('<p>')</script>x", "x")]
    [InlineData("<head><title>t</title></head><body>x</body>", "x")]
    [InlineData("<a href=\"https://x.example/?a=1&amp;b=2\">Verify</a> now",
        "Verify (https://x.example/?a=1&b=2) now")]
    [InlineData("<a href=\"https://x.example/\">https://x.example/</a>", "https://x.example/")]
    [InlineData("<a href=\"javascript:x\">x</a>", "x")]
    [InlineData("<ul><li>one</li><li>two</li></ul>", "one\ntwo")]
    [InlineData("a < b", "a < b")]
    [InlineData("<!-- hidden -->seen", "seen")]
    [InlineData("", "")]
    public void Reads_like_the_page(string html, string text) => Assert.Equal(text, HtmlText.Of(html));
}
