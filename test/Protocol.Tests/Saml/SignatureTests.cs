using System.Security.Cryptography;
using System.Text;
using Lifeguard.Protocol.Saml;
using Lifeguard.Worlds.Saml;
using Xunit;
using static Lifeguard.Protocol.Tests.Saml.Providers;

namespace Lifeguard.Protocol.Tests.Saml;

/// <summary>Which signatures hold.</summary>
public sealed class SignatureTests
{
    private const string More = "http://www.w3.org/2001/04/xmldsig-more#";
    private const string Xmlenc = "http://www.w3.org/2001/04/xmlenc#";
    private const string Inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    private const string Enveloped =
        "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform>";

    [Theory]
    [InlineData(More + "rsa-sha256", Xmlenc + "sha256", false)]
    [InlineData(More + "rsa-sha384", More + "sha384", false)]
    [InlineData(More + "rsa-sha512", Xmlenc + "sha512", false)]
    [InlineData(More + "ecdsa-sha256", Xmlenc + "sha256", true)]
    [InlineData(More + "ecdsa-sha384", Xmlenc + "sha256", true)]
    [InlineData(More + "ecdsa-sha512", Xmlenc + "sha512", true)]
    public void By_these_methods_a_signature_holds(string algorithm, string digest, bool isEc)
    {
        using AsymmetricAlgorithm key = isEc ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048);
        var idp = new SamlIdp(key);
        var signing = new SamlSigning { Algorithm = algorithm, Digest = digest };

        var assertion = SamlResponse.Verify(
            idp.Post(new() { Signing = signing }), Expected with { Certificates = [idp.Certificate] });

