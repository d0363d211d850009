using Lifeguard.Protocol.Saml;
using Lifeguard.Worlds.Saml;
using Xunit;
using static Lifeguard.Protocol.Tests.Saml.Providers;

namespace Lifeguard.Protocol.Tests.Saml;

/// <summary>Whom an answer is about, letter for letter, and the values it brings.</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("ANA.planet")]
    [InlineData("Ana & <Planet>")]
    [InlineData(" Ana ")]
    [InlineData("Änä")]
    public void A_name_is_taken_letter_for_letter(string name)
    {
        Assert.Equal(name, Verify(new() { NameId = name }).Subject.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_name_is_required(string name)
    {
        Assert.Equal(SamlFailure.NoName, FailureOf(new SamlSpec { NameId = name }));
    }

    [Fact]
    public void A_subject_without_name_is_about_nobody()
    {
        var format = new SamlSpec().NameFormat;
        var spec = new SamlSpec
        {
            Assertion = text => text.Replace(
                $"<saml:NameID Format=\"{format}\">Ana.Planet</saml:NameID>", "", StringComparison.Ordinal),
        };

        Assert.Equal(SamlFailure.NoName, FailureOf(spec));
    }

    [Theory]
    [InlineData("ana\n")]
    [InlineData("a\tna")]
    public void A_name_has_no_characters_for_control(string name)
    {
        Assert.Equal(SamlFailure.Characters, FailureOf(new SamlSpec { NameId = name }));
    }

    [Fact]
    public void Characters_of_four_bytes_are_refused_wherever_they_stand()
    {
        Assert.Equal(SamlFailure.Characters, FailureOf(new SamlSpec { NameId = "ana🪐" }));
        Assert.Equal(SamlFailure.Characters, FailureOf(With("nick", "🪐")));
        Assert.Equal(SamlFailure.Characters, FailureOf(With("🪐", "nick")));
        Assert.Null(FailureOf(With("nick", "ﬀ€")));
    }

    [Theory]
    [InlineData("ana@planets.example<!-- -->.evil.example")]
    [InlineData("ana@planets.example<?x?>.evil.example")]
    [InlineData("ana@planets.example<![CDATA[]]>.evil.example")]
    [InlineData("ana@<!-- a --><!-- b -->planets.example<![CDATA[.evil]]>.example")]
    public void What_stands_in_the_middle_of_a_name_cuts_nothing_off(string spelled)
    {
        // The signature holds: all of this is not in the canonical form.
        var text = Idp.Response(new() { NameId = "ana@planets.example.evil.example" })
            .Replace("ana@planets.example.evil.example", spelled, StringComparison.Ordinal);

        var assertion = SamlResponse.Verify(SamlText.Posted(text), Expected);

        Assert.Equal("ana@planets.example.evil.example", assertion.Subject.Value);
    }

    [Fact]
    public void An_element_in_a_name_is_refused()
    {
        var spec = new SamlSpec
        {
            Assertion = text => text.Replace(
                "Ana.Planet", "Ana<saml:x></saml:x>.Planet", StringComparison.Ordinal),
        };

        Assert.Equal(SamlFailure.Malformed, FailureOf(spec));
    }

    [Fact]
    public void Two_names_are_none()
    {
        var spec = new SamlSpec
        {
            Assertion = text => text.Replace(
                "</saml:NameID>", "</saml:NameID><saml:NameID>Eve</saml:NameID>", StringComparison.Ordinal),
        };

        Assert.Equal(SamlFailure.Malformed, FailureOf(spec));
    }

    [Fact]
    public void Says_among_whose_names_it_is_one()
    {
        var spec = new SamlSpec
        {
            Assertion = text => text.Replace(
                "<saml:NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">",
                "<saml:NameID NameQualifier=\"a\" SPNameQualifier=\"b\">",
                StringComparison.Ordinal),
        };

        var name = Verify(spec).Subject;

        Assert.Equal((null, "a", "b"), (name.Format, name.NameQualifier, name.ForQualifier));
    }

    [Fact]
    public void An_attribute_that_stands_twice_has_the_values_of_both()
    {
        var assertion = Verify(new()
        {
            Attributes = [("groups", ["a"]), ("none", []), ("groups", ["b", ""])],
        });

        Assert.Equal(["a", "b", ""], Assert.Single(assertion.Attributes).Values);
    }

    [Fact]
    public void A_value_may_be_made_of_elements_or_be_nothing()
    {
        const string Nil = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"";
        var spec = new SamlSpec
        {
            Attributes = [("id", ["one"]), ("nothing", ["two"])],
            Assertion = text => text
                .Replace(">one<", "><saml:NameID>x</saml:NameID>y<", StringComparison.Ordinal)
                .Replace("Value>two<", $"Value{Nil}><", StringComparison.Ordinal),
        };

        var attribute = Assert.Single(Verify(spec).Attributes);

        Assert.Equal(("id", "xy"), (attribute.Name, Assert.Single(attribute.Values)));
    }

    private static SamlSpec With(string name, string value) => new() { Attributes = [(name, [value])] };
}
