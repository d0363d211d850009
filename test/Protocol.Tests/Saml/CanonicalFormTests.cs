using System.Text;
using CsCheck;
using Lifeguard.Protocol.Saml.Xml;
using Xunit;

namespace Lifeguard.Protocol.Tests.Saml;

/// <summary>
/// The examples of Canonical XML 1.0 (REC-xml-c14n-20010315 §3) and Exclusive XML Canonicalization 1.0
/// (REC-xml-exc-c14n-20020718 §2), without what a document type would add to them.
/// </summary>
public sealed class CanonicalFormTests
{
    private static readonly CanonicalMethod Inclusive = new(false, []);
    private static readonly CanonicalMethod Exclusive = new(true, []);

    /// <summary>§3.2.</summary>
    [Fact]
    public void White_space_stays()
    {
        const string Document =
            """
            <doc>
               <clean>   </clean>
               <dirty>   A   B   </dirty>
               <mixed>
                  A
                  <clean>   </clean>
                  B
                  <dirty>   A   B   </dirty>
                  C
               </mixed>
            </doc>
            """;

        Assert.Equal(Document, Form(Document, Inclusive));
        Assert.Equal(Document, Form(Document, Exclusive));
    }

    /// <summary>§3.3. What the document type adds to e9 stands in the document.</summary>
    [Fact]
    public void Tags_are_written_in_one_way()
    {
        const string Document =
            """
            <doc>
               <e1   />
               <e2   ></e2>
               <e3   name = "elem3"   id="elem3"   />
               <e4   name="elem4"   id="elem4"   ></e4>
               <e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm"
                  xmlns:b="http://www.ietf.org"
                  xmlns:a="http://www.w3.org"
                  xmlns="http://example.org"/>
               <e6 xmlns="" xmlns:a="http://www.w3.org">
                  <e7 xmlns="http://www.ietf.org">
                     <e8 xmlns="" xmlns:a="http://www.w3.org">
                        <e9 xmlns="" xmlns:a="http://www.ietf.org" attr="default"/>
                     </e8>
                  </e7>
               </e6>
            </doc>
            """;
        const string Expected =
            """
            <doc>
               <e1></e1>
               <e2></e2>
               <e3 id="elem3" name="elem3"></e3>
               <e4 id="elem4" name="elem4"></e4>
               <e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org"~
             attr="I'm" attr2="all" b:attr="sorted" a:attr="out"></e5>
               <e6 xmlns:a="http://www.w3.org">
                  <e7 xmlns="http://www.ietf.org">
                     <e8 xmlns="">
                        <e9 xmlns:a="http://www.ietf.org" attr="default"></e9>
                     </e8>
                  </e7>
               </e6>
            </doc>
            """;

        Assert.Equal(Joined(Expected), Form(Document, Inclusive));
    }

    /// <summary>§3.4.</summary>
    [Fact]
    public void Characters_are_written_in_one_way()
    {
        const string Document =
            """
            <doc>
               <text>First line&#x0d;&#10;Second line</text>
               <value>&#x32;</value>
               <compute><![CDATA[value>"0" && value<"10" ?"valid":"error"]]></compute>
               <compute expr='value>"0" &amp;&amp; value&lt;"10" ?"valid":"error"'>valid</compute>
               <norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>
            </doc>
            """;
        const string Expected =
            """
            <doc>
               <text>First line&#xD;
            Second line</text>
               <value>2</value>
               <compute>value&gt;"0" &amp;&amp; value&lt;"10" ?"valid":"error"</compute>
               <compute expr="value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; ?&quot;valid&quot;~
            :&quot;error&quot;">valid</compute>
               <norm attr=" '    &#xD;&#xA;&#x9;   ' "></norm>
            </doc>
            """;

        Assert.Equal(Joined(Expected), Form(Document, Inclusive));
        Assert.Equal(Joined(Expected), Form(Document, Exclusive));
    }

    /// <summary>§3.1 and §3.6.</summary>
    [Fact]
    public void Comments_instructions_and_declarations_are_not_written()
    {
        const string Document =
            """
            <?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="doc.xsl"?>
            <doc>&#169;<!-- Comment 1 -->, <!-- Comment 2 -->world!<?pi?></doc>
            <!-- Comment 3 -->
            """;

        Assert.Equal("<doc>©, world!</doc>", Form(Document, Inclusive));
    }

    /// <summary>Exclusive §2.1: what is around adds to an inclusive form only.</summary>
    [Fact]
    public void An_exclusive_form_does_not_depend_on_what_is_around()
    {
        const string Document = """<n0:pdu xmlns:n0="http://a.example">"""
            + """<n1:elem1 xmlns:n1="http://b.example">x</n1:elem1></n0:pdu>""";
        var inner = TreeReader.Read(Document, 1_000).Elements.Single();

        Assert.Equal(
            """<n1:elem1 xmlns:n0="http://a.example" xmlns:n1="http://b.example">x</n1:elem1>""",
            Form(inner, Inclusive));
        Assert.Equal("""<n1:elem1 xmlns:n1="http://b.example">x</n1:elem1>""", Form(inner, Exclusive));
    }

