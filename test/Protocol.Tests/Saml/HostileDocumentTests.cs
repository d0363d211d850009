using System.Text;
using Lifeguard.Protocol.Saml;
using Lifeguard.Protocol.Saml.Xml;
using Lifeguard.Worlds.Saml;
using Xunit;
using static Lifeguard.Protocol.Tests.Saml.Providers;

namespace Lifeguard.Protocol.Tests.Saml;

/// <summary>Documents that are made to be read, not to be believed.</summary>
public sealed class HostileDocumentTests
{
    private static readonly string Good = Idp.Response(new());

    [Theory]
    [InlineData("<!DOCTYPE x>")]
    [InlineData("<!DOCTYPE x SYSTEM \"http://169.254.169.254/latest\">")]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;\">]>")]
    [InlineData("<!DOCTYPE x [<!ATTLIST Assertion ID ID #IMPLIED>]>")]
    [InlineData("<!DOCTYPE x [<!ENTITY % a SYSTEM \"http://saml.example/a.dtd\"> %a;]>")]
    public void A_document_type_is_refused_whatever_it_declares(string type)
    {
        Assert.Equal(SamlFailure.Malformed, FailureOf(type + Good));
        Assert.Equal(
            SamlFailure.Malformed, FailureOf(type + Good.Replace("Ana", "&a;", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("&a;")]
    [InlineData("&#0;")]
    [InlineData("&#xFFFF;")]
    [InlineData("\u0001")]
    public void What_XML_does_not_know_is_refused(string text)
    {
        Assert.Equal(
            SamlFailure.Malformed, FailureOf(Good.Replace("Ana", text, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("<a>")]
    [InlineData("<a/><b/>")]
    [InlineData("<a/>text")]
    [InlineData("<x:a/>")]
    [InlineData("<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>")]
    [InlineData("<Assertion xmlns='urn:oasis:names:tc:SAML:2.0:assertion'/>")]
    public void What_is_no_answer_is_refused(string document)
    {
        Assert.Equal(SamlFailure.Malformed, FailureOf(document));
    }

    [Theory]
    [InlineData("%%%")]
    [InlineData("PHg")]
    [InlineData("//79/A==")]
    [InlineData("gICA")]
    public void A_field_that_is_no_text_is_refused(string field)
    {
        Assert.Equal(
            SamlFailure.Malformed, FailureOf(() => SamlResponse.Verify(field, Expected)));
    }

    [Fact]
    public void A_mark_of_the_byte_order_and_white_space_in_the_field_do_no_harm()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Good)];
        var field = Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);

        Assert.Null(FailureOf(() => SamlResponse.Verify(field, Expected)));
    }

    [Fact]
    public void Text_in_another_encoding_is_refused()
    {
        var field = Convert.ToBase64String(Encoding.Unicode.GetBytes(Good));

        Assert.Equal(SamlFailure.Malformed, FailureOf(() => SamlResponse.Verify(field, Expected)));
    }

    [Fact]
    public void Depth_is_bounded()
    {
        Assert.Equal(SamlFailure.Malformed, FailureOf(Nested(10_000)));
        Assert.Throws<SamlException>(() => TreeReader.Read(Nested(41), 1_000));
        Assert.Equal(40, TreeReader.Read(Nested(40), 1_000).Whole().Count());
    }

    [Fact]
    public void Lengths_are_bounded()
    {
        var field = SamlText.Posted(Good) + new string(' ', SamlResponse.MaxLength);
        var document = Good + new string(' ', MessageForm.MaxCharacters);

        Assert.Equal(SamlFailure.TooLarge, FailureOf(() => SamlResponse.Verify(field, Expected)));
        Assert.Equal(SamlFailure.TooLarge, FailureOf(document));
        Assert.Equal(SamlFailure.TooLarge, FailureOf(OfLength(SamlResponse.MaxAssertion + 1)));
        Assert.Null(FailureOf(OfLength(SamlResponse.MaxAssertion)));
    }

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));

    /// <summary>A response with an assertion of this length, without its signature's.</summary>
    private static string OfLength(int length)
    {
        SamlSpec With(int more) => new()
        {
            SignsAssertion = false,
            SignsResponse = true,
            Attributes = [("mail", [new string('x', more)])],
        };
        return Idp.Response(With(length - Idp.Assertion(With(0)).Length));
    }
}
