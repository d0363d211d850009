using Lifeguard.Protocol.Saml.Xml;

namespace Lifeguard.Protocol.Saml;

/// <summary>Answers of a provider to the request to sign somebody out (saml-profiles §4.4.4.2). They are
/// always signed.</summary>
public static class SamlLogout
{
    /// <summary>Is the user signed out everywhere? False where the provider says it is not so.</summary>
    /// <param name="response">The form field of the HTTP-POST binding.</param>
    /// <exception cref="SamlException">It is not what was expected.</exception>
    public static bool Posted(string response, SamlExpectation expected)
    {
        var message = MessageForm.Posted(response);
        MessageForm.Check(message);
        using var keys = new ProviderKeys(expected.Certificates);
        if (!EnvelopedSignature.Holds(message, keys)) throw new SamlException(SamlFailure.NotSigned);
        return Read(message, expected);
    }

    /// <summary>As <see cref="Posted"/>.</summary>
    /// <param name="query">Of the HTTP-Redirect binding, as it came and without the question mark.</param>
    /// <exception cref="SamlException">It is not what was expected.</exception>
    public static bool Redirected(string query, SamlExpectation expected)
    {
        using var keys = new ProviderKeys(expected.Certificates);
        var message = RedirectBinding.Signed(query, keys);
        MessageForm.Check(message);
        return Read(message, expected);
    }

    private static bool Read(TreeElement message, SamlExpectation expected)
    {
        StatusMessage.Check(message, "LogoutResponse", expected);
        if (message.Optional(SamlNames.Assertion, "Issuer") is null)
            throw new SamlException(SamlFailure.OtherIssuer);
        if (message.Attribute("InResponseTo") is null) throw new SamlException(SamlFailure.OtherRequest);
        SamlInstant.ReadFresh(message.Attribute("IssueInstant"), expected.Now);
        return StatusMessage.StatusOf(message) is (StatusMessage.Success, not "PartialLogout");
    }
}
