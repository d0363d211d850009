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
    [InlineData("<table><tr><td>Your code</td><td>197344</td></tr><tr><th>For</th><td>Ana</td></tr></table>.",
        "Your code 197344\nFor Ana\n\n.")]
    [InlineData("<table><tr>\n <td><table><tr><td>a</td></tr></table></td>\n <td>b</td></tr></table>",
        "a\n\nb")]
    [InlineData("<h4>Title</h4>Text <hr>after", "Title\n\nText\n\nafter")]
    [InlineData("<h5>a</h5><h6>b</h6>c", "a\n\nb\n\nc")]
    [InlineData("<dl><dt>Code</dt><dd>746580</dd></dl>", "Code\n746580")]
    [InlineData("<header>a</header><section>b</section><article>c</article><footer>d</footer>",
        "a\nb\nc\nd")]
    [InlineData("<main>a</main><center>b</center><blockquote>c</blockquote>d", "a\nb\n\nc\n\nd")]
    [InlineData("Your code:<button>123456</button>now", "Your code: 123456 now")]
    [InlineData("a<pre>\n  b\r\n\n    c </pre> d", "a\n\n  b\n\n    c\n\nd")]
    [InlineData("<img src=\"l.png\" alt=\"The Club\">Hello<img alt=\"\">!", "The Club Hello!")]
    [InlineData("<a href=\"https://x.example/\"><img alt=\"Verify\"></a>", "Verify (https://x.example/)")]
    [InlineData("<a href=\"https://x.example/\">Verify </a>now", "Verify (https://x.example/) now")]
    [InlineData("a < b", "a < b")]
    [InlineData("<!-- hidden -->seen", "seen")]
    [InlineData("", "")]
    public void Reads_like_the_page(string html, string text) => Assert.Equal(text, HtmlText.Of(html));
}
