using System.Security.Cryptography;
using System.Text;
using Lifeguard.Protocol.Saml.Xml;

namespace Lifeguard.Protocol.Saml;

/// <summary>Answers of a provider to the question who somebody is (saml-profiles §4.1.4), by the HTTP-POST
/// binding.</summary>
public static class SamlResponse
{
    /// <summary>Characters of the form field that are looked at.</summary>
    public const int MaxLength = 300_000;

    /// <summary>Characters of an assertion (doc).</summary>
    public const int MaxAssertion = 100_000;

    /// <summary>The one assertion in an answer. It is signed, or the answer is; what is signed by both must
    /// hold for both.</summary>
    /// <param name="response">In base64.</param>
    /// <exception cref="SamlException">It is not what was expected.</exception>
    public static SamlAssertion Verify(string response, SamlExpectation expected)
    {
        var message = MessageForm.Posted(response);
        MessageForm.Check(message);
        StatusMessage.Check(message, "Response", expected);
        CheckStatus(message);

        using var keys = new ProviderKeys(expected.Certificates);
        // Before anything is opened: what was signed is the message with what is encrypted in it.
        var isSigned = EnvelopedSignature.Holds(message, keys);
        var assertion = AssertionIn(message, isSigned, keys, expected);
        var isAnswerToRequest = isSigned && message.Attribute("InResponseTo") == expected.RequestId;
        return new AssertionReader(assertion, expected, isAnswerToRequest).Read();
    }

    private static void CheckStatus(TreeElement message)
    {
        var (first, second) = StatusMessage.StatusOf(message);
        if (first != StatusMessage.Success)
            throw new SamlException(SamlFailure.Status) { Status = second ?? first };
    }

    /// <summary>The one assertion, once it is known to be signed.</summary>
    private static TreeElement AssertionIn(
        TreeElement message, bool isSigned, ProviderKeys keys, SamlExpectation expected)
    {
        var plain = message.Optional(SamlNames.Assertion, "Assertion");
        var encrypted = message.Optional(SamlNames.Assertion, "EncryptedAssertion");
        switch (plain, encrypted)
        {
            case (not null, null):
                if (expected.DecryptionKeys is not null) throw new SamlException(SamlFailure.NotEncrypted);
                if (Length(plain) > MaxAssertion) throw new SamlException(SamlFailure.TooLarge);
                MustBeSigned(plain, isSigned, keys);
                return plain;
            case (null, not null):
                var opened = Opened(encrypted, expected);
                CheckOpened(message, opened, isSigned, keys);
                return opened;
            default:
                throw SamlException.Malformed();
        }
    }

    private static void MustBeSigned(TreeElement assertion, bool isSigned, ProviderKeys keys)
    {
        if (!EnvelopedSignature.Holds(assertion, keys) && !isSigned)
            throw new SamlException(SamlFailure.NotSigned);
    }

    private static void CheckOpened(
        TreeElement message, TreeElement assertion, bool isSigned, ProviderKeys keys)
    {
        try
        {
            MessageForm.Check(message, assertion);
            MustBeSigned(assertion, isSigned, keys);
        }
        catch (SamlException) when (!isSigned)
        {
            // Anybody may have altered what is encrypted, to see by the refusal what it became.
            throw new SamlException(SamlFailure.Decryption);
        }
    }

    private static TreeElement Opened(TreeElement encrypted, SamlExpectation expected)
    {
        if (expected.DecryptionKeys is not { } own) throw new SamlException(SamlFailure.Encrypted);
        var keys = new List<RSA>();
        try
        {
            foreach (var key in own)
            {
                keys.Add(RSA.Create());
                keys[^1].ImportPkcs8PrivateKey(key, out _);
            }

            var assertion = EncryptedElement.Open(encrypted, keys, MaxAssertion);
            return assertion.Is(SamlNames.Assertion, "Assertion")
                ? assertion
                : throw new SamlException(SamlFailure.Decryption);
        }
        finally
        {
            keys.ForEach(key => key.Dispose());
        }
    }

    /// <summary>Without the spellings that come to the same.</summary>
    private static int Length(TreeElement assertion) =>
        Encoding.UTF8.GetCharCount(CanonicalForm.Of(assertion, new(IsExclusive: true, [])));
}
