using Lifeguard.Protocol.Saml;
using Lifeguard.Worlds.Saml;
using Xunit;
using static Lifeguard.Protocol.Tests.Saml.Providers;

namespace Lifeguard.Protocol.Tests.Saml;

/// <summary>Assertions that are encrypted to the service provider.</summary>
public sealed class EncryptionTests
{
    private const string Xmlenc = "http://www.w3.org/2001/04/xmlenc#";
    private const string Xmlenc11 = "http://www.w3.org/2009/xmlenc11#";

    [Theory]
    [InlineData(Xmlenc11 + "aes128-gcm")]
    [InlineData(Xmlenc11 + "aes192-gcm")]
    [InlineData(Xmlenc11 + "aes256-gcm")]
    [InlineData(Xmlenc + "aes128-cbc")]
    [InlineData(Xmlenc + "aes192-cbc")]
    [InlineData(Xmlenc + "aes256-cbc")]
    public void Are_opened_and_then_believed(string content)
    {
        var spec = Encrypted with { Encryption = ToOwn with { Content = content } };

        Assert.DoesNotContain("Ana.Planet", Idp.Response(spec), StringComparison.Ordinal);
        Assert.Equal("Ana.Planet", Verify(spec, ExpectedEncrypted).Subject.Value);
    }

    [Theory]
    [InlineData(Xmlenc + "rsa-oaep-mgf1p", "", null)]
    [InlineData(Xmlenc + "rsa-oaep-mgf1p", "sha1", null)]
    [InlineData(Xmlenc11 + "rsa-oaep", "", null)]
    [InlineData(Xmlenc11 + "rsa-oaep", "sha256", "mgf1sha256")]
    [InlineData(Xmlenc11 + "rsa-oaep", "sha512", "mgf1sha512")]
    public void The_key_comes_by_OAEP(string key, string digest, string? mask)
    {
        var parameters = digest switch
        {
            "" => "",
            "sha1" => Digest(SamlText.Ds + "sha1"),
            _ => Digest(Xmlenc + digest),
        };
        if (mask is not null)
            parameters += $"<x:MGF xmlns:x=\"{Xmlenc11}\" Algorithm=\"{Xmlenc11}{mask}\"></x:MGF>";
        var spec = Encrypted with { Encryption = ToOwn with { Key = key, KeyParameters = parameters } };

        Assert.Null(FailureOf(spec, ExpectedEncrypted));
    }

    [Fact]
    public void The_key_may_stand_beside_the_data()
    {
        var spec = Encrypted with { Encryption = ToOwn with { IsKeyBeside = true } };

        Assert.Null(FailureOf(spec, ExpectedEncrypted));
    }

    [Theory]
    [InlineData(Xmlenc + "rsa-1_5", "")]
    [InlineData(Xmlenc + "rsa-oaep-mgf1p", "<xenc:OAEPparams>AAAA</xenc:OAEPparams>")]
    [InlineData(Xmlenc + "rsa-oaep-mgf1p",
        "<ds:DigestMethod xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" "
        + "Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod>")]
    [InlineData(Xmlenc + "kw-aes256", "")]
    public void PKCS_1_and_what_is_not_known_are_refused(string key, string parameters)
    {
        var spec = Encrypted with { Encryption = ToOwn with { Key = key, KeyParameters = parameters } };

        Assert.Equal(SamlFailure.Algorithm, FailureOf(spec, ExpectedEncrypted));
    }

    [Theory]
    [InlineData(Xmlenc + "tripledes-cbc")]
    [InlineData("")]
    public void Other_ciphers_are_refused(string content)
    {
        var text = Idp.Response(Encrypted)
            .Replace(Xmlenc11 + "aes256-gcm", content, StringComparison.Ordinal);

        Assert.Equal(SamlFailure.Algorithm, FailureOf(text, ExpectedEncrypted));
    }

    [Fact]
    public void What_is_encrypted_to_somebody_else_is_not_opened()
    {
        var spec = new SamlSpec { Encryption = new(SamlIdp.CertificateOf(OtherKey)) };

        Assert.Equal(SamlFailure.Decryption, FailureOf(spec, ExpectedEncrypted));
    }

    [Fact]
    public void An_earlier_key_of_the_service_provider_opens_as_well()
    {
        var keys = new[] { OtherKey.ExportPkcs8PrivateKey(), OwnKey.ExportPkcs8PrivateKey() };

        Assert.Null(FailureOf(Encrypted, ExpectedEncrypted with { DecryptionKeys = keys }));
        Assert.Equal(
            SamlFailure.Decryption, FailureOf(Encrypted, ExpectedEncrypted with { DecryptionKeys = [] }));
    }

    [Fact]
    public void Encrypted_or_not_as_it_was_agreed()
    {
        Assert.Equal(SamlFailure.NotEncrypted, FailureOf(new SamlSpec(), ExpectedEncrypted));
        Assert.Equal(SamlFailure.Encrypted, FailureOf(Encrypted));
    }

