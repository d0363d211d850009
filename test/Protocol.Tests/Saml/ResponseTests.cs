using Lifeguard.Protocol.Saml;
using Lifeguard.Worlds.Saml;
using Xunit;
using static Lifeguard.Protocol.Tests.Saml.Providers;

namespace Lifeguard.Protocol.Tests.Saml;

/// <summary>What is believed of an answer, and which answers are not.</summary>
public sealed class ResponseTests
{
    [Fact]
    public void Says_who_has_signed_in()
    {
        var assertion = Verify(new()
        {
            Attributes = [("mail", ["ana@planets.example"]), ("groups", ["a b", "c"]), ("empty", [""])],
        });

        Assert.Equal("_assertion", assertion.Id);
        Assert.Equal("Ana.Planet", assertion.Subject.Value);
        Assert.Equal("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", assertion.Subject.Format);
        Assert.Equal("_session", assertion.SessionIndex);
        Assert.Equal(
            ["mail=ana@planets.example", "groups=a b|c", "empty="],
            assertion.Attributes.Select(one => $"{one.Name}={string.Join('|', one.Values)}"));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Takes_either_signature(bool assertion, bool response)
    {
        Assert.Null(FailureOf(new SamlSpec { SignsAssertion = assertion, SignsResponse = response }));
    }

    [Fact]
    public void Refuses_what_is_not_signed()
    {
        Assert.Equal(SamlFailure.NotSigned, FailureOf(new SamlSpec { SignsAssertion = false }));
    }

    [Fact]
    public void Each_signature_that_is_there_has_to_hold()
    {
        var outside = Idp.Response(new() { SignsResponse = true })
            .Replace("<samlp:Response ", "<samlp:Response Consent=\"x\" ", StringComparison.Ordinal);
        var inside = new SamlSpec
        {
            SignsResponse = true,
            Response = text => text.Replace("Ana.Planet", "Eve", StringComparison.Ordinal),
        };

        Assert.Equal(SamlFailure.Signature, FailureOf(outside));
        Assert.Equal(SamlFailure.Signature, FailureOf(inside));
    }

    [Fact]
    public void Refuses_another_s_key_and_takes_any_of_the_provider_s()
    {
        var forged = Impostor.Response(new());
        var both = Expected with { Certificates = [Idp.Certificate, Impostor.Certificate] };

        Assert.Equal(SamlFailure.Signature, FailureOf(forged));
        Assert.Null(FailureOf(forged, both));
    }

    [Fact]
    public void Refuses_another_issuer_in_either_place()
    {
        var other = new SamlSpec { Issuer = "https://other.example/entity" };
        var outside = Idp.Response(new()).Replace(
            $"<saml:Issuer xmlns:saml=\"{SamlText.Saml2}\">{Idp.EntityId}<",
            $"<saml:Issuer xmlns:saml=\"{SamlText.Saml2}\">https://other.example/entity<",
            StringComparison.Ordinal);
        var inside = new SamlSpec
        {
            Assertion = text => text.Replace(Idp.EntityId, "https://other.example", StringComparison.Ordinal),
        };

        Assert.Equal(SamlFailure.OtherIssuer, FailureOf(other));
        Assert.Equal(SamlFailure.OtherIssuer, FailureOf(outside));
        Assert.Equal(SamlFailure.OtherIssuer, FailureOf(inside));
    }

    [Theory]
    [InlineData("urn:amazon:cognito:sp:us-east-1_Planets01")]
    [InlineData("urn:amazon:cognito:sp:us-east-1_planets00")]
    [InlineData("")]
    public void Refuses_another_audience(string audience)
    {
        Assert.Equal(SamlFailure.OtherAudience, FailureOf(new SamlSpec { Audience = audience }));
    }

    [Fact]
    public void Every_restriction_of_the_audience_has_to_be_met_and_one_has_to_be_there()
    {
        const string Restriction = "<saml:AudienceRestriction><saml:Audience>urn:other</saml:Audience>{0}"
            + "</saml:AudienceRestriction>";
        var own = $"<saml:Audience>{SamlSpec.DefaultAudience}</saml:Audience>";

        Assert.Equal(SamlFailure.OtherAudience, FailureOf(WithCondition(Restriction.Replace("{0}", ""))));
        Assert.Null(FailureOf(WithCondition(Restriction.Replace("{0}", own))));
        Assert.Equal(SamlFailure.OtherAudience, FailureOf(new SamlSpec
        {
            Assertion = text => Without(text, "<saml:AudienceRestriction>", "</saml:AudienceRestriction>"),
        }));
        Assert.Equal(SamlFailure.Malformed, FailureOf(new SamlSpec
        {
            Assertion = text => Without(text, "<saml:Conditions ", "</saml:Conditions>"),
        }));
    }

    [Fact]
    public void A_condition_that_is_not_understood_is_not_met()
    {
        Assert.Null(FailureOf(WithCondition("<saml:OneTimeUse></saml:OneTimeUse>")));
        Assert.Equal(
            SamlFailure.Malformed, FailureOf(WithCondition("<saml:Condition></saml:Condition>")));
    }

    [Theory]
    [InlineData("https://planets.example/saml2/idpresponse/")]
    [InlineData("https://other.example/saml2/idpresponse")]
    [InlineData("http://planets.example/saml2/idpresponse")]
    public void Refuses_what_was_meant_for_another_address(string address)
    {
        Assert.Equal(SamlFailure.OtherDestination, FailureOf(new SamlSpec { Address = address }));
        Assert.Equal(SamlFailure.OtherDestination, FailureOf(new SamlSpec
        {
            Assertion = text => text.Replace(SamlSpec.DefaultAddress, address, StringComparison.Ordinal),
        }));
    }

    [Fact]
    public void A_recipient_is_required_and_a_destination_is_not()
    {
        var withoutRecipient = new SamlSpec
        {
            Assertion = text => text.Replace($" Recipient=\"{SamlSpec.DefaultAddress}\"", ""),
        };
        var withoutDestination = new SamlSpec
        {
            Response = text => text.Replace($" Destination=\"{SamlSpec.DefaultAddress}\"", ""),
        };

        Assert.Equal(SamlFailure.OtherDestination, FailureOf(withoutRecipient));
        Assert.Null(FailureOf(withoutDestination));
    }

    [Fact]
    public void Answers_the_request_that_was_made_and_no_other()
    {
        var unasked = Expected with { RequestId = null };

        Assert.Equal(SamlFailure.OtherRequest, FailureOf(new SamlSpec { RequestId = "_another" }));
        Assert.Equal(SamlFailure.OtherRequest, FailureOf(new SamlSpec { RequestId = null }));
        Assert.Equal(SamlFailure.OtherRequest, FailureOf(new SamlSpec(), unasked));
        Assert.Null(FailureOf(new SamlSpec { RequestId = null }, unasked));
    }

    [Fact]
    public void That_it_answers_the_request_has_to_be_signed()
    {
        var spec = new SamlSpec
        {
            Assertion = text => text.Replace(" InResponseTo=\"_request\"", "", StringComparison.Ordinal),
        };

        Assert.Equal(SamlFailure.OtherRequest, FailureOf(spec));
        Assert.Null(FailureOf(spec with { SignsResponse = true }));
    }

    [Fact]
    public void An_answer_to_a_request_does_not_become_one_that_nobody_asked_for()
    {
        // Only the assertion is signed, so the response can be rewritten.
        var stolen = Idp.Response(new()).Replace(
            " InResponseTo=\"_request\" IssueInstant=", " IssueInstant=",
            StringComparison.Ordinal);

        Assert.Null(FailureOf(stolen));
        Assert.Equal(SamlFailure.OtherRequest, FailureOf(stolen, Expected with { RequestId = null }));
    }

    [Theory]
    [InlineData("Responder", "AuthnFailed", "AuthnFailed")]
    [InlineData("Requester", null, "Requester")]
    [InlineData("Responder", "Made-Up", "Responder")]
    [InlineData("Made-Up", null, null)]
    public void Tells_why_the_provider_refuses_in_the_words_of_the_standard(
        string first, string? second, string? told)
    {
        var spec = new SamlSpec { Status = first, SecondStatus = second };

        var refusal = Assert.Throws<SamlException>(() => Verify(spec));

        Assert.Equal(SamlFailure.Status, refusal.Failure);
        Assert.Equal(told, refusal.Status);
    }

    [Theory]
    [InlineData(" Version=\"2.0\"", " Version=\"1.1\"")]
    [InlineData("samlp:Status>", "samlp:Stat>")]
    [InlineData("samlp:Response", "samlp:ArtifactResponse")]
    public void Refuses_what_is_not_built_as_an_answer(string part, string instead)
    {
        var text = Idp.Response(new()).Replace(part, instead, StringComparison.Ordinal);

        Assert.Equal(SamlFailure.Malformed, FailureOf(text));
    }

    [Fact]
    public void Refuses_an_assertion_that_nobody_signed_in_for()
    {
        Assert.Equal(SamlFailure.Malformed, FailureOf(new SamlSpec
        {
            Assertion = text => Without(text, "<saml:AuthnStatement ", "</saml:AuthnStatement>"),
        }));
    }

    [Fact]
    public void One_confirmation_that_holds_is_enough_and_only_bearers_are_known()
    {
        const string Other =
            "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">"
            + "<saml:SubjectConfirmationData NotOnOrAfter=\"2026-01-01T00:05:00Z\" Recipient=\"https://x\">"
            + "</saml:SubjectConfirmationData></saml:SubjectConfirmation>";
        var two = new SamlSpec
        {
            Assertion = text => text.Replace(
                "</saml:NameID>", "</saml:NameID>" + Other, StringComparison.Ordinal),
        };
        var holder = new SamlSpec
        {
            Assertion = text => text.Replace("cm:bearer", "cm:holder-of-key", StringComparison.Ordinal),
        };

        Assert.Null(FailureOf(two));
        Assert.Equal(SamlFailure.Malformed, FailureOf(holder));
    }

    [Fact]
    public void Prints_nothing_of_a_person()
    {
        var assertion = Verify(new());

        Assert.DoesNotContain("Ana", assertion.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Ana", assertion.Subject.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ana@", assertion.Attributes[0].ToString(), StringComparison.Ordinal);
    }

    private static SamlSpec WithCondition(string condition) => new()
    {
        Assertion = text => text.Replace(
            "</saml:Conditions>", condition + "</saml:Conditions>", StringComparison.Ordinal),
    };

    private static string Without(string text, string begin, string end)
    {
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var to = text.IndexOf(end, StringComparison.Ordinal) + end.Length;
        return text.Remove(from, to - from);
    }
}
