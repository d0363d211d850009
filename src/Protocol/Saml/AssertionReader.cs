using Lifeguard.Protocol.Saml.Xml;

namespace Lifeguard.Protocol.Saml;

/// <summary>Reads an assertion whose signature holds (saml-profiles §4.1.4.3).</summary>
/// <param name="isAnswerToRequest">That it answers the request is signed outside of it.</param>
internal sealed class AssertionReader(
    TreeElement assertion, SamlExpectation expected, bool isAnswerToRequest)
{
    private DateTimeOffset expiresAt;

    /// <exception cref="SamlException">It is not what was expected.</exception>
    public SamlAssertion Read()
    {
        if (assertion.Attribute("Version") != SamlNames.Version
            || assertion.Attribute("ID") is not { Length: > 0 } id)
            throw SamlException.Malformed();
        StatusMessage.CheckIssuer(assertion.Required(SamlNames.Assertion, "Issuer"), expected);
        var made = SamlInstant.ReadFresh(assertion.Attribute("IssueInstant"), expected.Now);
        expiresAt = made + SamlInstant.MaxAge;
        CheckConditions();
        var subject = assertion.Optional(SamlNames.Assertion, "Subject")
            ?? throw new SamlException(SamlFailure.NoName);
        CheckConfirmation(subject);
        var name = NameOf(subject);
        var session = SessionIndex();
        return new(id, expiresAt + SamlInstant.Skew, name, session, Attributes());
    }

    private void CheckConditions()
    {
        var conditions = assertion.Required(SamlNames.Assertion, "Conditions");
        CheckSpan(conditions);
        var restrictions = 0;
        foreach (var condition in conditions.Elements)
        {
            switch (condition.Name.LocalName)
            {
                case "AudienceRestriction" when condition.Name.Namespace == SamlNames.Assertion:
                    restrictions++;
                    // One of each restriction's audiences has to be met (saml-core §2.5.1.4).
                    if (!condition.All(SamlNames.Assertion, "Audience")
                        .Any(audience => audience.Text.Trim() == expected.ServiceProvider))
                        throw new SamlException(SamlFailure.OtherAudience);
                    break;
                case "OneTimeUse" or "ProxyRestriction" when condition.Name.Namespace == SamlNames.Assertion:
                    // Every assertion is used once, and none is passed on.
                    break;
                default:
                    // What is not understood cannot be met (saml-core §2.5.1).
                    throw SamlException.Malformed();
            }
        }

        if (restrictions == 0) throw new SamlException(SamlFailure.OtherAudience);
    }

    /// <summary>One of the confirmations has to hold; if none does, the first says why.</summary>
    private void CheckConfirmation(TreeElement subject)
    {
        SamlException? first = null;
        foreach (var confirmation in subject.All(SamlNames.Assertion, "SubjectConfirmation"))
        {
            if (confirmation.Attribute("Method") != SamlNames.Bearer) continue;
            try
            {
                CheckBearer(confirmation.Required(SamlNames.Assertion, "SubjectConfirmationData"));
                return;
            }
            catch (SamlException refusal)
            {
                first ??= refusal;
            }
        }

        throw first ?? SamlException.Malformed();
    }

    private void CheckBearer(TreeElement data)
    {
        if (data.Attribute("Recipient") != expected.Address)
            throw new SamlException(SamlFailure.OtherDestination);
        var request = data.Attribute("InResponseTo");
        var isAnswer = request == expected.RequestId || (request is null && isAnswerToRequest);
        if (!isAnswer) throw new SamlException(SamlFailure.OtherRequest);
        if (data.Attribute("NotOnOrAfter") is null) throw SamlException.Malformed();
        CheckSpan(data);
    }

    private void CheckSpan(TreeElement element)
    {
        if (element.Attribute("NotBefore") is { } begin)
            SamlInstant.MustHaveBegun(SamlInstant.Read(begin), expected.Now);
        if (element.Attribute("NotOnOrAfter") is { } end) MustNotBeOver(end);
    }

    private void MustNotBeOver(string text)
    {
        var end = SamlInstant.Read(text);
        SamlInstant.MustNotBeOver(end, expected.Now);
        if (end < expiresAt) expiresAt = end;
    }

    private static SamlName NameOf(TreeElement subject)
    {
        var name = subject.Optional(SamlNames.Assertion, "NameID");
        if (name is null || string.IsNullOrWhiteSpace(name.Text)) throw new SamlException(SamlFailure.NoName);
        // It is compared letter for letter later on, and has to be one that can be written down.
        if (name.Text.Any(char.IsControl)) throw new SamlException(SamlFailure.Characters);
        return new(
            Taken(name.Text),
            name.Attribute("Format"),
            name.Attribute("NameQualifier"),
            name.Attribute("SPNameQualifier"));
    }

    private string? SessionIndex()
    {
        string? index = null;
        var statements = assertion.All(SamlNames.Assertion, "AuthnStatement").ToList();
        // Without one it does not say that anybody has signed in (saml-profiles §4.1.4.2).
        if (statements.Count == 0) throw SamlException.Malformed();
        foreach (var statement in statements)
        {
            if (statement.Attribute("SessionNotOnOrAfter") is { } end) MustNotBeOver(end);
            index ??= statement.Attribute("SessionIndex");
        }

        return index;
    }

    private List<SamlAttribute> Attributes()
    {
        var names = new List<string>();
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var attribute in assertion.All(SamlNames.Assertion, "AttributeStatement")
            .SelectMany(statement => statement.All(SamlNames.Assertion, "Attribute")))
        {
            if (attribute.Attribute("Name") is not { Length: > 0 } name) throw SamlException.Malformed();
            if (!values.TryGetValue(Taken(name), out var all))
            {
                names.Add(name);
                values.Add(name, all = []);
            }

            all.AddRange(attribute.All(SamlNames.Assertion, "AttributeValue")
                .Where(value => !IsNull(value))
                .Select(value => Taken(value.Content)));
        }

        names.RemoveAll(name => values[name].Count == 0);
        return names.ConvertAll(name => new SamlAttribute(name, values[name]));
    }

    private static bool IsNull(TreeElement value) => value.Attributes.Any(attribute =>
        attribute.Name is { LocalName: "nil", Namespace: "http://www.w3.org/2001/XMLSchema-instance" }
        && attribute.Value is "true" or "1");

    /// <summary>Characters of four bytes in UTF-8 are not taken (doc).</summary>
    private static string Taken(string text) => text.Any(char.IsSurrogate)
        ? throw new SamlException(SamlFailure.Characters)
        : text;
}