    /// <summary>Exclusive §2.2; there the value of xml:space is one that XML does not know.</summary>
    [Theory]
    [InlineData(
        """<n0:local xmlns:n0="http://foobar.org" xmlns:n3="ftp://example.org">{0}</n0:local>""",
        """<n1:elem2 xmlns:n0="http://foobar.org" xmlns:n1="http://example.net" """
        + """xmlns:n3="ftp://example.org" xml:lang="en"><n3:stuff></n3:stuff></n1:elem2>""")]
    [InlineData(
        """<n2:pdu xmlns:n1="http://example.com" xmlns:n2="http://foo.example" xml:lang="fr" """
        + """xml:space="preserve">{0}</n2:pdu>""",
        """<n1:elem2 xmlns:n1="http://example.net" xmlns:n2="http://foo.example" xml:lang="en" """
        + """xml:space="preserve"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>""")]
    public void An_inclusive_form_does(string around, string inclusive)
    {
        const string Inner = """<n1:elem2 xmlns:n1="http://example.net" xml:lang="en">"""
            + """<n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2>""";
        var document = around.Replace("{0}", Inner, StringComparison.Ordinal);
        var inner = TreeReader.Read(document, 1_000).Elements.Single();

        Assert.Equal(inclusive, Form(inner, Inclusive));
        Assert.Equal(
            """<n1:elem2 xmlns:n1="http://example.net" xml:lang="en">"""
            + """<n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>""",
            Form(inner, Exclusive));
    }

    /// <summary>Exclusive §3: values such as <c>xs:string</c> use prefixes that no name does.</summary>
    [Fact]
    public void Prefixes_that_are_named_are_written_as_if_they_were_used()
    {
        const string Document =
            """<a xmlns="u:d" xmlns:xs="u:s" xmlns:y="u:y"><b:b xmlns:b="u:b"><c xmlns:xs="u:t"/></b:b>"""
            + "</a>";
        var inner = TreeReader.Read(Document, 1_000).Elements.Single();

        Assert.Equal(
            """<b:b xmlns:b="u:b" xmlns:xs="u:s"><c xmlns="u:d" xmlns:xs="u:t"></c></b:b>""",
            Form(inner, new(true, ["xs", "none"])));
        Assert.Equal(
            """<b:b xmlns="u:d" xmlns:b="u:b"><c></c></b:b>""", Form(inner, new(true, [""])));
    }

    [Fact]
    public void The_default_namespace_is_taken_back_where_it_ends()
    {
        const string Document = """<a xmlns="u:a"><b xmlns=""><c/></b><d:d xmlns:d="u:d"><e/></d:d></a>""";
        const string Expected =
            """<a xmlns="u:a"><b xmlns=""><c></c></b><d:d xmlns:d="u:d"><e></e></d:d></a>""";

        Assert.Equal(Expected, Form(Document, Exclusive));
        Assert.Equal(Expected, Form(Document, Inclusive));
    }

    [Fact]
    public void Attributes_are_in_the_order_of_code_points()
    {
        // In UTF-16 the first of these comes before the second.
        const string Document = "<a xmlns:x='u:😀' xmlns:y='u:ﬀ' x:a='' y:a='' b='' B=''/>";

        Assert.Equal(
            "<a xmlns:x=\"u:😀\" xmlns:y=\"u:ﬀ\" B=\"\" b=\"\" y:a=\"\" x:a=\"\"></a>",
            Form(Document, Exclusive));
    }

    [Fact]
    public void What_is_left_out_leaves_nothing()
    {
        var element = TreeReader.Read("<a>x<b>y</b>z<b/></a>", 1_000);

        Assert.Equal(
            "<a>xz<b></b></a>",
            Encoding.UTF8.GetString(CanonicalForm.Of(element, Exclusive, element.Elements.First())));
    }

    /// <summary>Text and values come out as they went in, however they are spelled.</summary>
    [Fact]
    public void A_canonical_form_has_itself_as_its_form_and_says_the_same()
    {
        var texts = Gen.String[Gen.Char["ab &<>\"'\t\n\rÄ€"], 0, 12];
        Gen.Select(texts, texts)
            .Sample((text, value) =>
            {
                var element = TreeReader.Read($"<a x=\"{Spelled(value)}\">{Spelled(text)}</a>", 10_000);
                var form = Form(element, Exclusive);
                var again = TreeReader.Read(form, 10_000);

                Assert.Equal(text, again.Text);
                Assert.Equal(value, again.Attribute("x"));
                Assert.Equal(form, Form(again, Inclusive));
            });
    }

    private static string Spelled(string text) =>
        string.Concat(text.Select(character => $"&#{(int)character};"));

    private static string Joined(string text) => text.Replace("~\n", "", StringComparison.Ordinal);

    private static string Form(string document, CanonicalMethod method) =>
        Form(TreeReader.Read(document, 10_000), method);

    private static string Form(TreeElement element, CanonicalMethod method) =>
        Encoding.UTF8.GetString(CanonicalForm.Of(element, method));
}