    [Fact]
    public void What_is_encrypted_has_to_be_signed_in_it_or_around_it()
    {
        var unsigned = Encrypted with { SignsAssertion = false };

        Assert.Equal(SamlFailure.Decryption, FailureOf(unsigned, ExpectedEncrypted));
        Assert.Null(FailureOf(unsigned with { SignsResponse = true }, ExpectedEncrypted));
        Assert.Null(FailureOf(Encrypted with { SignsResponse = true }, ExpectedEncrypted));
    }

    [Fact]
    public void An_encrypted_assertion_that_was_put_into_a_signed_answer_is_refused()
    {
        var evil = SamlCipher.Encrypted(
            Idp.Assertion(new() { SignsAssertion = false, NameId = "Eve", AssertionId = "_evil" }), ToOwn);
        var plain = Idp.Response(new());
        var beside = plain.Replace("</samlp:Response>", evil + "</samlp:Response>", StringComparison.Ordinal);
        var signed = Idp.Response(Encrypted with { SignsAssertion = false, SignsResponse = true });
        var instead = Replaced(signed, evil);
        var two = signed.Replace("</samlp:Response>", evil + "</samlp:Response>", StringComparison.Ordinal);

        foreach (var document in new[] { beside, instead, two })
        {
            Assert.NotNull(FailureOf(document));
            Assert.NotNull(FailureOf(document, ExpectedEncrypted));
        }
    }

    [Fact]
    public void What_was_opened_may_not_have_an_id_of_the_answer_or_be_something_else()
    {
        var twice = Encrypted with { AssertionId = "_response" };
        var nested = Idp.Assertion(new() { SignsAssertion = false }).Replace(
            "ana@planets.example", Idp.Assertion(new() { AssertionId = "_other" }), StringComparison.Ordinal);
        SamlSpec Around(string text) => new()
        {
            SignsResponse = true,
            Response = response => Replaced(response, SamlCipher.Encrypted(text, ToOwn)),
            Encryption = ToOwn,
        };

        Assert.Equal(SamlFailure.Decryption, FailureOf(twice, ExpectedEncrypted));
        Assert.Equal(
            SamlFailure.Malformed, FailureOf(twice with { SignsResponse = true }, ExpectedEncrypted));
        Assert.Equal(SamlFailure.Malformed, FailureOf(Around(nested), ExpectedEncrypted));
        Assert.Equal(SamlFailure.Decryption, FailureOf(Around(Idp.Response(new())), ExpectedEncrypted));
        Assert.Equal(SamlFailure.Decryption, FailureOf(Around("no XML"), ExpectedEncrypted));
    }

    /// <summary>Of CBC mode a changed byte is one of the padding, of the text or of the signature: nobody may
    /// learn which.</summary>
    [Fact]
    public void A_changed_byte_tells_nothing()
    {
        const string Begin = "<xenc:CipherValue>";
        var cbc = ToOwn with { Content = Xmlenc + "aes128-cbc" };
        var text = Idp.Response(Encrypted with { Encryption = cbc });
        var begin = text.LastIndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.LastIndexOf("</xenc:CipherValue>", StringComparison.Ordinal);
        var content = Convert.FromBase64String(text[begin..end]);
        var failures = new HashSet<SamlFailure?>();
        for (var place = 0; place < content.Length; place += place < content.Length - 33 ? 97 : 1)
        {
            for (var value = 1; value < 256; value += 23)
            {
                var altered = content.ToArray();
                altered[place] ^= (byte)value;
                failures.Add(FailureOf(
                    $"{text[..begin]}{Convert.ToBase64String(altered)}{text[end..]}", ExpectedEncrypted));
            }
        }

        Assert.Equal(SamlFailure.Decryption, Assert.Single(failures));
    }

    [Theory]
    [InlineData("xenc:CipherValue>", "xenc:CipherReference>")]
    [InlineData("<xenc:CipherValue>", "<xenc:CipherValue>%")]
    [InlineData("xenc:EncryptedKey>", "xenc:OtherKey>")]
    public void What_is_not_built_as_encrypted_data_is_refused(string part, string instead)
    {
        var text = Idp.Response(Encrypted).Replace(part, instead, StringComparison.Ordinal);

        Assert.Equal(SamlFailure.Malformed, FailureOf(text, ExpectedEncrypted));
    }

    [Fact]
    public void Namespaces_around_hold_for_what_was_encrypted()
    {
        // Only the assertion is signed, and in its canonical form the prefix is declared.
        var assertion = Idp.Assertion(new())
            .Replace($" xmlns:saml=\"{SamlText.Saml2}\"", "", StringComparison.Ordinal);
        var document = Replaced(Idp.Response(Encrypted), SamlCipher.Encrypted(assertion, ToOwn));

        Assert.Null(FailureOf(document, ExpectedEncrypted));
    }

    private static string Replaced(string document, string assertion)
    {
        const string End = "</saml:EncryptedAssertion>";
        var begin = document.IndexOf("<saml:EncryptedAssertion ", StringComparison.Ordinal);
        var end = document.IndexOf(End, StringComparison.Ordinal) + End.Length;
        return document[..begin] + assertion + document[end..];
    }

    private static string Digest(string algorithm) =>
        $"<ds:DigestMethod xmlns:ds=\"{SamlText.Ds}\" Algorithm=\"{algorithm}\"></ds:DigestMethod>";
}
