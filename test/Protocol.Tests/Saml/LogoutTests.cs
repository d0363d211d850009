using System.Text;
using Lifeguard.Protocol.Saml;
using Lifeguard.Worlds.Saml;
using Xunit;
using static Lifeguard.Protocol.Tests.Saml.Providers;

namespace Lifeguard.Protocol.Tests.Saml;

/// <summary>Answers to the request to sign somebody out, by either binding.</summary>
public sealed class LogoutTests
{
    private static readonly SamlSpec Signed = new() { SignsResponse = true };

    private static readonly string Document = Idp.LogoutResponse(new());

    [Theory]
    [InlineData("Success", null, true)]
    [InlineData("Success", "PartialLogout", false)]
    [InlineData("Responder", null, false)]
    [InlineData("Made-Up", null, false)]
    public void Says_whether_it_is_done(string status, string? second, bool isDone)
    {
        var spec = Signed with { Status = status, SecondStatus = second };

        Assert.Equal(isDone, Post(Idp.LogoutResponse(spec)));
        Assert.Equal(isDone, Redirect(Idp.Redirected(Idp.LogoutResponse(spec), "state")));
        Assert.Equal(isDone, Redirect(Idp.Redirected(Idp.LogoutResponse(spec), null)));
    }

    [Fact]
    public void Has_to_be_signed_and_by_the_provider()
    {
        Assert.Equal(SamlFailure.NotSigned, FailureOf(() => Post(Document)));
        Assert.Equal(SamlFailure.Signature, FailureOf(() => Post(Impostor.LogoutResponse(Signed))));
        Assert.Equal(
            SamlFailure.Signature, FailureOf(() => Redirect(Impostor.Redirected(Document, "state"))));
        var query = Idp.Redirected(Document, "state");
        var end = query.IndexOf("&Signature=", StringComparison.Ordinal);
        Assert.Equal(SamlFailure.NotSigned, FailureOf(() => Redirect(query[..end])));
    }

    [Fact]
    public void A_signature_in_the_document_does_not_stand_for_the_one_of_the_query()
    {
        var query = Impostor.Redirected(Idp.LogoutResponse(Signed), "state");

        Assert.Equal(SamlFailure.Signature, FailureOf(() => Redirect(query)));
    }

    [Fact]
    public void Every_part_of_the_query_is_signed()
    {
        var query = Idp.Redirected(Document, "state");
        var other = Idp.Redirected(Idp.LogoutResponse(new() { ResponseId = "_other" }), "state");
        var parts = query.Split('&');

        Assert.Equal(SamlFailure.Signature, FailureOf(() => Redirect(query.Replace("state", "other"))));
        Assert.Equal(
            SamlFailure.Signature, FailureOf(() => Redirect(query.Replace("&RelayState=state", ""))));
        Assert.Equal(
            SamlFailure.Signature, FailureOf(() => Redirect(query.Replace("rsa-sha256", "rsa-sha512"))));
        Assert.Equal(
            SamlFailure.Algorithm, FailureOf(() => Redirect(query.Replace("rsa-sha256", "rsa-sha1"))));
        Assert.Equal(
            SamlFailure.Signature,
            FailureOf(() => Redirect(string.Join('&', [other.Split('&')[0], .. parts[1..]]))));
        // In another order it is still the same.
        Assert.True(Redirect(string.Join('&', parts.Reverse())));
    }

    [Theory]
    [InlineData("&SAMLResponse=AAAA")]
    [InlineData("&RelayState=other")]
    [InlineData("&SigAlg=")]
    [InlineData("&SAMLEncoding=urn:other")]
    [InlineData("&x")]
    public void A_parameter_that_stands_twice_or_is_none_is_refused(string more)
    {
        Assert.Equal(
            SamlFailure.Malformed, FailureOf(() => Redirect(Idp.Redirected(Document, "state") + more)));
    }

    [Fact]
    public void What_would_unpack_to_more_than_a_document_is_not_unpacked()
    {
        var bomb = Idp.Redirected(new string(' ', 10_000_000) + Document, "state");

        Assert.True(bomb.Length < RedirectBinding.MaxQuery);
        Assert.Equal(SamlFailure.TooLarge, FailureOf(() => Redirect(bomb)));
        Assert.Equal(
            SamlFailure.TooLarge, FailureOf(() => Redirect(new string('x', RedirectBinding.MaxQuery + 1))));
    }

    [Fact]
    public void What_was_never_packed_is_refused()
    {
        Assert.Equal(SamlFailure.Malformed, FailureOf(() => Redirect(Unpackable())));
    }

    [Fact]
    public void Is_the_provider_s_answer_to_this_request_here_and_now()
    {
        Assert.Equal(SamlFailure.OtherRequest, Refusal(Signed with { RequestId = "_other" }));
        Assert.Equal(SamlFailure.OtherRequest, Refusal(Signed with { RequestId = null }));
        Assert.Equal(SamlFailure.OtherDestination, Refusal(Signed with { Address = "https://x.example" }));
        Assert.Equal(SamlFailure.OtherIssuer, Refusal(Signed with { Issuer = "https://other.example" }));
        Assert.Equal(SamlFailure.NotYetValid, Refusal(Signed with { Now = Now.AddMinutes(3) }));
        Assert.Equal(SamlFailure.Expired, Refusal(Signed with { Now = Now.AddHours(-2) }));
        Assert.Equal(SamlFailure.OtherIssuer, Refusal(Signed with
        {
            SignsResponse = false,
            Response = text => text.Replace("saml:Issuer", "saml:Other", StringComparison.Ordinal),
        }, isRedirected: true));
    }

    [Fact]
    public void An_answer_to_a_sign_in_is_none_to_a_sign_out()
    {
        Assert.Equal(SamlFailure.Malformed, FailureOf(() => Post(Idp.Response(Signed))));
        Assert.Equal(SamlFailure.Malformed, FailureOf(Idp.LogoutResponse(Signed)));
    }

    private static SamlFailure? Refusal(SamlSpec spec, bool isRedirected = false) => FailureOf(() =>
    {
        var document = Idp.LogoutResponse(spec);
        if (isRedirected) Redirect(Idp.Redirected(document, null));
        else Post(document);
    });

    private static bool Post(string document) => SamlLogout.Posted(SamlText.Posted(document), Expected);

    private static bool Redirect(string query) => SamlLogout.Redirected(query, Expected);

    /// <summary>Signed, but not deflated.</summary>
    private static string Unpackable()
    {
        const string Algorithm = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
        var query = $"SAMLResponse={Uri.EscapeDataString(SamlText.Posted("ÿÿÿÿ"))}"
            + $"&SigAlg={Uri.EscapeDataString(Algorithm)}";
        var signature = SamlText.Sign(Algorithm, Key, Encoding.ASCII.GetBytes(query));
        return $"{query}&Signature={Uri.EscapeDataString(Convert.ToBase64String(signature))}";
    }
}
