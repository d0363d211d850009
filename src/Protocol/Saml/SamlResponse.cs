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
        var assertion = AssertionIn(message, expected);
        if (!EnvelopedSignature.Holds(assertion, keys) && !isSigned)
            throw new SamlException(SamlFailure.NotSigned);
        var isAnswerToRequest = isSigned && message.Attribute("InResponseTo") == expected.RequestId;
        return new AssertionReader(assertion, expected, isAnswerToRequest).Read();
    }

    private static void CheckStatus(TreeElement message)
    {
        var (first, second) = StatusMessage.StatusOf(message);
        if (first != StatusMessage.Success)
            throw new SamlException(SamlFailure.Status) { Status = second ?? first };
    }

    private static TreeElement AssertionIn(TreeElement message, SamlExpectation expected)
    {
        var plain = message.Optional(SamlNames.Assertion, "Assertion");
        var encrypted = message.Optional(SamlNames.Assertion, "EncryptedAssertion");
        switch (plain, encrypted)
        {
            case (not null, null):
                if (expected.DecryptionKeys is not null) throw new SamlException(SamlFailure.NotEncrypted);
                if (Length(plain) > MaxAssertion) throw new SamlException(SamlFailure.TooLarge);
                return plain;
            case (null, not null):
                return Opened(message, encrypted, expected);
            default:
                throw SamlException.Malformed();
        }
    }

    private static TreeElement Opened(TreeElement message, TreeElement encrypted, SamlExpectation expected)
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
            if (!assertion.Is(SamlNames.Assertion, "Assertion"))
                throw new SamlException(SamlFailure.Decryption);
            MessageForm.Check(message, assertion);
            return assertion;
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
