using Lifeguard.Protocol.Saml;
using Lifeguard.Worlds.Saml;
using Xunit;
using static Lifeguard.Protocol.Tests.Saml.Providers;

namespace Lifeguard.Protocol.Tests.Saml;

/// <summary>
/// Wrapping: something that the provider did sign is moved within the document, so that its signature is
/// found and holds, and something that it did not sign is believed. The first eight are those of Somorovsky
/// and others, "On Breaking SAML" (2012), under the names that testing tools give them.
/// </summary>
public sealed class WrappingTests
{
    private const string Object = "http://www.w3.org/2000/09/xmldsig#";

    private static readonly string SignedResponse =
        Idp.Response(new() { SignsAssertion = false, SignsResponse = true });

    private static readonly string SignedAssertion = Idp.Response(new());

    /// <summary>By name: the document that an attacker makes.</summary>
    public static readonly Dictionary<string, Func<string>> Attacks = new()
    {
        ["XSW1, the signed response in its signature"] = () => Forged(SignedResponse, "_response", "_evil")
            .Replace(Signature(SignedResponse), WithObject(Signature(SignedResponse), Bare(SignedResponse))),
        ["XSW2, the signed response before its signature"] = () =>
            Forged(SignedResponse, "_response", "_evil").Replace(
                Signature(SignedResponse), Bare(SignedResponse) + Signature(SignedResponse)),
        ["XSW3, a forged assertion before the signed one"] = () =>
            SignedAssertion.Replace(Assertion(), Evil("_evil") + Assertion()),
        ["XSW3, a forged assertion after the signed one"] = () =>
            SignedAssertion.Replace(Assertion(), Assertion() + Evil("_evil")),
        ["XSW4, the signed assertion in a forged one"] = () =>
            SignedAssertion.Replace(Assertion(), Around(Evil("_evil"), Assertion())),
        ["XSW5, the forged assertion has the signature, the signed one stands at the end"] = () =>
            SignedAssertion.Replace(
                Assertion(), WithSignature(Evil("_evil")) + Bare(Assertion())),
        ["XSW6, the signed assertion in the signature of the forged one"] = () =>
            SignedAssertion.Replace(
                Assertion(),
                WithSignature(Evil("_evil"), In(Signature(Assertion()), Bare(Assertion())))),
        ["XSW7, the forged assertion in extensions"] = () => SignedAssertion.Replace(
            "<samlp:Status>",
            $"<samlp:Extensions>{Evil("_assertion")}</samlp:Extensions><samlp:Status>"),
        ["XSW7, with an id of its own"] = () => SignedAssertion.Replace(
            "<samlp:Status>", $"<samlp:Extensions>{Evil("_evil")}</samlp:Extensions><samlp:Status>"),
        ["XSW8, the signed assertion in an object of the signature"] = () =>
            SignedAssertion.Replace(
                Assertion(),
                WithSignature(Evil("_evil"), WithObject(Signature(Assertion()), Bare(Assertion())))),
        ["the signed assertion as advice of a forged one"] = () => SignedAssertion.Replace(
            Assertion(),
            Around(Evil("_evil"), $"<saml:Advice>{Assertion()}</saml:Advice>")),
        ["the signed assertion in a value of a forged one"] = () => SignedAssertion.Replace(
            Assertion(), Evil("_evil").Replace("ana@planets.example", Assertion())),
        ["two of one id"] = () =>
            SignedAssertion.Replace(Assertion(), WithSignature(Evil("_assertion")) + Bare(Assertion())),
        ["the signature of the assertion in the response"] = () => SignedAssertion
            .Replace(Assertion(), Evil("_evil"))
            .Replace("<samlp:Status>", Signature(Assertion()) + "<samlp:Status>"),
        ["the signature and the signed assertion in extensions"] = () => SignedAssertion
            .Replace(Assertion(), Evil("_evil"))
            .Replace(
                "<samlp:Status>", $"<samlp:Extensions>{Assertion()}</samlp:Extensions><samlp:Status>"),
        ["a response in a response"] = () => SignedResponse.Replace(
            "<samlp:Status>", $"{Forged(SignedResponse, "_response", "_evil")}<samlp:Status>"),
        ["the id of a forged assertion in another attribute"] = () => SignedAssertion
            .Replace("<samlp:Status>", "<samlp:Status Id=\"_assertion\">"),
        ["no assertion where one is signed that stands outside"] = () =>
            $"<x>{SignedAssertion}</x>",
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_refused_before_anything_is_believed(string attack)
    {
        var document = Attacks[attack]();

        Assert.NotEqual(SignedAssertion, document);
        Assert.NotEqual(SignedResponse, document);
        Assert.NotNull(FailureOf(document));
    }

    [Fact]
    public void What_is_moved_here_is_taken_where_it_belongs()
    {
        Assert.Null(FailureOf(SignedResponse));
        Assert.Null(FailureOf(SignedAssertion));
        Assert.Null(FailureOf(SignedAssertion.Replace(
            Assertion(), WithSignature(Bare(Assertion()), Signature(Assertion())))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("#_response")]
    [InlineData("_assertion")]
    [InlineData("#xpointer(id('_assertion'))")]
    [InlineData("#xpointer(/)")]
    [InlineData("https://saml.example/assertion")]
    public void A_reference_names_the_element_in_which_it_stands_and_no_other(string uri)
    {
        Assert.Equal(
            SamlFailure.Signature, FailureOf(new SamlSpec { Signing = new() { Reference = uri } }));
    }

    [Fact]
    public void A_signature_signs_one_thing()
    {
        var signing = new SamlSigning
        {
            SignedInfo = text =>
            {
                var begin = text.IndexOf("<ds:Reference ", StringComparison.Ordinal);
                var end = text.IndexOf("</ds:SignedInfo>", StringComparison.Ordinal);
                return text.Insert(end, text[begin..end]);
            },
        };

        Assert.Equal(SamlFailure.Malformed, FailureOf(new SamlSpec { Signing = signing }));
    }

    [Fact]
    public void Two_signatures_in_one_element_are_refused()
    {
        var document = SignedAssertion.Replace(
            Signature(Assertion()), Signature(Assertion()) + Signature(Assertion()));

        Assert.Equal(SamlFailure.Malformed, FailureOf(document));
    }

    [Fact]
    public void Two_lists_of_what_is_signed_are_refused()
    {
        var signature = Signature(Assertion());
        var begin = signature.IndexOf("<ds:SignedInfo>", StringComparison.Ordinal);
        var end = signature.IndexOf("<ds:SignatureValue>", StringComparison.Ordinal);
        var document = SignedAssertion.Replace(signature, signature.Insert(begin, signature[begin..end]));

        Assert.Equal(SamlFailure.Malformed, FailureOf(document));
    }

    /// <summary>The response as the attacker wants it, with its old signature.</summary>
    private static string Forged(string response, string id, string other) => response
        .Replace($"ID=\"{id}\"", $"ID=\"{other}\"")
        .Replace("\"_assertion\"", "\"_evil-assertion\"")
        .Replace("Ana.Planet", "Eve");

    private static string Evil(string id) => Idp
        .Assertion(new() { SignsAssertion = false, NameId = "Eve", AssertionId = id });

    private static string Assertion() => Part(SignedAssertion, "<saml:Assertion ", "</saml:Assertion>");

    private static string Signature(string text) => Part(text, "<ds:Signature ", "</ds:Signature>");

    private static string Bare(string text) => text.Replace(Signature(text), "");

    private static string WithSignature(string assertion, string? signature = null) => assertion.Replace(
        "</saml:Issuer>", "</saml:Issuer>" + (signature ?? Signature(Assertion())));

    private static string Around(string assertion, string inside) =>
        assertion.Replace("</saml:Assertion>", inside + "</saml:Assertion>");

    private static string In(string signature, string inside) =>
        signature.Replace("</ds:Signature>", inside + "</ds:Signature>");

    private static string WithObject(string signature, string inside) =>
        In(signature, $"<ds:Object xmlns:ds=\"{Object}\">{inside}</ds:Object>");

    private static string Part(string text, string begin, string end)
    {
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        return text[from..(text.IndexOf(end, from, StringComparison.Ordinal) + end.Length)];
    }
}