        Assert.Equal("Ana.Planet", assertion.Subject.Value);
    }

    [Theory]
    [InlineData("http://www.w3.org/2000/09/xmldsig#rsa-sha1", Xmlenc + "sha256")]
    [InlineData(More + "rsa-sha256", "http://www.w3.org/2000/09/xmldsig#sha1")]
    [InlineData("http://www.w3.org/2000/09/xmldsig#dsa-sha1", Xmlenc + "sha256")]
    [InlineData("http://www.w3.org/2000/09/xmldsig#hmac-sha1", Xmlenc + "sha256")]
    [InlineData(More + "hmac-sha256", Xmlenc + "sha256")]
    [InlineData(More + "rsa-md5", Xmlenc + "sha256")]
    [InlineData("", Xmlenc + "sha256")]
    public void SHA_1_and_shared_keys_are_refused(string algorithm, string digest)
    {
        var signing = new SamlSigning { Algorithm = algorithm, Digest = digest };

        Assert.Equal(SamlFailure.Algorithm, FailureOf(new SamlSpec { Signing = signing }));
    }

    [Fact]
    public void A_mac_made_with_the_public_key_is_no_signature()
    {
        var text = Idp.Response(new());
        var info = Part(text, "<ds:SignedInfo>", "</ds:SignedInfo>")
            .Replace(More + "rsa-sha256", More + "hmac-sha256", StringComparison.Ordinal);
        var mac = HMACSHA256.HashData(
            Convert.FromBase64String(Idp.Certificate), Encoding.UTF8.GetBytes(info));
        text = text
            .Replace(Part(text, "<ds:SignedInfo>", "</ds:SignedInfo>"), info, StringComparison.Ordinal)
            .Replace(
                Part(text, "<ds:SignatureValue>", "</ds:SignatureValue>"),
                $"<ds:SignatureValue>{Convert.ToBase64String(mac)}</ds:SignatureValue>",
                StringComparison.Ordinal);

        Assert.Equal(SamlFailure.Algorithm, FailureOf(text));
    }

    [Fact]
    public void A_key_of_another_kind_than_the_method_is_for_is_not_tried()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var expected = Expected with { Certificates = [SamlIdp.CertificateOf(ec)] };

        Assert.Equal(SamlFailure.Signature, FailureOf(new SamlSpec(), expected));
    }

    [Fact]
    public void A_key_that_is_too_short_is_not_tried()
    {
        using var small = RSA.Create(1024);
        var idp = new SamlIdp(small);

        Assert.Equal(
            SamlFailure.Signature,
            FailureOf(idp.Response(new()), Expected with { Certificates = [idp.Certificate] }));
    }

    [Fact]
    public void A_key_that_the_message_brings_is_not_looked_at()
    {
        var info = $"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{Impostor.Certificate}</ds:X509Certificate>"
            + "</ds:X509Data></ds:KeyInfo>";
        var value = OtherKey.ExportParameters(includePrivateParameters: false);
        var bare = $"<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>"
            + $"{Convert.ToBase64String(value.Modulus!)}</ds:Modulus><ds:Exponent>AQAB</ds:Exponent>"
            + "</ds:RSAKeyValue></ds:KeyValue></ds:KeyInfo>";

        foreach (var keyInfo in new[] { info, bare })
        {
            var signing = new SamlSigning { KeyInfo = keyInfo };
            Assert.Equal(
                SamlFailure.Signature, FailureOf(Impostor.Response(new() { Signing = signing })));
            Assert.Null(FailureOf(new SamlSpec { Signing = signing }));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform>")]
    [InlineData(Enveloped + "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\">"
        + "</ds:Transform>")]
    [InlineData(Enveloped + "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\">"
        + "<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform>")]
    [InlineData(Enveloped + "<ds:Transform Algorithm=\"http://www.w3.org/2002/06/xmldsig-filter2\">"
        + "</ds:Transform>")]
    [InlineData(Enveloped + "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#base64\">"
        + "</ds:Transform>")]
    [InlineData(Enveloped + Enveloped)]
    [InlineData(Enveloped + "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\">"
        + "</ds:Transform><ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\">"
        + "</ds:Transform>")]
    public void Nothing_is_transformed_but_by_taking_the_signature_out(string transforms)
    {
        var signing = new SamlSigning { Transforms = transforms };

        Assert.NotNull(FailureOf(new SamlSpec { Signing = signing }));
    }

    [Theory]
    [InlineData("<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#WithComments\">"
        + "</ds:Transform>")]
    [InlineData("<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"><ec:InclusiveNamespaces "
        + "xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"xs #default\">"
        + "</ec:InclusiveNamespaces></ds:Transform>")]
    public void Each_exclusive_form_is_known(string transform)
    {
        var signing = new SamlSigning { Transforms = Enveloped + transform };

        Assert.Null(FailureOf(new SamlSpec { Signing = signing }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<ds:Transform Algorithm=\"" + Inclusive + "\"></ds:Transform>")]
    public void So_is_the_inclusive_one_which_is_presumed(string transform)
    {
        // A response stands alone, so that in this form no namespace comes from outside.
        var spec = new SamlSpec
        {
            SignsAssertion = false,
            SignsResponse = true,
            Signing = new() { Transforms = Enveloped + transform },
        };

        Assert.Null(FailureOf(spec with
        {
            // As the inclusive form has it: declared once, not where it is used.
            Response = text => text
                .Replace($" xmlns:saml=\"{SamlText.Saml2}\"", "", StringComparison.Ordinal)
                .Replace("<samlp:Response ", $"<samlp:Response xmlns:saml=\"{SamlText.Saml2}\" "),
        }));
    }

    [Fact]
    public void Every_character_of_the_assertion_counts()
    {
        var text = Idp.Response(new());
        var assertion = Part(text, "<saml:Assertion ", "</saml:Assertion>");
        // The last letter of the signature itself has bits that say nothing.
        var value = Part(text, "<ds:SignatureValue>", "</ds:SignatureValue>");
        var from = text.IndexOf(assertion, StringComparison.Ordinal);
        var after = text.IndexOf(value, StringComparison.Ordinal);
        for (var i = from; i < from + assertion.Length; i++)
        {
            // A letter for a letter, so that the document stays one.
            if (!char.IsAsciiLetterOrDigit(text[i]) || (i > after && i < after + value.Length)) continue;
            var other = text[i] == 'x' ? 'y' : 'x';

            Assert.NotNull(FailureOf($"{text[..i]}{other}{text[(i + 1)..]}"));
        }
    }

    [Fact]
    public void Spellings_that_come_to_the_same_do_not_matter()
    {
        var text = Idp.Response(new())
            .Replace("></saml:SubjectConfirmationData>", "/>", StringComparison.Ordinal)
            .Replace("ID=\"_assertion\"", " ID = '&#x5f;assertion'", StringComparison.Ordinal)
            .Replace("Ana.Planet", "<![CDATA[Ana]]>.&#80;lanet", StringComparison.Ordinal)
            .Replace("<samlp:Status>", "\r\n  <samlp:Status >", StringComparison.Ordinal);

        Assert.Null(FailureOf("<?xml version='1.0' encoding=\"utf-8\"?><!-- x -->\n" + text + "\n"));
    }

    private static string Part(string text, string begin, string end)
    {
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        return text[from..(text.IndexOf(end, from, StringComparison.Ordinal) + end.Length)];
    }
}
